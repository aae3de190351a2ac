import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { mutantCommand, mutants } from "../agents/index.ts";
import { type ClusterProvider, envtestProvider, generateCluster } from "../cluster/index.ts";
import { createTurns, observedResources, runConformance } from "../suites/runner/index.ts";

/** What agents do wrong with the API server, and what the harness finds out by what that has: each shows on a real one too. */
const NAMES = ["keep-deleted", "invent-object", "poll"];
const SEED = 7;
const [SETUP_MS, RUN_MS] = [120_000, 900_000];

describe.concurrent("wrong agents on a real kube-apiserver fail what they fail on the embedded one", () => {
  if ((process.env["KUBEBUILDER_ASSETS"] ?? "") === "") {
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip("KUBEBUILDER_ASSETS is not set"));
    return;
  }
  let folder: string;
  let provider: ClusterProvider;
  let turns: ReturnType<typeof createTurns>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mutants-envtest-"));
    provider = await envtestProvider({
      features: [],
      objectsFor: (release) => generateCluster({ seed: SEED, pods: 60, nodes: 3, release }),
      observed: observedResources(),
      signal: new AbortController().signal,
    });
    turns = createTurns(provider.jobs);
  }, SETUP_MS);
  afterAll(async () => {
    await provider?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it.for(mutants.filter(({ name }) => NAMES.includes(name)))("$name", { timeout: RUN_MS }, async (mutant, { expect, signal }) => {
    const { results } = await runConformance({
      agent: { form: "command", command: builtCommand(mutant.name) },
      out: join(folder, mutant.name),
      cluster: { kind: "envtest" },
      provider,
      turns,
      signal,
      seed: SEED,
    });
    const failed = results.checks.filter((check) => check.verdict === "fail");
    const said = [...failed.map(({ id, message }) => `${id}: ${message}`), ...results.warnings].join("\n");
    expect(new Set(failed.map(({ id }) => id)), said).toEqual(new Set(mutant.fails));
    expect(results.cluster).toEqual({ kind: "envtest", version: provider.version });
  });
});

/** The built agent: from source it takes long to start. */
function builtCommand(name: string): readonly string[] {
  const dist = join(import.meta.dirname, "..", "dist", "agents", "mutants", "main.js");
  return [process.execPath, dist, ...mutantCommand(name).slice(-2)];
}
