import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommandLine } from "./command-line.ts";

let stdout: string;
let stderr: string;
let folder: string;
beforeEach(() => {
  [stdout, stderr] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  folder = mkdtempSync(join(tmpdir(), "cli-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const OWN = ["run", "--cluster", "kubeconfig", "--context", "mine"];

describe("usage errors", () => {
  it.each<[string, readonly string[], string]>([
    ["an unknown verb", ["rum"], "unknown command 'rum'"],
    ["no verb", [], "Usage:"],
    ["an unknown flag", ["run", "--bogus", "--", "true"], "unknown option '--bogus'"],
    ["a mistyped flag", ["run", "--traget", "v7.1", "--", "true"], "--target"],
    ["no agent", ["run"], "no agent"],
    ["an empty command", ["run", "--"], "no agent"],
    ["two agents", ["run", "--agent", "reference", "--", "true"], "two agents"],
    ["an agent that is started twice", ["run", "--attach", "--", "true"], "two agents"],
    ["an address where nothing is elsewhere", ["run", "--host-address", "192.0.2.1", "--", "true"], "goes with kind, kubeconfig"],
    [
      "a command for whom nobody runs commands",
      ["run", "--attach", "--features", "no-watch", "--no-watch-command", "true"],
      "you start it yourself",
    ],
    [
      "what cannot be done to the agent",
      ["run", "--attach", "--only", "LIFE-4"],
      "with --attach the harness did not start the agent",
    ],
    ["what takes writing", [...OWN, "--read-only", "--only", "SNAP-3", "--", "true"], "the cluster is only read"],
    ["an unknown form of agent", ["run", "--agent", "image"], "reference"],
    ["an unknown target", ["run", "--target", "v5.0", "--", "true"], "v7.1"],
    ["an unknown cluster", ["run", "--cluster", "minikube", "--", "true"], "embedded, envtest, kind, kubeconfig"],
    ["a cluster that is not named", ["run", "--cluster", "kubeconfig", "--", "true"], "takes --context NAME"],
    ["an agent that nothing keeps from writing", [...OWN, "--read-only", "--no-proxy", "--", "true"], "leave out --no-proxy"],
    ["a manifest that may not be written", [...OWN, "--read-only", "--manifest", "a.yaml"], "with --read-only nothing is"],
    ["a pod that cannot find this host", [...OWN, "--image", "an-image"], "--host-address"],
    ["an option of another cluster", ["run", "--cluster", "envtest", "--context", "mine", "--", "true"], "goes with kubeconfig"],
    ["a version of a real cluster", ["run", "--cluster", "kind", "--kubernetes-version", "1.20", "--", "true"], "with embedded"],
    ["no proxy where there is none", ["run", "--no-proxy", "--", "true"], "keeps its own record"],
    ["a file of kind that is none", ["run", "--cluster", "kind", "--kind-config", "/no/such", "--", "true"], "--kind-config"],
    ["an unknown Kubernetes version", ["run", "--kubernetes-version", "1.7", "--", "true"], "1.20, 1.30"],
    ["an unknown profile", ["run", "--profile", "core,scaly", "--", "true"], '"scaly"'],
    ["no repeats", ["run", "--repeat", "0", "--", "true"], "at least 1"],
    ["an unknown feature", ["run", "--features", "teleport", "--", "true"], '"teleport"'],
    ["a pattern that matches nothing", ["run", "--only", "SNAP-*,NOPE-1", "--", "true"], "NOPE-1"],
    ["an interval without a unit", ["run", "--interval", "1", "--", "true"], "500ms"],
    ["an interval of nothing", ["run", "--interval", "0s", "--", "true"], "more than 0"],
    ["a scale of nothing", ["run", "--budget-scale", "0", "--", "true"], "above 0"],
    ["a seed that is none", ["run", "--seed", "1e3", "--", "true"], "whole number"],
    ["no jobs", ["run", "--jobs", "0", "--", "true"], "at least 1"],
    ["an unknown level", ["run", "--fail-on", "may", "--", "true"], "must, should"],
    ["an empty list", ["run", "--only", "", "--", "true"], "none of them empty"],
    ["no transcript", ["analyze"], "missing required argument"],
    ["a transcript that is not there", ["analyze", "/no/such/transcript.jsonl"], "cannot be read"],
    ["two transcripts", ["analyze", "a", "b"], "too many arguments"],
    ["a requirement that is not there", ["explain", "KAS-NOPE-1"], "KAS-NOPE-1"],
    ["explaining nothing", ["explain"], "--target"],
    ["a pattern that lists nothing", ["list", "--only", "NOPE-*"], "NOPE-*"],
  ])("%s", async (_name, args, text) => {
    expect(await runCommandLine(args)).toBe(64);
    expect(stderr).toContain(text);
    expect(stdout).toBe("");
  });

  it.each([
    ["empty", "", "nothing to judge"],
    ["torn in its first line", '{"seq":0,"t":0,"tena', "nothing to judge"],
    ["not JSON", "hello\n", "line 1"],
    ["without a header", '{"seq":0,"t":0,"tenant":"","side":"run","kind":"step"}\n', "does not begin with the header of a run"],
  ])("a transcript that is %s", async (_name, text, told) => {
    const path = join(folder, "transcript.jsonl");
    writeFileSync(path, text);
    expect(await runCommandLine(["analyze", path])).toBe(64);
    expect(stderr).toContain(told);
  });
});

describe("a path that is none of the kind", () => {
  it("is told what to give of a run's folder", async () => {
    expect(await runCommandLine(["analyze", folder])).toBe(64);
    expect(stderr).toContain(`${folder} is a folder; give the transcript.jsonl in it`);
  });

  it("is no folder for the files of a run", async () => {
    const path = join(folder, "file");
    writeFileSync(path, "");
    expect(await runCommandLine(["run", "--out", path, "--", "true"])).toBe(4);
    expect(stderr).toContain(`${path} cannot be a folder: a file is there already`);
  });
});

describe("verbs that only tell", () => {
  it("prints nothing but JSON under --json", async () => {
    expect(await runCommandLine(["list", "--only", "SNAP-1", "--json"])).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ id: "KAS-SNAP-1", level: "MUST" }]);
    expect(stderr).toBe("");
  });

  it.each([
    ["KAS-SNAP-3", "deleted"],
    ["snap-3", "KAS-SNAP-3"],
    ["gzip", "KAS-ENC-1"],
    ["SNAP-7", "keeps what was deleted"],
    ["ECHO-1", "uploads everything again when the server"],
    ["life-of-objects", "await-gone"],
    ["keep-deleted", "KAS-SNAP-7"],
  ])("explains %s", async (id, text) => {
    expect(await runCommandLine(["explain", id])).toBe(0);
    expect(stdout).toContain(text);
  });

  it("plans without running", async () => {
    const args = [
      "run",
      "--dry-run",
      "--json",
      "--only",
      "ECHO-1",
      "--interval",
      "500ms",
      "--seed",
      "5",
      "--",
      "/no/such/agent",
      "--x",
    ];
    expect(await runCommandLine(args)).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      requirements: ["KAS-ECHO-1"],
      intervalMs: 500,
      seed: 5,
      agent: { form: "command", command: ["/no/such/agent", "--x"] },
    });
  });

  it.each([["run"], ["analyze"], ["inspect"], ["list"], ["explain"], ["doctor"]])("has an example in %s --help", async (verb) => {
    expect(await runCommandLine([verb, "--help"])).toBe(0);
    expect(stdout).toContain(`deepflow-conformance ${verb} `);
    expect(stdout).toMatch(/exit codes/i);
  });
});

describe("the process", () => {
  it.each([
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    [["run", "--bogus"], 64, /^$/, /--bogus/],
  ] as const)("%j exits with %i", async (args, code, out, err) => {
    const ended = await new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ["--import", "tsx", join(import.meta.dirname, "main.ts"), ...args],
        (_error, out, err) => resolve({ code: child.exitCode, out, err }),
      );
    });
    expect(ended).toEqual({ code, out: expect.stringMatching(out) as string, err: expect.stringMatching(err) as string });
  });
});
