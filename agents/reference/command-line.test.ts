import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCommand, readCommandLine } from "./command-line.ts";

beforeEach(() => {
  for (const name of ["DEEPFLOW_SERVER", "DEEPFLOW_CLUSTER_ID", "DEEPFLOW_AGENT_ID", "KUBECONFIG"]) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

function parse(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const command = createCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(args, { from: "user" });
  return readCommandLine(command, env);
}

describe("the command line", () => {
  it("has defaults for all but the server", () => {
    expect(parse(["--server", "h:1"])).toEqual({
      agent: { server: "h:1", agentId: 0, service: "agent", pageSize: 500, callTimeoutMs: 15_000, watch: true },
    });
  });

  it("takes what the environment hands over; a flag wins", () => {
    vi.stubEnv("DEEPFLOW_SERVER", "[::1]:30035");
    vi.stubEnv("DEEPFLOW_CLUSTER_ID", "d-0123456789");
    vi.stubEnv("DEEPFLOW_AGENT_ID", "7");
    vi.stubEnv("KUBECONFIG", "/k");
    const told = { DEEPFLOW_SYNC_INTERVAL_MS: "1500" };
    expect(parse([], told).agent).toMatchObject({
      server: "[::1]:30035",
      clusterId: "d-0123456789",
      agentId: 7,
      kubeconfig: "/k",
      intervalMs: 1500,
    });
    expect(parse(["--interval", "2s", "--agent-id", "8"], told).agent).toMatchObject({ intervalMs: 2000, agentId: 8 });
  });

  it.each([
    ["500ms", 500],
    ["1.5s", 1500],
    ["2m", 120_000],
  ])("reads the duration %s", (text, milliseconds) => {
    expect(parse(["--server", "h:1", "--call-timeout", text]).agent.callTimeoutMs).toBe(milliseconds);
  });

  it.each([
    [["--server", "h"], "host:port"],
    [[], "--server"],
    [["--server", "h:1", "--interval", "10"], "with its unit"],
    [["--server", "h:1", "--interval", "0s"], "with its unit"],
    [["--server", "h:1", "--agent-id", "-1"], "whole number"],
    [["--server", "h:1", "--page-size", "0"], "1 or more"],
    [["--server", "h:1", "--service", "other"], "Allowed choices"],
    [["--server", "h:1", "--resources", "[{}]"], "no name"],
    [["--server", "h:1", "--resources", "/no/such/file"], "no such file"],
    [["--server", "h:1", "--mutate", "gzip"], "unknown option"],
    [["--server", "h:1", "extra"], "too many arguments"],
  ])("refuses %j", (args, problem) => {
    expect(() => parse(args)).toThrow(problem);
  });

  it("refuses an interval in the environment that is none", () => {
    expect(() => parse(["--server", "h:1"], { DEEPFLOW_SYNC_INTERVAL_MS: "1s" })).toThrow("milliseconds");
  });
});

describe("--resources", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "resources-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const rules = [
    { name: "ingresses", disabled: true },
    { name: "pods", version: "v1", disabled: false, fieldSelector: "spec.nodeName=n" },
  ];

  it("takes JSON", () => {
    const json =
      '[{"name":"ingresses","group":"","disabled":true},{"name":"pods","version":"v1","field-selector":"spec.nodeName=n"}]';
    expect(parse(["--server", "h:1", "--resources", json]).agent.resources).toEqual(rules);
  });

  it("takes a file in the form of the agent's setting", () => {
    const file = join(folder, "resources.yaml");
    const yaml =
      "kubernetes-resources:\n- {name: ingresses, disabled: true}\n- {name: pods, version: v1, field_selector: spec.nodeName=n}\n";
    writeFileSync(file, yaml);
    expect(parse(["--server", "h:1", "--resources", file]).agent.resources).toEqual(rules);
  });
});
