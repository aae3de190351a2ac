import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Results } from "../suites/results.ts";
import { readTranscriptFile } from "../transcript/index.ts";

/** How a command line ended. */
interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-run-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SMALL = ["--seed", "7", "--pods", "60", "--nodes", "3"];

/** Runs the command line from source, and signals it once a line on stdout or in its transcript says so. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> & { readonly kill: (signal: NodeJS.Signals) => void } {
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "main.ts"), ...args], {
    env: { ...process.env, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return Object.assign(ended, { kill: (signal: NodeJS.Signals) => void child.kill(signal) });
}

function readResults(out: string): Results {
  return JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
}

function verdictOf(results: Results, id: string): string | undefined {
  return results.checks.find((check) => check.id === id)?.verdict;
}

/** The process ids of every agent that a run started. */
function agentPids(out: string): readonly number[] {
  const started = [...readTranscriptFile(join(out, "transcript.jsonl"))].filter(
    (line) => line.side === "agent" && line.kind === "started",
  );
  return started.map((line) => line["pid"] as number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("run --agent reference", () => {
  let out: string;
  let ended: Ended;
  beforeAll(async () => {
    out = join(folder, "reference");
    ended = await run(["run", "--agent", "reference", ...SMALL, "--out", out]);
  }, 90_000);

  it("is conformant, and says so in a sentence", () => {
    expect(ended.stderr).toBe("");
    expect(ended.stdout).toContain("\nCONFORMANT  ");
    expect(ended.code).toBe(0);
  });

  it("passes every core requirement that holds, each by three pieces of evidence", () => {
    const results = readResults(out);
    const judged = results.checks.filter((check) => check.verdict !== "not-applicable");
    expect(judged.length).toBeGreaterThan(40);
    expect(judged.filter((check) => check.verdict !== "pass")).toEqual([]);
    for (const check of judged) expect([check.id, check.evidence.length]).toEqual([check.id, 3]);
    expect(results.counts).toMatchObject({ fail: 0, notTestable: 0, pass: judged.length });
  });

  it("tells every scenario to its end, with no wait in vain and no trouble", () => {
    const lines = [...readTranscriptFile(join(out, "transcript.jsonl"))].filter((line) => line.side === "run");
    expect(
      lines.filter((line) => line.kind === "trouble" || line["satisfied"] === false || line["aborted"] !== undefined),
    ).toEqual([]);
    expect(lines.filter((line) => line.kind === "scenario-ended").map((line) => line["scenario"])).toHaveLength(3);
    expect(lines.at(-1)?.kind).toBe("run-ended");
  });

  it("is judged again to the same bytes", async () => {
    const again = await run(["analyze", join(out, "transcript.jsonl"), "--json"]);
    expect(again).toEqual({ code: 0, stdout: readFileSync(join(out, "results.json"), "utf8"), stderr: "" });
  });

  it("is judged as far as it was written where it breaks off", async () => {
    const torn = join(folder, "torn.jsonl");
    const text = readFileSync(join(out, "transcript.jsonl"), "utf8");
    writeFileSync(torn, text.slice(0, text.indexOf('"step":"quiet"')));
    const again = await run(["analyze", torn, "--out", join(folder, "torn")]);
    expect(again.code).not.toBe(0);
    expect(readResults(join(folder, "torn")).counts.pass).toBeLessThan(readResults(out).counts.pass);
  });

  it("keeps the kubeconfig out of everything it writes, and removes it", () => {
    const files = readdirSync(out).map((name) => readFileSync(join(out, name), "utf8"));
    expect(files).toHaveLength(4);
    for (const text of files) expect(text).not.toMatch(/certificate-authority-data|Bearer /);
    expect(readdirSync(folder).filter((name) => name.startsWith("deepflow-conformance-"))).toEqual([]);
  });
});

describe("agents that are none", () => {
  it("fails one that runs and never dials, without hanging on it", async () => {
    const out = join(folder, "sleeper");
    const ended = await run(["run", ...SMALL, "--budget-scale", "0.1", "--out", out, "--", "sleep", "600"]);
    expect(ended.code).toBe(1);
    const results = readResults(out);
    expect(verdictOf(results, "KAS-LIFE-1")).toBe("fail");
    expect(results.counts.pass).toBe(0);
    expect(agentPids(out).map(isAlive)).toEqual([false, false, false]);
  });

  it.each([
    ["ends at once", ["true"], "exited with code 0"],
    ["is not there", ["/no/such/agent"], "no such program"],
  ])("says so where it %s, long before the start budget", async (name, command, text) => {
    const out = join(folder, name.replaceAll(" ", "-"));
    const ended = await run(["run", ...SMALL, "--out", out, "--", ...command]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain(text);
    const results = readResults(out);
    expect(results.counts.pass).toBe(0);
    expect(results.run.durationMs).toBeLessThan(20_000);
  });

  it("prints results.json alone under --json", async () => {
    const out = join(folder, "json");
    const ended = await run(["run", ...SMALL, "--json", "--out", out, "--", "true"]);
    expect(ended.stdout).toBe(readFileSync(join(out, "results.json"), "utf8"));
    expect(ended.code).toBe(3);
  });

  it("keeps a token that an agent prints out of the files", async () => {
    const out = join(folder, "leak");
    const leak = `head -c 100000 {kubeconfig}; ls -l {kubeconfig}; echo "$DEEPFLOW_CLUSTER_ID"`;
    await run(["run", ...SMALL, "--only", "LIFE-2", "--out", out, "--", "sh", "-c", leak]);
    const log = readFileSync(join(out, "agent.log"), "utf8");
    expect(log).toContain("token: [redacted]");
    expect(log).toContain("-rw------- ");
    expect(log).toMatch(/ d-[0-9a-f]{10}\n/);
  });
});

describe("Ctrl-C", () => {
  it("stops the agents, judges and writes what was seen", async () => {
    const out = join(folder, "interrupted");
    const running = run(["run", ...SMALL, "--out", out, "--", "sh", "-c", `echo > ${folder}/up; exec sleep 600`]);
    await created("up");
    running.kill("SIGINT");
    const ended = await running;
    expect(ended.code).toBe(130);
    expect(ended.stdout).toContain("INTERRUPTED");
    expect(readResults(out).exitCode).toBe(130);
    expect(statSync(join(out, "junit.xml")).size).toBeGreaterThan(0);
    expect(agentPids(out).length).toBeGreaterThan(0);
    expect(agentPids(out).filter(isAlive)).toEqual([]);
  });
});

/** Resolves once a file of this name was made in the folder. */
async function created(name: string): Promise<void> {
  const watcher = watch(folder);
  await new Promise<void>((resolve) => {
    const look = () => existsSync(join(folder, name)) && resolve();
    watcher.on("change", look);
    look();
  });
  watcher.close();
}
