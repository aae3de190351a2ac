import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { mutantCommand, mutants } from "../agents/index.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scale-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Large enough for what shows above a thousand objects. */
const LARGE = ["--seed", "7", "--pods", "1200", "--nodes", "12", "--interval", "500ms"];

/** The built agent, as the bin would run it. */
function builtCommand(name: string): readonly string[] {
  const dist = join(import.meta.dirname, "..", "dist", "agents", "mutants", "main.js");
  return [process.execPath, dist, ...mutantCommand(name).slice(-2)];
}

describe.concurrent("profile scale", () => {
  it.for(mutants.filter(({ run }) => run?.profiles.includes("scale") === true))(
    "$name fails what it declares, and nothing else",
    { timeout: 180_000 },
    async (mutant, { expect, signal }) => {
      const options = [...LARGE, "--profile", "scale", "--out", join(folder, mutant.name), "--", ...builtCommand(mutant.name)];
      const { code, results, stderr } = await runBuilt(options, signal);
      const failed = results.checks.filter(({ verdict }) => verdict === "fail");
      const told = [...failed.map(({ id, message }) => `${id}: ${message}`), stderr].join("\n");
      expect(new Set(failed.map(({ id }) => id)), told).toEqual(new Set(mutant.fails));
      expect(code).toBe(1);
    },
  );

  it("holds for the reference agent, together with core", { timeout: 180_000 }, async ({ expect, signal }) => {
    const options = [...LARGE, "--profile", "core,scale", "--out", join(folder, "reference"), "--agent", "reference"];
    const { code, results } = await runBuilt(options, signal);
    const open = results.checks.filter(({ verdict }) => verdict === "fail" || verdict === "not-testable");
    expect(open.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(code).toBe(0);
    expect(results.checks.find(({ id }) => id === "KAS-SCALE-2")?.message).toContain("1200 pods");
  });
});
