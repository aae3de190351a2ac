import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutantCommand } from "../agents/index.ts";
import { judgeTranscript } from "../suites/judge.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { renderResults } from "../report/index.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "baseline-run-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SMALL = ["--seed", "7", "--pods", "40", "--nodes", "2", "--only", "ENV-3,LIFE-4"];
const MUTANT = [
  process.execPath,
  join(import.meta.dirname, "../dist/agents/mutants/main.js"),
  ...mutantCommand("ignore-sigterm").slice(-2),
];
const built = (path: string) => join(import.meta.dirname, "../dist/agents", path);
const entry = (id: string) => `  - { id: ${id}, reason: the shutdown is being rewritten, owner: me, expires: 2999-12-31 }\n`;

describe.concurrent("a run with a baseline", () => {
  it.for([
    ["is green where all that fails is expected", ["KAS-LIFE-4"], 0],
    ["is red where an entry passes", ["KAS-LIFE-4", "KAS-ENV-3"], 1],
    ["is red where an entry was not judged", ["KAS-LIFE-4", "KAS-SNAP-1"], 1],
    ["is red where a failure has no entry", [], 1],
  ] as const)("%s", { timeout: 120_000 }, async ([name, ids, code], { signal }) => {
    const out = join(folder, name.replaceAll(" ", "-"));
    const file = `${out}.yaml`;
    writeFileSync(file, `version: 1\nexpected:\n${ids.map(entry).join("")}`.replace(/expected:\n$/u, "expected: []\n"));
    const ended = await runBuilt([...SMALL, "--repeat", "2", "--baseline", file, "--out", out, "--", ...MUTANT], signal);
    expect([ended.code, ended.results.exitCode]).toEqual([code, code]);
    const shutdown = ended.results.checks.find(({ id }) => id === "KAS-LIFE-4");
    expect(shutdown).toMatchObject({ verdict: "fail", expected: ids.length > 0 });
    expect(shutdown?.scenarios.map((row) => row.name)).toContain("first-snapshot#2");
    expect(ended.results.repeats).toContainEqual(
      expect.objectContaining({ id: "KAS-LIFE-4", scenario: "first-snapshot", runs: 2, failed: 2, failureRate: 1 }),
    );
    const again = judgeTranscript(readTranscriptFile(join(out, "transcript.jsonl")));
    expect(renderResults(again)).toBe(readFileSync(join(out, "results.json"), "utf8"));
  });
});

describe.concurrent("a run with a flaky entry", () => {
  const wrong = `exec "${process.execPath}" "${built("mutants/main.js")}" --mutate version-per-beat`;
  const right = `exec "${process.execPath}" "${built("reference/main.js")}"`;

  it.for([
    ["is green where it comes and goes", `if [ "$DEEPFLOW_AGENT_ID" = 1 ]; then ${wrong}; else ${right}; fi`, 0, "flaked"],
    ["is red where it fails every time", wrong, 1, "constant"],
    ["is red where it never fails", right, 1, "stale"],
  ] as const)("%s", { timeout: 120_000 }, async ([name, script, code, state], { expect: expectHere, signal }) => {
    const out = join(folder, name.replaceAll(" ", "-"));
    writeFileSync(`${out}.yaml`, `version: 1\nflaky:\n${entry("KAS-VER-3").replace("reason", "repeat: 2, reason")}`);
    const options = ["--seed", "7", "--pods", "40", "--nodes", "2", "--only", "VER-3", "--baseline", `${out}.yaml`, "--out", out];
    const ended = await runBuilt([...options, "--", "sh", "-c", script], signal);
    expectHere([ended.code, ended.results.baseline?.entries.map((row) => row.state)], ended.stderr).toEqual([code, [state]]);
    const [rate] = ended.results.repeats ?? [];
    expectHere(rate?.failureRate).toBe({ flaked: 0.5, constant: 1, stale: undefined }[state]);
  });
});
