import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { clusterRoleText, minimalRules } from "../suites/permissions/index.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "restricted-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUICK = ["--seed", "7", "--pods", "60", "--nodes", "3", "--interval", "500ms", "--profile", "restricted"];

describe.concurrent("profile restricted", () => {
  it("holds for the reference agent with every feature", { timeout: 180_000 }, async ({ expect, signal }) => {
    const out = join(folder, "reference");
    const features = ["--features", "no-watch,cluster-id,ha"];
    const { code, results } = await runBuilt([...QUICK, ...features, "--out", out, "--agent", "reference"], signal);
    const open = results.checks.filter(({ verdict }) => verdict === "fail" || verdict === "not-testable");
    expect(open.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(code).toBe(0);
    const silent = results.checks.find(({ id }) => id === "KAS-CFG-4");
    expect(silent?.evidence.map(({ note }) => note)[0]).toContain("control run");
  });

  it(
    "names what a role that is too small refuses, and what is missing for it",
    { timeout: 180_000 },
    async ({ expect, signal }) => {
      const role = join(folder, "small.yaml");
      const rules = minimalRules({ target: "v7.1", profiles: ["restricted"], features: [] });
      const small = rules.map((rule) => ({
        ...rule,
        resources: (rule.resources ?? []).filter((name) => name !== "replicasets"),
      }));
      writeFileSync(role, clusterRoleText(small));
      const options = [
        ...QUICK,
        "--budget-scale",
        "0.3",
        "--cluster-role",
        role,
        "--out",
        join(folder, "small"),
        "--agent",
        "reference",
      ];
      const { code, results } = await runBuilt(options, signal);
      const check = results.checks.find(({ id }) => id === "KAS-CFG-3");
      expect(check).toMatchObject({ verdict: "fail" });
      expect(check?.message).toContain("list replicasets.apps was refused with 403");
      expect(check?.message).toContain("no snapshot was ever accepted");
      expect(code).toBe(1);
    },
  );
});
