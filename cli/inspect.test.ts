import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectSynchronizer } from "../proto/index.ts";
import { startMockServer } from "../server-mock/index.ts";
import { targetIds } from "../server-mock/contract/index.ts";
import { fileSink, openTranscript } from "../transcript/index.ts";
import { runCommandLine } from "./command-line.ts";
import type { Inspection } from "./inspect-action.ts";

const metadata = (name: string) => ({ uid: `u-${name}`, name });
const node = { metadata: metadata("n"), status: { addresses: [{ type: "InternalIP", address: "10.0.0.1" }] } };
const namespace = { metadata: metadata("shop") };
const stored = {
  "*version.Info": [JSON.stringify({ gitVersion: "v1.30.0" })],
  "*v1.Node": [JSON.stringify(node)],
  "*v1.Namespace": [JSON.stringify(namespace)],
  "*v1.Pod": ['{"metadata":{"uid":"u-p","name":"p","namespace":"shop"}}', "[]"],
};

let folder: string;
let out: string;
let err: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "inspect-"));
  [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((out += String(text))));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((err += String(text))));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function inspect(...args: readonly string[]): Promise<Inspection> {
  expect([await runCommandLine(["inspect", "--json", ...args]), err]).toEqual([0, ""]);
  return JSON.parse(out) as Inspection;
}

const kept = { nodes: 1, namespaces: 1, pods: 0 };

describe("inspect", () => {
  it.each([
    ["bare", stored],
    ["wrapped in an outer object", { OPT_STATUS: "SUCCESS", DESCRIPTION: "", DATA: stored }],
  ])("reads the answer of a server's debug route, %s", async (_name, content) => {
    const { target, inventory } = await inspect(file("info.json", content));
    expect([target, inventory.outcome]).toEqual(["v7.1", "kept"]);
    expect(inventory.counts).toMatchObject(kept);
    expect(inventory.dropped.map(({ rule }) => rule)).toEqual(["entry-array", "pod-without-owner"]);
    expect(Object.keys(inventory)).not.toContain("resources");
  });

  it("reads it over http, and says so where nobody answers", async () => {
    const server = await serving(JSON.stringify(stored));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/kubernetes-info/d-1/`;
    expect((await inspect(url)).inventory.counts).toMatchObject(kept);
    await new Promise((resolve) => server.close(resolve));
    expect(await runCommandLine(["inspect", url])).toBe(4);
    expect(err).toContain(url);
  });

  it.each([
    [
      "a List of kubectl",
      {
        kind: "List",
        items: [
          { kind: "Node", ...node },
          { kind: "Namespace", ...namespace },
        ],
      },
    ],
    ["a List of the API, whose items have no kind", { kind: "NodeList", items: [node] }],
    ["one object", { kind: "Node", apiVersion: "v1", ...node }],
  ])("reads %s as an agent would upload it", async (_name, content) => {
    const { inventory } = await inspect(file("list.json", content));
    expect(inventory.outcome).toBe("kept");
    expect(inventory.counts.nodes).toBe(1);
  });

  it("reads what a mock recorded, error_msg included", async () => {
    const path = join(folder, "transcript.jsonl");
    {
      await using transcript = openTranscript(fileSink(path));
      await using mock = await startMockServer({ recorder: transcript.tenant("serve") });
      const client = connectSynchronizer({ address: mock.address, service: "agent" });
      const entries = Object.entries(stored).flatMap(([type, texts]) =>
        texts.map((text) => ({ type, compressedInfo: deflateSync(text) })),
      );
      await client.kubernetesApiSync({ clusterId: "d-1", version: 5n, agentId: 1, entries });
      await client.kubernetesApiSync({ clusterId: "d-1", version: 6n, agentId: 1, entries, errorMsg: "no list" });
      client.close();
    }
    const [frozen, harmless] = (await inspect(path, "--target", "v7.1,v6.2", "--json")) as unknown as readonly Inspection[];
    expect(frozen?.inventory).toMatchObject({ outcome: "frozen", counts: { nodes: 0 } });
    expect(harmless?.inventory).toMatchObject({ outcome: "kept", counts: kept });
  });

  it("tells a generated cluster of 5,000 pods under every target, and what changes between neighbours", async () => {
    expect(await runCommandLine(["inspect", "--pods", "5000", "--target", "all"])).toBe(0);
    for (const id of targetIds) expect(out).toContain(`of 5,000 pods would be tagged on ${id}`);
    for (const [index, id] of targetIds.slice(1).entries()) expect(out).toContain(`${targetIds[index]} → ${id}: `);
    expect(out).toMatch(/v6\.5 → v6\.6: .*\n[^→]*\+ \*v1\.Service \S+: kept; before, service-type: spec\.type is "LoadBalancer"/);
    expect(out).toMatch(/v6\.6 → v7\.0: .*ConfigMaps 0 → \d+/);
  });

  it.each([
    ["no such file", ["nowhere.json"], "nowhere.json"],
    ["nothing", [], "nothing to inspect"],
    ["two sources", ["x", "--pods", "5"], "two sources"],
    ["an unknown target", ["x", "--target", "v9"], 'unknown target "v9"'],
  ])("leaves with 64 for %s", async (_name, args, problem) => {
    expect(await runCommandLine(["inspect", ...args])).toBe(64);
    expect(err).toContain(problem);
  });

  it.each([
    ["broken JSON, with the place", '{"kind": "List",\n  "items": [}', "broken.json:2:13"],
    ["an array", "[]", "holds an array"],
    ["something else", '{"a": 1}', "is neither of what can be inspected"],
    ["a List of no objects", '{"kind":"List","items":[5]}', "items[0]"],
    ["nothing at all", "", "broken.json"],
  ])("leaves with 64 for %s", async (_name, text, problem) => {
    expect(await runCommandLine(["inspect", file("broken.json", text)])).toBe(64);
    expect(err).toContain(problem);
  });

  it("keeps control characters of a name off the terminal", async () => {
    const evil = { kind: "Pod", metadata: { uid: "u", name: "\u001b[2J", namespace: "shop" } };
    expect(await runCommandLine(["inspect", file("evil.json", { kind: "List", items: [evil] })])).toBe(0);
    expect(out).not.toContain("\u001b");
  });
});

function serving(body: string): Promise<Server> {
  const server = createServer((_request, response) => response.end(body));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
