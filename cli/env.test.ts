import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { environmentNames } from "../environments/index.ts";
import { addEnv } from "./env.ts";
import { UsageError } from "./usage-error.ts";

let folder: string;
let stdout: string;
beforeEach(() => {
  stdout = "";
  folder = mkdtempSync(join(tmpdir(), "env-"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function env(...args: string[]): Promise<typeof process.exitCode> {
  const program = new Command().exitOverride();
  addEnv(program);
  await program.parseAsync(["env", ...args], { from: "user" });
  return process.exitCode;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const printed = () => JSON.parse(stdout) as Record<string, unknown>;

describe("env list", () => {
  it("prints one line each, or one JSON array", async () => {
    await env("list");
    expect(
      stdout
        .split("\n")
        .slice(1, -1)
        .map((line) => line.split(" ")[0]),
    ).toEqual(environmentNames);
    stdout = "";
    await env("list", "--json");
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect(rows.map(({ name }) => name)).toEqual(environmentNames);
    expect(Object.keys(rows[0] ?? {})).toEqual(["name", "title", "summary", "source", "agents", "parts"]);
  });
});

describe("env show", () => {
  it.each(environmentNames)("prints %s so that env check finds nothing wrong with it", async (name) => {
    expect(await env("show", name)).toBeUndefined();
    const shown = file("shown.yaml", stdout);
    expect(await env("check", name, shown)).toBe(0);
  });

  it("prints one part alone", async () => {
    await env("show", "openshift", "--agent", "v6.4", "--part", "agent-group-config");
    expect(stdout).toContain("kubernetes-resources:");
    expect(stdout).not.toContain("ClusterRole");
  });

  it("prints JSON with a fixed shape", async () => {
    await env("show", "macvlan", "--json");
    expect(Object.keys(printed())).toEqual([
      "name",
      "title",
      "agent",
      "summary",
      "source",
      "files",
      "environmentVariables",
      "steps",
      "observationPoints",
      "notes",
    ]);
  });

  it.each([
    ["an unknown environment", ["show", "calico"], "macvlan"],
    ["an unknown agent", ["show", "macvlan", "--agent", "v5.0"], "v6.1"],
    ["an agent that cannot do it", ["show", "openkruise", "--agent", "v6.2"], "v6.3.4 and later"],
    ["an unknown part", ["show", "macvlan", "--part", "cluster-role"], "agent-group-config"],
    ["no file", ["check", "macvlan"], "which files"],
    ["a file that is not there", ["check", "macvlan", "/nowhere/a.yaml"], "/nowhere/a.yaml"],
    ["a folder", ["check", "macvlan", tmpdir()], "cannot be read"],
    ["two binaries", ["check", "non-root", "/bin/a", "/bin/b"], "one binary"],
  ])("refuses %s", async (_title, args, words) => {
    const error = await env(...args).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toContain(words);
    expect(stdout).toBe("");
  });

  it("refuses an unknown flag", async () => {
    await expect(env("show", "macvlan", "--verbose")).rejects.toBeInstanceOf(CommanderError);
  });
});

describe("env check", () => {
  it("prints each finding with its place, and what to do", async () => {
    const path = file("mine.yaml", "vtap_group_id: g-1\ntap_interface_regex: ^eth0$\ntap_mode: 1\n");
    expect(await env("check", "macvlan", path, "--agent", "v6.4")).toBe(1);
    expect(stdout).toContain(`${path}:2:1: error [regex-void]`);
    expect(stdout).toContain("mend: ");
    expect(stdout).toContain("macvlan, agents v6.4: 2 errors, 0 warnings");
  });

  it("passes with warnings alone", async () => {
    const path = file("mine.yaml", "vtap_group_id: g-xxxxxx\ntap_interface_regex: ^eth0$\n");
    expect(await env("check", "cilium", path, "--agent", "v6.4")).toBe(0);
    expect(stdout).toContain("0 errors, 1 warning");
  });

  it("judges several files together", async () => {
    const config = file("config.yaml", "inputs: {resources: {kubernetes: {api_resources: [{name: clonesets}]}}}\n");
    const role = file("role.yaml", "rules: [{apiGroups: [apps.kruise.io], resources: [clonesets], verbs: [get, list]}]\n");
    expect(await env("check", "openkruise", config, role, "--json")).toBe(1);
    const { ok, findings } = printed() as {
      ok: boolean;
      findings: { rule: string; file: string; line: number; column: number }[];
    };
    expect(ok).toBe(false);
    expect(findings.map(({ rule, file, line }) => [rule, file, line])).toEqual([
      ["resource-missing", config, 1],
      ["rbac-missing", role, 1],
      ["rbac-verbs", role, 1],
    ]);
  });

  it("reports unreadable YAML with its place", async () => {
    expect(await env("check", "macvlan", file("bad.yaml", "a: 1\nb: [1\nc: 2\n"))).toBe(1);
    expect(stdout).toMatch(/bad\.yaml:3:1: error \[unreadable\]/);
  });

  it("reads stdin, as a process", async () => {
    const program = `import { Command } from "commander"; import { addEnv } from "./cli/env.ts";
      const program = new Command(); addEnv(program); await program.parseAsync(["env", "check", "openshift", "-"], { from: "user" });`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      cwd: join(import.meta.dirname, ".."),
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stdin.end("inputs:\n  resources:\n    kubernetes:\n      api_resources:\n        - name: routes\n");
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(output).toContain("<stdin>:4:7: error [resource-not-disabled]");
    expect(code).toBe(1);
  });
});

describe("env check non-root", () => {
  it("says that there is no such binary", async () => {
    expect(await env("check", "non-root", join(folder, "agent"))).toBeOneOf([1, 4]);
    expect(stdout).toContain("[binary-missing]");
  });

  it("judges this host, whatever it is, in one shape", async () => {
    const code = await env("check", "non-root", file("agent", ""), "--user", "root", "--json");
    const { ok, facts, findings, unknown } = printed() as {
      ok: boolean | null;
      facts: object;
      findings: { rule: string }[];
      unknown: string[];
    };
    expect(Object.keys(facts)).toEqual(["binary", "capabilities", "user", "cgroup", "folders"]);
    // A file that was just made has no capabilities, unless this host cannot tell.
    expect(findings.some(({ rule }) => rule === "capability-missing") || unknown.length > 0).toBe(true);
    expect([ok, code]).toEqual(unknown.length > 0 ? [null, 4] : [false, 1]);
  });
});
