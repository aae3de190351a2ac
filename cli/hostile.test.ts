import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostiles } from "../agents/hostile/catalogue.ts";
import type { Results } from "../suites/results.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { markedProcesses } from "./testing/marked-processes.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

let folder: string;
let watchMemory: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hostile-"));
  // Preloaded into the harness alone: agents do not inherit node's own arguments.
  watchMemory = join(folder, "memory.mjs");
  const script = `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS)));`;
  writeFileSync(watchMemory, script);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Says of a run that the machine had too little time for it, which is no verdict on the agent. */
const OVERLOADED = /^the machine had no processor for the agent/;

const MEGABYTE_IN_KB = 1024;
const agent = join(import.meta.dirname, "..", "dist", "agents", "hostile", "main.js");

describe.concurrent("an agent that is hard on its runner", () => {
  it.for(hostiles)("$name", { timeout: 180_000 }, async ({ name, exits, uploads }, { expect, signal }) => {
    const out = join(folder, name);
    const [marker, memory] = [`HOSTILE_${randomUUID()}`, join(folder, `${name}.memory`)];
    // What an agent that never uploads is waited for shows nothing more after the first seconds.
    const scale = uploads === undefined ? "0.1" : "1";
    const options = ["--seed", "7", "--pods", "60", "--nodes", "3", "--budget-scale", scale, "--only", "LIFE-1,LIFE-2"];
    const args = ["run", ...options, "--out", out, "--", process.execPath, agent, "--be", name];
    const ended = await spawnBuilt(args, signal, {
      node: ["--import", watchMemory],
      env: { HOSTILE_MARKER: marker, MEMORY_FILE: memory },
    });

    expect(ended.stderr).toBe("");
    const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
    const inconclusive = results.exitCode === 2 && results.warnings.some((warning) => OVERLOADED.test(warning));
    expect(ended.code).toBe(inconclusive ? 2 : exits);
    expect(results.exitCode).toBe(ended.code);
    expect(markedProcesses(marker) ?? []).toEqual([]);
    if (uploads === undefined) expect(results.counts.pass).toBe(0);
    expect(readFileSync(join(out, "junit.xml"), "utf8")).toContain('name="KAS-LIFE-1');
    expect([...readTranscriptFile(join(out, "transcript.jsonl"))].at(-1)?.kind).toBe("run-ended");
    // Nothing that an agent writes reaches the terminal or the annotations of a CI service.
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    expect(ended.stdout).not.toMatch(/^(::|##)|[\u0000-\u0009\u000b-\u001f]/m);
    expect(Number(readFileSync(memory, "utf8"))).toBeLessThan(600 * MEGABYTE_IN_KB);
  });
});

it("the page about them has each of them", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "docs", "hostile-agents.md"), "utf8");
  for (const { name, exits } of hostiles) expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|.*\\| ${exits} `, "m"));
});
