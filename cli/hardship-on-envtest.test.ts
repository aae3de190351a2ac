import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markedProcesses } from "./testing/marked-processes.ts";
import { readRun } from "./testing/read-run.ts";
import { startBuilt } from "./testing/start-built.ts";
import { untilRecorded } from "./testing/until-recorded.ts";

const ASSETS = process.env["KUBEBUILDER_ASSETS"];
const unavailable = ASSETS === undefined ? "KUBEBUILDER_ASSETS is not set" : undefined;
const LONG_MS = 180_000;
const OPTIONS = ["--cluster", "envtest", "--seed", "7", "--pods", "60", "--nodes", "3", "--only", "ECHO-2"];
const ACCEPTED = /"kind":"answer".*"stored":"replaced"/;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hardship-envtest-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a run whose processes are known by a marker, and whose temporary files lie in a folder of their own. */
function start(name: string, signal: AbortSignal) {
  const [out, temporary, marker] = [join(folder, name), join(folder, `${name}-tmp`), `HARDSHIP_${randomUUID()}`];
  mkdirSync(temporary);
  const uploading = untilRecorded(out, ACCEPTED, signal);
  const run = startBuilt(["run", ...OPTIONS, "--out", out, "--agent", "reference"], signal, {
    HARDSHIP: marker,
    TMPDIR: temporary,
  });
  return {
    run,
    out,
    uploading,
    processes: () => markedProcesses(marker) ?? [],
    /** What the run has left on the machine. */
    left: () => [...(markedProcesses(marker) ?? []), ...readdirSync(temporary)],
  };
}

describe.runIf(unavailable === undefined)("a run on a real API server that is treated badly", () => {
  it.for(["kube-apiserver", "etcd"])(
    "blames the environment where %s dies under it, and keeps what it saw",
    { timeout: LONG_MS },
    async (program, { signal }) => {
      const { run, out, uploading, processes, left } = start(`without-${program}`, signal);
      await uploading;
      const [victim] = processes().filter((line) => line.includes(`/${program} `));
      process.kill(Number.parseInt(victim ?? "", 10), "SIGKILL");
      expect((await run.ended).code, run.said()).toBe(4);
      expect(run.said()).toMatch(/environment trouble: .*(kube-apiserver|etcd)/);
      expect(run.said()).not.toMatch(/harness trouble|fault of the harness/);
      const { results, lines } = await readRun(out, signal);
      expect(results.exitCode).toBe(4);
      expect(lines.some(({ kind, side }) => kind === "request" && side === "rpc")).toBe(true);
      expect(left()).toEqual([]);
    },
  );

  it("is interrupted by Ctrl-C, and judges what it saw", { timeout: LONG_MS }, async ({ signal }) => {
    const { run, out, uploading, left } = start("interrupted", signal);
    await uploading;
    run.child.kill("SIGINT");
    expect((await run.ended).code, run.said()).toBe(130);
    const { results, lines } = await readRun(out, signal);
    expect(results.exitCode).toBe(130);
    expect(lines.at(-1)?.kind).not.toBe("run-ended");
    expect(left()).toEqual([]);
  });

  it("takes etcd, kube-apiserver and the agent with it when it is killed", { timeout: LONG_MS }, async ({ signal }) => {
    const { run, out, uploading, processes, left } = start("killed", signal);
    await uploading;
    expect(processes().filter((line) => /\/(etcd|kube-apiserver) |reference/.test(line)).length).toBeGreaterThan(2);
    run.child.kill("SIGKILL");
    expect(await run.ended).toEqual({ code: null, signal: "SIGKILL" });
    // They hear of it by a pipe that breaks, and nothing tells when they have gone.
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
    const again = startBuilt(["analyze", join(out, "transcript.jsonl")], signal);
    expect((await again.ended).code).toBe(2);
    expect(again.said()).toContain("the transcript breaks off before the end of the run");
  });

  it("exits with 4 when the disk is full, and leaves what was recorded", { timeout: LONG_MS }, async ({ signal, skip }) => {
    const disk = join(folder, "full");
    mkdirSync(disk);
    const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], { encoding: "utf8" });
    if (status !== 0) return skip(`no small disk can be mounted: ${stderr.trim()}`);
    try {
      const { run, out, left } = start("full", signal);
      expect((await run.ended).code, run.said()).toBe(4);
      expect(run.said()).toMatch(/^environment: .*transcript\.jsonl cannot be written any more: ENOSPC/m);
      const again = startBuilt(["analyze", join(out, "transcript.jsonl")], signal);
      expect((await again.ended).code).toBe(2);
      expect(again.said()).toContain("the transcript breaks off before the end of the run");
      expect(left()).toEqual([]);
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});

it.runIf(unavailable !== undefined)("is asked for", ({ skip }) => skip(unavailable));
