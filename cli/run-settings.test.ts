import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderEnvironment } from "../environments/index.ts";
import type { Plan } from "../suites/plan.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { runCommandLine } from "./command-line.ts";

let stdout: string;
let stderr: string;
let folder: string;
beforeEach(() => {
  [stdout, stderr] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  folder = mkdtempSync(join(tmpdir(), "cli-settings-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function planned(...args: readonly string[]): Promise<Plan> {
  stdout = "";
  expect(await runCommandLine(["run", "--dry-run", "--json", ...args])).toBe(0);
  return JSON.parse(stdout) as Plan;
}

/** The resource list in the material that `env show` prints. */
function shownResources(name: string): unknown {
  const rendering = renderEnvironment(name);
  const config = rendering.available ? rendering.material.files.find(({ part }) => part === "agent-group-config") : undefined;
  const content = config?.content as { inputs?: { resources?: { kubernetes?: { api_resources?: unknown } } } } | undefined;
  return content?.inputs?.resources?.kubernetes?.api_resources;
}

describe("what an agent is told", () => {
  it.each(["openshift", "openkruise"])("is the resource list that `env show %s` prints", async (name) => {
    const plan = await planned("--profile", "environments", "--features", name, "--agent", "reference");
    expect(plan.configuration?.kubernetesResources).toEqual(shownResources(name));
    expect(plan.configuration?.kubernetesResources?.length).toBeGreaterThan(1);
    expect(plan.agent.command.slice(-2)).toEqual(["--resources", "{kubernetes_resources}"]);
    expect(plan.scenarios.map((scenario) => scenario.name)).toEqual([`environment-${name}`]);
  });

  it("is nothing but its flags where no feature is declared", async () => {
    const plan = await planned("--agent", "reference");
    expect(plan.configuration).toBeUndefined();
    expect(plan.agent.command).not.toContain("--resources");
    expect(plan.scenarios.every(({ clusterId }) => clusterId !== "")).toBe(true);
  });

  it("is no cluster_id in the one scenario of the feature cluster-id", async () => {
    const plan = await planned("--profile", "core,restricted", "--features", "cluster-id", "--", "./agent");
    const without = plan.scenarios.filter(({ clusterId }) => clusterId === "");
    expect(without.map(({ name }) => name)).toEqual(["cluster-id-asked"]);
    expect(plan.scenarios).toHaveLength(5);
  });

  it("is the ClusterRole of a file, and the smallest one without", async () => {
    const role = join(mkdtempSync(join(tmpdir(), "role-")), "role.yaml");
    writeFileSync(role, "kind: ClusterRole\nrules: [{apiGroups: [''], resources: [pods], verbs: [list]}]\n");
    const handed = await planned("--profile", "restricted", "--cluster-role", role, "--", "./agent");
    expect(handed.clusterRole).toEqual({
      source: "role.yaml",
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }],
    });
    const smallest = await planned("--profile", "restricted", "--", "./agent");
    expect(smallest.clusterRole?.source).toBe("minimal");
    expect((await planned("--", "./agent")).clusterRole).toBeUndefined();
  });

  it("is a command of its own where it is not to watch", async () => {
    const restricted = ["--profile", "restricted", "--features", "no-watch"];
    const plan = await planned(...restricted, "--no-watch-command", "./agent --policy 'watch disabled'", "--", "./agent");
    expect(plan.agent.noWatchCommand).toEqual(["./agent", "--policy", "watch disabled"]);
    const reference = await planned(...restricted, "--agent", "reference");
    expect(reference.agent.noWatchCommand).toEqual([...reference.agent.command, "--no-watch"]);
  });
});

describe("a setting that would not reach the agent", () => {
  it.each<[string, readonly string[], string]>([
    ["a role that is no file", ["--cluster-role", "/no/such.yaml", "--", "./agent"], "cannot be used"],
    ["a role that is something else", ["--cluster-role", import.meta.filename, "--", "./agent"], "cannot be used"],
    [
      "no-watch without its command",
      ["--profile", "restricted", "--features", "no-watch", "--", "./agent"],
      "--no-watch-command",
    ],
    ["its command without no-watch", ["--no-watch-command", "./agent", "--", "./agent"], "--features no-watch"],
    ["an open quote", ["--features", "no-watch", "--no-watch-command", "./agent 'x", "--", "./agent"], "not closed"],
    [
      "a command for the reference agent",
      ["--features", "no-watch", "--no-watch-command", "./a", "--agent", "reference"],
      "its own",
    ],
  ])("%s is an error", async (_name, args, text) => {
    expect(await runCommandLine(["run", ...args])).toBe(64);
    expect(stderr).toContain(text);
  });
});

describe("a configuration file that would not reach the agent", () => {
  it.each<[string, readonly string[], string]>([
    ["is not there", ["--template", "/no/such.yaml", "--", "./agent", "{config}"], "cannot be read"],
    ["has no place in the command", ["--template", import.meta.filename, "--", "./agent"], "no {config}"],
    ["is given to the reference agent", ["--template", import.meta.filename, "--agent", "reference"], "takes none"],
    ["is missing", ["--", "./agent", "--config={config}"], "--template"],
  ])("%s", async (_name, args, text) => {
    expect(await runCommandLine(["run", ...args])).toBe(64);
    expect(stderr).toContain(text);
  });

  it("a profile whose features nobody declared is an error", async () => {
    expect(await runCommandLine(["run", "--profile", "environments", "--", "./agent"])).toBe(64);
    expect(stderr).toContain("feature openshift");
  });
});

describe("an agent that only tells what it got", () => {
  const SMALL = ["--seed", "7", "--pods", "20", "--nodes", "1"];

  async function told(features: string, profile: string, only: string, script: string): Promise<string> {
    const template = join(folder, "agent.yaml");
    writeFileSync(template, "server: {server}\nkubernetes-resources: {kubernetes_resources}\nunknown: {other}\n");
    const out = join(folder, "out");
    const choice = ["--profile", profile, "--features", features, "--only", only, "--template", template, "--out", out];
    const agent = ["--", "sh", "-c", script, "sh", "{config}", "{ca}", "{cluster_id}"];
    expect(await runCommandLine(["run", ...choice, ...SMALL, ...agent])).toBe(3);
    const lines = [...readTranscriptFile(join(out, "transcript.jsonl"))];
    expect(readFileSync(join(out, "transcript.jsonl"), "utf8")).toContain('"template":{"name":"agent.yaml"');
    return lines
      .filter(({ kind }) => kind === "output")
      .map((line) => String(line["text"]))
      .join("");
  }

  it("got its file with the placeholders filled in, and the same list in its environment", async () => {
    const script = 'cat "$1"; echo "$1"; echo "$DEEPFLOW_KUBERNETES_RESOURCES"; ls -l "$1"';
    const text = await told("openshift", "environments", "CFG-1", script);
    const list = '[{"name":"ingresses","disabled":true},{"name":"routes"}]';
    expect(text).toMatch(/^server: 127\.0\.0\.1:\d+\n/);
    expect(text).toContain(`\nkubernetes-resources: ${list}\nunknown: {other}\n`);
    expect(text).toMatch(/config\.yaml\n/);
    expect(text).toContain(`\n${list}\n`);
    expect(text).toContain("-rw------- ");
  });

  it("got no cluster_id, not even the harness's own, and the CA to ask by", async () => {
    vi.stubEnv("DEEPFLOW_CLUSTER_ID", "d-harness000");
    const text = await told("cluster-id", "restricted", "CFG-5", 'echo "<$3><${DEEPFLOW_CLUSTER_ID-unset}>"; cat "$2"');
    const [first, ...certificate] = text.split("\n");
    expect(first).toBe("<><unset>");
    const recorded = [...readTranscriptFile(join(folder, "out", "transcript.jsonl"))].find(
      ({ side, kind }) => side === "run" && kind === "cluster",
    );
    expect(recorded?.["caMd5"]).toBe(createHash("md5").update(certificate.join("\n")).digest("hex"));
  });
});
