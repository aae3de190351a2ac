import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectSynchronizer } from "../proto/index.ts";
import { startScriptedAgent } from "../server-mock/agent-rpc/testing/scripted-agent.ts";
import { startMockServer } from "../server-mock/index.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const ANY_PORTS = ["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function serve(...options: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "serve", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stderr }));
  const ready = once(createInterface(child.stdout), "line").then(
    ([line]) => JSON.parse(line as string) as Record<string, string>,
  );
  return { child, ready, ended };
}

describe("serve", () => {
  it("says where it is, logs what is wrong, records, and leaves with 0 on SIGTERM", async () => {
    const file = join(folder, "t.jsonl");
    const { child, ready, ended } = serve(...ANY_PORTS, "--record", file, "--team", "t1", "--team", "t2");
    const { grpc = "", ...said } = await ready;
    expect(said).toEqual({
      event: "ready",
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      target: "v7.1",
    });
    const client = connectSynchronizer({ address: grpc, service: "agent" });
    const entries = [{ type: "*v1.Pod\u001b[2J", compressedInfo: Buffer.from("{}") }];
    for (const teamId of ["t1", "t2"]) {
      expect(await client.kubernetesApiSync({ clusterId: "c", version: 1n, agentId: 1, teamId, entries })).toEqual({
        version: 1n,
      });
    }
    client.close();
    await fetch(`${said["control"]}/v1/journal`);
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^call 1, cluster "c": plain: entry 0/m);
    expect(stderr).not.toContain("\u001b");
    const kinds = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === "answer")).toHaveLength(2);
    expect(kinds[0]).toBe("listening");
  });

  it("makes a record that `analyze` refuses with the reason: it has no plan", async () => {
    const file = join(folder, "t.jsonl");
    const { child, ready, ended } = serve(...ANY_PORTS, "--record", file);
    await ready;
    child.kill("SIGTERM");
    await ended;
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", MAIN, "analyze", file], { encoding: "utf8" });
    expect(stderr).toContain("A record of `serve` has none");
    expect(status).toBe(64);
  });

  it.each([
    ["trident", "v6.5"],
    ["agent", "v7.1"],
  ] as const)("gets a deepflow-agent of %s to watch against %s, with the configuration of a file", async (dialect, target) => {
    const file = join(folder, "agent.yaml");
    writeFileSync(file, "static_config:\n  kubernetes-resources:\n    - {name: ingresses, disabled: true}\n");
    const { child, ready, ended } = serve(...ANY_PORTS, "--target", target, "--agent-config", file);
    const { grpc: controller = "" } = await ready;
    const agent = await startScriptedAgent({ dialect, controller, defaultPort: Number(controller.split(":")[1]), ntp: true });
    expect(agent).toMatchObject({ state: "watcher started", agentId: 1, controller });
    expect(agent.userConfig?.["inputs"]).toEqual(
      dialect === "trident"
        ? undefined
        : { resources: { kubernetes: { api_resources: [{ name: "ingresses", disabled: true }] } } },
    );
    expect(await agent.beat([])).toBe("sent again");
    agent.close();
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    // Once, although it synchronises twice.
    expect(stderr.match(/give --listen HOST:30035$/gm) ?? []).toHaveLength(dialect === "trident" ? 1 : 0);
  });

  it("leaves with 64 for an agent configuration that no agent could read", async () => {
    const file = join(folder, "agent.yaml");
    writeFileSync(file, "static_config: {kubernetes-resources: pods}");
    const { code, stderr } = await serve(...ANY_PORTS, "--agent-config", file).ended;
    expect(stderr).toContain("static_config.kubernetes-resources must be a list");
    expect(code).toBe(64);
  });

  it("leaves with 4 when the port is taken", async () => {
    await using mock = await startMockServer();
    const { code, stderr } = await serve("--listen", mock.address, "--control", "127.0.0.1:0").ended;
    expect(stderr).toContain(`${mock.address} is taken`);
    expect(code).toBe(4);
  });

  it.each([
    [["--target", "v9"], "document, v6.1, v6.2"],
    [["--listen", "nowhere"], "127.0.0.1:20035"],
    [["--control", "127.0.0.1:99999"], "--control"],
    [["--max-message-bytes", "1k"], "whole number"],
    [["--agent-config", "/nowhere/agent.yaml"], "/nowhere/agent.yaml"],
    [["--lisen", "127.0.0.1:0"], "--lisen"],
  ])("leaves with 64 for %j and says what would be right", async (options, named) => {
    const { code, stderr } = await serve(...ANY_PORTS, ...options).ended;
    expect(stderr).toContain(named);
    expect(code).toBe(64);
  });
});
