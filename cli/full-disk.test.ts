import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { connectSynchronizer } from "../proto/index.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "full-disk-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BIN = join(import.meta.dirname, "bin.mjs");
const SMALL = ["--seed", "7", "--pods", "60", "--nodes", "3", "--budget-scale", "0.1"];
const REFERENCE = [...SMALL, "--agent", "reference"];

/** The built command line where no file can grow beyond so many blocks of 512 bytes, as on a disk that is full then. */
function spawnLimited(blocks: number, args: readonly string[], signal: AbortSignal) {
  const command = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const child = spawn("sh", ["-c", command, process.execPath, BIN, ...args], { stdio: ["ignore", "pipe", "pipe"], signal });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += String(text)));
  child.stderr.on("data", (text: Buffer) => (stderr += String(text)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ended };
}

describe.concurrent("a disk that is full", () => {
  it("cuts the record of a run: what it saw is told, and kept", { timeout: 90_000 }, async ({ expect, signal }) => {
    const out = join(folder, "record");
    // The record of the first scenario does not fit, its results do.
    const { code, stdout, stderr } = await spawnLimited(600, ["run", ...REFERENCE, "--out", out], signal).ended;
    expect(stderr).toMatch(/^environment: .*transcript\.jsonl cannot be written any more: EFBIG/m);
    expect(stderr).not.toContain("fault of the harness");
    expect(stdout).toContain("the transcript breaks off before the end of the run");
    expect(code).toBe(4);
    const lines = [...readTranscriptFile(join(out, "transcript.jsonl"))];
    expect(lines.length).toBeGreaterThan(50);
    const again = await spawnBuilt(["analyze", join(out, "transcript.jsonl"), "--json"], signal);
    expect(again.stdout).toBe(readFileSync(join(out, "results.json"), "utf8"));
  });

  it(
    "keeps reports back: none is left by half, and how to have them is told",
    { timeout: 90_000 },
    async ({ expect, signal }) => {
      const out = join(folder, "a run");
      // The header fits, results do not.
      const { code, stdout, stderr } = await spawnLimited(40, ["run", ...REFERENCE, "--out", out], signal).ended;
      expect(stdout).toContain("INCONCLUSIVE");
      expect(code).toBe(4);
      expect(stderr).toMatch(/^environment: .*transcript\.jsonl cannot be written any more: EFBIG/m);
      expect(stderr).toMatch(/^.*results\.json cannot be written: EFBIG/m);
      expect(readdirSync(out)).not.toContain("results.json");
      expect(readdirSync(out).filter((name) => name.endsWith(".part"))).toEqual([]);
      const told = /make them of it: deepflow-conformance (.*)$/m.exec(stderr)?.[1] ?? "";
      expect(told).toBe(`analyze '${join(out, "transcript.jsonl")}' --out '${out}'`);
      const again = await spawnBuilt(["analyze", join(out, "transcript.jsonl"), "--out", out], signal);
      expect(again.code).toBe(2);
      expect(readdirSync(out).sort()).toEqual(["agent.log", "junit.xml", "results.json", "transcript.jsonl"]);
    },
  );

  it("leaves the reports that are there, when a transcript is judged again", { timeout: 90_000 }, async ({ expect, signal }) => {
    const out = join(folder, "again");
    const run = await spawnBuilt(["run", ...SMALL, "--only", "LIFE-1", "--out", out, "--", "true"], signal);
    expect(run.code).toBe(3);
    const before = readFileSync(join(out, "results.json"), "utf8");
    const { code, stdout, stderr } = await spawnLimited(2, ["analyze", join(out, "transcript.jsonl"), "--out", out], signal)
      .ended;
    expect(stdout).toContain("NO AGENT");
    expect(stderr).toMatch(/^environment: .*results\.json cannot be written: EFBIG/);
    expect(code).toBe(4);
    expect(readFileSync(join(out, "results.json"), "utf8")).toBe(before);
    expect(readdirSync(out).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("cuts the record of `serve`, and agents get their answers", { timeout: 60_000 }, async ({ expect, signal }) => {
    const file = join(folder, "served.jsonl");
    const args = ["serve", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--record", file];
    const { child, ended } = spawnLimited(8, args, signal);
    const [ready] = (await once(createInterface(child.stdout), "line")) as [string];
    const client = connectSynchronizer({ address: (JSON.parse(ready) as { grpc: string }).grpc, service: "agent" });
    const entries = [{ type: "*v1.Pod", compressedInfo: Buffer.alloc(8_000, 7) }];
    for (let version = 1n; version < 4n; version += 1n) {
      expect(await client.kubernetesApiSync({ clusterId: "c", version, agentId: 1, entries })).toEqual({ version });
    }
    client.close();
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(stderr.match(/--record .*served\.jsonl cannot be written any more: EFBIG/g)).toHaveLength(1);
    expect(stderr).not.toContain("fault of the harness");
    expect(code).toBe(4);
    expect(statSync(file).size).toBe(8 * 512);
  });

  it("takes what is printed: that is told, and whatever was to be done is done", { timeout: 60_000 }, async (context) => {
    const { expect, signal } = context;
    const full = openFull();
    if (full === undefined) return context.skip("there is no /dev/full");
    const out = join(folder, "printed");
    mkdirSync(out);
    writeFileSync(join(out, "unrelated"), "");
    const args = [BIN, "run", ...SMALL, "--only", "LIFE-1", "--out", out, "--", "true"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", full, "pipe"], signal });
    let stderr = "";
    child.stderr?.on("data", (text: Buffer) => (stderr += String(text)));
    const [code] = (await once(child, "close")) as [number];
    closeSync(full);
    expect(stderr).toMatch(/^environment: stdout cannot be written: ENOSPC/m);
    expect(stderr).not.toContain("fault of the harness");
    expect(code).toBe(4);
    expect(readdirSync(out).sort()).toEqual(["agent.log", "junit.xml", "results.json", "transcript.jsonl", "unrelated"]);
  });

  it("takes what is told on stderr: the exit code says it all the same", { timeout: 60_000 }, async (context) => {
    const { expect, signal } = context;
    const full = openFull();
    if (full === undefined) return context.skip("there is no /dev/full");
    const child = spawn(process.execPath, [BIN, "rum"], { stdio: ["ignore", "ignore", full], signal });
    const [code] = (await once(child, "close")) as [number];
    closeSync(full);
    expect(code).toBe(64);
  });
});

function openFull(): number | undefined {
  try {
    return openSync("/dev/full", "w");
  } catch {
    return undefined;
  }
}
