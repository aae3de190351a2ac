import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kubernetesResourcesFor } from "../../environments/index.ts";
import type { CheckResult, Results } from "../results.ts";
import { runConformance } from "./index.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-runs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the reference agent as a process, with the settings that the command line would hand it. */
async function run(profiles: readonly string[], features: readonly string[]): Promise<Results> {
  const kubernetesResources = kubernetesResourcesFor(features);
  const size = { seed: 7, pods: 60, nodes: 3 };
  const out = join(folder, profiles.join("-"));
  const outcome = await runConformance({ agent: { form: "reference" }, out, profiles, features, kubernetesResources, ...size });
  return outcome.results;
}

const those = ({ checks }: Results, ...verdicts: readonly CheckResult["verdict"][]) =>
  checks.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id, message }) => `${id} ${message}`);

describe.concurrent("the reference agent, told by its settings", () => {
  it("conforms in a cluster with Routes and OpenKruise workloads", { timeout: 90_000 }, async () => {
    const results = await run(["core", "environments"], ["openshift", "openkruise"]);
    expect(those(results, "fail", "not-testable")).toEqual([]);
    const passed = results.checks.filter(({ verdict }) => verdict === "pass").map(({ id }) => id);
    expect(passed).toEqual(expect.arrayContaining(["KAS-CFG-1", "KAS-CFG-2", "KAS-OBJ-5"]));
    expect(results.exitCode).toBe(0);
  });

  it("asks for its cluster_id, and works under the smallest ClusterRole", { timeout: 90_000 }, async () => {
    const results = await run(["restricted"], ["cluster-id"]);
    expect(those(results, "fail")).toEqual([]);
    expect(those(results, "pass")).toEqual([
      expect.stringMatching(/^KAS-CFG-3 under the smallest ClusterRole/),
      expect.stringMatching(/^KAS-CFG-5 asked 1 time/),
    ]);
    expect(results.exitCode).toBe(0);
  });
});
