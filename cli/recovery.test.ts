import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { mutantCommand, mutants } from "../agents/index.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "recovery-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small cluster, and an agent that gives its calls up soon. */
const QUICK = ["--seed", "7", "--pods", "60", "--nodes", "3", "--interval", "500ms", "--call-timeout", "3s"];

/** The built agent, as the bin would run it. */
function builtCommand(name: string): readonly string[] {
  const dist = join(import.meta.dirname, "..", "dist", "agents", "mutants", "main.js");
  return [process.execPath, dist, ...mutantCommand(name).slice(-2)];
}

const recovering = mutants.filter(({ run }) => run?.profiles.includes("recovery") === true);

describe.concurrent("profile recovery", () => {
  it.for(recovering)(
    "$name fails what it declares, and nothing else",
    { timeout: 120_000 },
    async (mutant, { expect, signal }) => {
      const out = join(folder, mutant.name);
      const options = [...QUICK, "--profile", "recovery", "--out", out, "--", ...builtCommand(mutant.name)];
      const { code, results, stderr } = await runBuilt(options, signal);
      const failed = results.checks.filter(({ verdict }) => verdict === "fail");
      const told = [...failed.map(({ id, message }) => `${id}: ${message}`), stderr].join("\n");
      expect(new Set(failed.map(({ id }) => id)), told).toEqual(new Set(mutant.fails));
      expect(code).toBe(1);
    },
  );

  it("holds for the reference agent, together with core", { timeout: 120_000 }, async ({ expect, signal }) => {
    const out = join(folder, "reference");
    const options = [...QUICK, "--profile", "core,recovery", "--out", out, "--agent", "reference"];
    const { code, results } = await runBuilt(options, signal);
    const open = results.checks.filter(({ verdict }) => verdict === "fail" || verdict === "not-testable");
    expect(open.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(code).toBe(0);
    expect(results.faults.map(({ fired }) => fired)).not.toContain(false);
    expect(results.faults.length).toBeGreaterThanOrEqual(8);
  });
});
