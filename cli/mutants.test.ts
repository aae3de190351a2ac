import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { mutantCommand, mutants } from "../agents/index.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mutants-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small cluster: what a mutant does wrong shows in any size. */
const SMALL = ["--seed", "7", "--pods", "60", "--nodes", "3"];

/** The built agent, as the bin would run it. */
function builtCommand(name: string): readonly string[] {
  const dist = join(import.meta.dirname, "..", "dist", "agents", "mutants", "main.js");
  return [process.execPath, dist, ...mutantCommand(name).slice(-2)];
}

/** Those that show in another profile are tested with it, unless it is that of the environments. */
const here = mutants.filter(({ run }) => run === undefined || run.profiles.includes("environments"));

/** The profiles and features in which a mutant shows. */
function choiceOf(run: (typeof mutants)[number]["run"]): readonly string[] {
  return run === undefined ? [] : ["--profile", run.profiles.join(","), "--features", run.features.join(",")];
}

describe.concurrent("every deliberately wrong agent fails what it declares, and nothing else", () => {
  it.for(here)("$name", { timeout: 180_000 }, async ({ name, fails, run }, { expect, signal }) => {
    const out = join(folder, name);
    const options = [...SMALL, ...choiceOf(run), "--out", out, "--", ...builtCommand(name)];
    const { code, results, stderr } = await runBuilt(options, signal);
    const failed = results.checks.filter((check) => check.verdict === "fail");
    expect(new Set(failed.map((check) => check.id)), explain(failed, stderr)).toEqual(new Set(fails));
    // A wrong agent that breaks SHOULDs alone is conformant, unless that hides a MUST: a polling agent exits 0.
    const musts = results.checks.filter((check) => check.level === "MUST").map((check) => check.verdict);
    expect(code).toBe(musts.includes("fail") ? 1 : musts.includes("not-testable") ? 2 : 0);
    if (name === "poll") expect([code, failed.map((check) => check.id)]).toEqual([0, ["KAS-WATCH-1"]]);
  });
});

function explain(failed: readonly { readonly id: string; readonly message: string }[], stderr: string): string {
  return [...failed.map(({ id, message }) => `${id}: ${message}`), stderr].join("\n");
}
