import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startEnvtestCluster } from "./start.ts";

describe("a control plane that does not start", () => {
  let assets: string;
  let temporary: string;

  beforeEach(() => {
    assets = mkdtempSync(join(tmpdir(), "assets-"));
    temporary = mkdtempSync(join(tmpdir(), "tmp-"));
    vi.stubEnv("TMPDIR", temporary);
    program("kube-apiserver", "exit 1");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const folder of [assets, temporary]) rmSync(folder, { recursive: true, force: true });
  });

  it("names the variable, and how to get the programs, where it is not set", async () => {
    vi.stubEnv("KUBEBUILDER_ASSETS", "");
    await expect(startEnvtestCluster()).rejects.toThrow(/KUBEBUILDER_ASSETS is not set.*setup-envtest/);
  });

  it("names the program that is missing", async () => {
    await expect(startEnvtestCluster({ assets })).rejects.toThrow(/etcd is not there: KUBEBUILDER_ASSETS must name/);
    writeFileSync(join(assets, "etcd"), "", { mode: 0o600 });
    if (process.getuid?.() !== 0) await expect(startEnvtestCluster({ assets })).rejects.toThrow(/may not be executed/);
  });

  it("quotes the last words of a program that ends, and leaves nothing behind", async () => {
    program("etcd", "echo the disk is on fire >&2; exit 3");
    await expect(startEnvtestCluster({ assets })).rejects.toThrow(
      /etcd ended with code 3 before it was ready\. Its last words:\nthe disk is on fire/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("tries other ports where one is taken meanwhile, but not for ever", async () => {
    program("etcd", `echo started >> ${join(assets, "starts")}; echo bind: address already in use >&2; exit 1`);
    await expect(startEnvtestCluster({ assets })).rejects.toThrow(/address already in use/);
    expect(execFileSync("wc", ["-l", join(assets, "starts")], { encoding: "utf8" })).toMatch(/^\s*5 /);
  });

  it("keeps to its budget, and ends what it has started", async () => {
    program("etcd", `echo $$ > ${join(assets, "pid")}; echo ready to serve client requests; exec sleep 60`);
    program("kube-apiserver", "exec sleep 60");
    await expect(startEnvtestCluster({ assets, startBudgetMs: 1000 })).rejects.toThrow(/was not ready within 1000 ms/);
    expect(isAlive(Number(execFileSync("cat", [join(assets, "pid")], { encoding: "utf8" })))).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("gives up when it is told to", async () => {
    program("etcd", "exec sleep 60");
    const reason = new Error("no longer wanted");
    await expect(startEnvtestCluster({ assets, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("refuses a user that a token file cannot hold", async () => {
    program("etcd", "exit 1");
    const users = [{ name: "a,b", token: "t", rules: [] }];
    await expect(startEnvtestCluster({ assets, users })).rejects.toThrow(RangeError);
  });

  function program(name: string, script: string): void {
    const path = join(assets, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
