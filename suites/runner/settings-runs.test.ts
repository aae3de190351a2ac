import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mutant, mutantCommand, mutants } from "../../agents/index.ts";
import { kubernetesResourcesOf } from "../../environments/index.ts";
import type { CheckResult, Results } from "../results.ts";
import { runConformance, type RunOptions } from "./index.ts";
import { sideBySide } from "./side-by-side.ts";

/** Runs with features, as the command line would make them: agents as processes, side by side. */
interface Run {
  readonly name: string;
  readonly agent: RunOptions["agent"];
  readonly profiles: readonly string[];
  readonly features: readonly string[];
}

const configured = mutants.filter(
  (mutant): mutant is Mutant & Required<Pick<Mutant, "run">> => (mutant.run?.features.length ?? 0) > 0,
);
const runs: readonly Run[] = [
  { profiles: ["core", "environments"], features: ["openshift", "openkruise"] },
  { profiles: ["restricted"], features: ["cluster-id"] },
]
  .map((choice): Run => ({ name: `reference ${choice.profiles.join()}`, agent: { form: "reference" }, ...choice }))
  .concat(configured.map(({ name, run }) => ({ name, agent: { form: "command", command: mutantCommand(name) }, ...run })))
  // The long ones first.
  .sort((a, b) => b.profiles.length - a.profiles.length);

/** Enough for the machine to be busy, and few enough for every agent to keep its budgets. */
const AT_ONCE = 4;

let folder: string;
const results = new Map<string, Results>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "settings-runs-"));
  await sideBySide(runs, AT_ONCE, async ({ name, ...choice }) => {
    const kubernetesResources = choice.features.flatMap((feature) =>
      feature === "cluster-id" ? [] : kubernetesResourcesOf(feature),
    );
    const out = join(folder, name);
    const outcome = await runConformance({ ...choice, out, seed: 7, pods: 60, nodes: 3, kubernetesResources });
    results.set(name, outcome.results);
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const checksOf = (name: string, ...verdicts: readonly CheckResult["verdict"][]) =>
  (results.get(name)?.checks ?? []).filter(({ verdict }) => verdicts.includes(verdict));

describe("the reference agent", () => {
  it("conforms in clusters with Routes and OpenKruise workloads", () => {
    const name = "reference core,environments";
    expect(checksOf(name, "fail", "not-testable")).toEqual([]);
    expect(checksOf(name, "pass").map(({ id }) => id)).toEqual(expect.arrayContaining(["KAS-CFG-1", "KAS-CFG-2", "KAS-OBJ-5"]));
    expect(results.get(name)?.exitCode).toBe(0);
  });

  it("asks for its cluster_id, and what is not built stays open", () => {
    const name = "reference restricted";
    expect(checksOf(name, "pass").map(({ id }) => id)).toEqual(["KAS-CFG-5"]);
    expect(checksOf(name, "not-testable").map(({ id, message }) => `${id} ${message}`)).toEqual([
      "KAS-CFG-3 not judged: its scenarios are not built yet",
    ]);
    expect(results.get(name)?.exitCode).toBe(2);
  });
});

describe("a mutant that takes no notice of its settings", () => {
  it.each(configured.map(({ name, fails }) => [name, fails] as const))("%s fails %j and nothing else", (name, fails) => {
    const red = checksOf(name, "fail").map(({ id, message }) => (fails.includes(id) ? id : `${id}: ${message}`));
    expect(red.sort()).toEqual([...fails].sort());
    expect(results.get(name)?.exitCode).toBe(1);
  });
});
