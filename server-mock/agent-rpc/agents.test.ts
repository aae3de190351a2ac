import { afterEach, describe, expect, it } from "vitest";
import type { ServiceName } from "../../proto/index.ts";
import { findTarget, targetIds } from "../contract/index.ts";
import { type MockServer, type MockServerOptions, startMockServer } from "../index.ts";
import { type ScriptedAgent, type ScriptedAgentOptions, startScriptedAgent } from "./testing/scripted-agent.ts";

const DIALECTS: readonly ServiceName[] = ["trident", "agent"];
const pairs = targetIds.flatMap((id) => DIALECTS.map((dialect) => ({ id, dialect })));
const serves = ({ id, dialect }: { id: string; dialect: ServiceName }) => findTarget(id)?.services.includes(dialect);
const version = { type: "*version.Info", compressedInfo: Buffer.from("eJyrVkrPLPFLzE1VslJQKjNRqgUANJUFdw==", "base64") };

const opened: ScriptedAgent[] = [];
afterEach(() => {
  for (const agent of opened.splice(0)) agent.close();
});

async function agentOf(mock: MockServer, options: Partial<ScriptedAgentOptions> = {}): Promise<ScriptedAgent> {
  const agent = await startScriptedAgent({ dialect: "agent", controller: mock.address, defaultPort: mock.port, ...options });
  opened.push(agent);
  return agent;
}

describe("a deepflow-agent", () => {
  it.each(pairs.filter(serves))("of $dialect starts its watcher against $id and uploads", async ({ id, dialect }) => {
    await using mock = await startMockServer({ target: id });
    const agent = await agentOf(mock, { dialect, ntp: true });
    expect(agent).toMatchObject({ state: "watcher started", agentId: 1, clusterId: "d-TrWjpxiwfH", controller: mock.address });
    expect(await agent.beat([version])).toBe("sent again");
    expect(await agent.beat([version])).toBe("echoed");
  });

  it.each(pairs.filter((pair) => !serves(pair)))("of $dialect gets UNIMPLEMENTED from $id", async ({ id, dialect }) => {
    await using mock = await startMockServer({ target: id });
    const unimplemented = { codeName: "UNIMPLEMENTED" };
    await expect(agentOf(mock, { dialect })).rejects.toMatchObject(unimplemented);
    // With an id of its own it comes as far as the server has Sync.
    const configured = await agentOf(mock, { dialect, clusterId: "d-0123456789" }).catch((error: unknown) => error);
    if (dialect === "agent")
      expect(configured).toMatchObject({ ...unimplemented, details: "unknown service agent.Synchronizer" });
    else await expect((configured as ScriptedAgent).beat([])).rejects.toMatchObject(unimplemented);
  });

  it.each(DIALECTS)("of %s is one of two: the first watches, until it is silent for 600 s", async (dialect) => {
    await using mock = await startMockServer({ target: "v6.6" });
    const first = await agentOf(mock, { dialect });
    const second = await agentOf(mock, { dialect, ctrlIp: "10.0.0.2", ctrlMac: "0a:00:00:00:00:02" });
    expect([first.state, second.state]).toEqual(["watcher started", "watcher not started"]);
    expect([first.agentId, second.agentId]).toEqual([1, 2]);
    mock.advanceClock(599_000);
    expect(await second.sync()).toBe("watcher not started");
    expect(await first.sync()).toBe("watcher started");
    mock.advanceClock(600_000, first.clusterId);
    expect(await second.sync()).toBe("watcher started");
    expect(await first.sync()).toBe("watcher not started");
    expect([first.agentId, second.agentId]).toEqual([1, 2]);
  });

  it.each(DIALECTS)("of %s that only watches takes over, and has no number", async (dialect) => {
    await using mock = await startMockServer({ target: "v6.6" });
    const first = await agentOf(mock, { dialect });
    const pinned = await agentOf(mock, { dialect, ctrlIp: "10.0.0.2", ctrlMac: "0a:00:00:00:00:02", watchPolicy: "watch-only" });
    expect(pinned).toMatchObject({ state: "watcher started", agentId: 0 });
    expect(await first.sync()).toBe("watcher not started");
    expect(await pinned.beat([version])).toBe("sent again");
    expect(await pinned.beat([version])).toBe("sent again");
  });

  it("never watches where it was told not to", async () => {
    await using mock = await startMockServer();
    expect(await agentOf(mock, { watchPolicy: "watch-disabled" })).toMatchObject({ state: "watcher not started", agentId: 1 });
    const next = await agentOf(mock, { ctrlMac: "0a:00:00:00:00:02" });
    expect(next.state).toBe("watcher started");
  });

  it("is recognised whatever numbers its fields have", async () => {
    await using mock = await startMockServer();
    const agent = await agentOf(mock);
    expect(await agentOf(mock, { numbers: [1, 2, 3] })).toMatchObject({ state: "watcher started", agentId: agent.agentId });
    expect(await agentOf(mock, { ctrlIp: "10.9.9.9", numbers: [900, 5, 1] })).toMatchObject({ state: "watcher not started" });
  });

  it("gets the configuration, with the mock's own port unless that names another", async () => {
    const handed = async (agentConfig: NonNullable<MockServerOptions["agentConfig"]>) => {
      await using mock = await startMockServer({ agentConfig });
      return [(await agentOf(mock)).userConfig, mock.port];
    };
    const resources = [{ name: "pods", disabled: true }];
    const [config, port] = await handed({ static_config: { "kubernetes-resources": resources } });
    expect(config).toEqual({
      inputs: { resources: { kubernetes: { api_resources: resources } } },
      global: { communication: { proxy_controller_port: port } },
    });
    await using elsewhere = await startMockServer();
    const pointed = { global: { communication: { proxy_controller_port: elsewhere.port } } };
    await using mock = await startMockServer({ agentConfig: pointed });
    expect((await agentOf(mock)).controller).toBe(elsewhere.address);
    await expect(startMockServer({ agentConfig: "- pods" })).rejects.toMatchObject({ code: "bad-option" });
  });
});
