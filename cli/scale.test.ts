import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scale-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Large enough for what shows above a thousand objects. */
const LARGE = ["--seed", "7", "--pods", "1200", "--nodes", "12", "--interval", "500ms"];

describe("profile scale", () => {
  it("holds for the reference agent, together with core", { timeout: 180_000 }, async ({ expect, signal }) => {
    const options = [...LARGE, "--profile", "core,scale", "--out", join(folder, "reference"), "--agent", "reference"];
    const { code, results } = await runBuilt(options, signal);
    const open = results.checks.filter(({ verdict }) => verdict === "fail" || verdict === "not-testable");
    expect(open.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(code).toBe(0);
    expect(results.checks.find(({ id }) => id === "KAS-SCALE-2")?.message).toContain("1200 pods");
  });
});
