import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { mutantCommand, mutants } from "../agents/index.ts";
import { clusterRoleText, minimalRules } from "../suites/permissions/index.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "restricted-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUICK = ["--seed", "7", "--pods", "60", "--nodes", "3", "--interval", "500ms", "--profile", "restricted"];

/** The built agent, as the bin would run it. */
function builtCommand(name: string): readonly string[] {
  const dist = join(import.meta.dirname, "..", "dist", "agents", "mutants", "main.js");
  return [process.execPath, dist, ...mutantCommand(name).slice(-2)];
}

const restricted = mutants.filter(({ run }) => run?.profiles.includes("restricted") === true);

/** What an agent is told that has the feature. */
const told = (features: readonly string[]) => (features.includes("ha") ? ["--leader-elect", "--lease-duration", "3s"] : []);

/** What a mutant is run with: the features in which it shows, and how it is told not to watch. */
function optionsOf({ name, run }: (typeof mutants)[number]): readonly string[] {
  const features = run?.features ?? [];
  const silenced = features.includes("no-watch") ? ["--no-watch-command", [...builtCommand(name), "--no-watch"].join(" ")] : [];
  return [...(features.length === 0 ? [] : ["--features", features.join(",")]), ...silenced];
}

describe.concurrent("profile restricted", () => {
  it.for(restricted)(
    "$name fails what it declares, and nothing else",
    { timeout: 180_000 },
    async (mutant, { expect, signal }) => {
      const out = join(folder, mutant.name);
      const options = [
        ...QUICK,
        ...optionsOf(mutant),
        "--out",
        out,
        "--",
        ...builtCommand(mutant.name),
        ...told(mutant.run?.features ?? []),
      ];
      const { code, results, stderr } = await runBuilt(options, signal);
      const failed = results.checks.filter(({ verdict }) => verdict === "fail");
      const words = [...failed.map(({ id, message }) => `${id}: ${message}`), stderr].join("\n");
      expect(new Set(failed.map(({ id }) => id)), words).toEqual(new Set(mutant.fails));
      expect(code).toBe(1);
    },
  );

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
