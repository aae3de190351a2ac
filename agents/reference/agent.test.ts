import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMockServer, type MockServer } from "../../server-mock/index.ts";
import { openTranscript, nullSink, type RawLine, type Transcript } from "../../transcript/index.ts";
import { startPseudoAgent, type PseudoAgentOptions } from "./index.ts";

/** A fake API server over plain HTTP: `/version`, discovery of pods and nodes, lists in pages, one open watch each. */
class FakeCluster {
  readonly objects = new Map<string, Map<string, Record<string, unknown>>>([
    ["pods", new Map()],
    ["nodes", new Map()],
  ]);
  readonly watches = new Map<string, ServerResponse>();
  readonly requests: string[] = [];
  /** Looked at first; true where it answered. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
  #version = 100;
  readonly server = createServer((request, response) => this.#answer(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(resource: string, name: string, more: Record<string, unknown> = {}): void {
    this.#version += 1;
    const metadata = { uid: `${resource}-${name}`, name, resourceVersion: String(this.#version) };
    const known = this.objects.get(resource)?.has(name) === true;
    const object = { metadata, ...more };
    this.objects.get(resource)?.set(name, object);
    this.send(resource, { type: known ? "MODIFIED" : "ADDED", object: { apiVersion: "v1", kind: "Any", ...object } });
  }

  remove(resource: string, name: string): void {
    const object = this.objects.get(resource)?.get(name);
    this.objects.get(resource)?.delete(name);
    this.send(resource, { type: "DELETED", object });
  }

  send(resource: string, event: object): void {
    this.watches.get(resource)?.write(`${JSON.stringify(event)}\n`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "http://x");
    this.requests.push(request.url ?? "");
    if (this.intercept(request, response)) return;
    const json = (body: object, status = 200) => response.writeHead(status).end(JSON.stringify(body));
    const resource = url.pathname.split("/").at(-1) ?? "";
    if (url.pathname === "/version") json({ gitVersion: "v1.30.0" });
    else if (url.pathname === "/api/v1") json({ resources: [{ name: "pods" }, { name: "nodes" }] });
    else if (!this.objects.has(resource)) json({ message: "not here" }, 404);
    else if (url.searchParams.has("watch")) {
      response.writeHead(200).flushHeaders();
      this.watches.set(resource, response);
    } else {
      const all = [...(this.objects.get(resource)?.values() ?? [])];
      const start = Number(url.searchParams.get("continue") ?? 0);
      const end = start + Number(url.searchParams.get("limit") ?? all.length);
      const metadata = { resourceVersion: String(this.#version), ...(end < all.length ? { continue: String(end) } : {}) };
      json({ metadata, items: all.slice(start, end) });
    }
  }
}

let cluster: FakeCluster;
let mock: MockServer;
let transcript: Transcript;
let lines: RawLine[];
let listeners: (() => void)[];
let folder: string;
let kubeconfig: string;
let writeKubeconfig: (more?: object) => void;

beforeEach(async () => {
  cluster = new FakeCluster();
  cluster.set("nodes", "n1");
  cluster.set("pods", "a");
  cluster.set("pods", "b");
  cluster.set("pods", "c");
  const server = await cluster.listen();
  folder = mkdtempSync(join(tmpdir(), "pseudo-agent-"));
  kubeconfig = join(folder, "config");
  writeKubeconfig = (more = {}) => {
    const clusters = [{ name: "k", cluster: { server, ...more } }];
    const contexts = [{ name: "x", context: { cluster: "k" } }];
    writeFileSync(kubeconfig, JSON.stringify({ "current-context": "x", contexts, clusters }));
  };
  writeKubeconfig();
  transcript = openTranscript(nullSink());
  lines = [];
  listeners = [];
  transcript.subscribe((line) => {
    lines.push(line);
    for (const listener of listeners) listener();
  });
  mock = await startMockServer({ recorder: transcript.tenant("t") });
});
afterEach(async () => {
  await mock[Symbol.asyncDispose]();
  cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(more: Partial<PseudoAgentOptions> = {}) {
  return startPseudoAgent({
    server: mock.address,
    clusterId: "k",
    agentId: 1,
    intervalMs: 30,
    kubeconfig,
    pageSize: 2,
    log: () => {},
    ...more,
  });
}

/** Resolves as soon as the condition holds; looked at after each line of the transcript. */
function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => condition() && resolve();
    listeners.push(look);
    look();
  });
}

const names = (type: string) => mock.objects("k", type).map((object) => (object["metadata"] as { name: string }).name);
const answers = (row: string) => lines.filter((line) => line.kind === "answer" && line["row"] === row);
const requests = () => mock.journal().records.flatMap(({ request }) => request ?? []);
const lists = (resource: string) => cluster.requests.filter((path) => path.startsWith(`/api/v1/${resource}?limit`));

describe("the pseudo-agent", () => {
  it("uploads every page of every kind once all are listed, then only heartbeats", async () => {
    await using _agent = start();
    await until(() => answers("7").length >= 2);
    expect(names("*v1.Pod")).toEqual(["a", "b", "c"]);
    expect(names("*v1.Node")).toEqual(["n1"]);
    expect(mock.objects("k", "*version.Info")).toEqual([{ gitVersion: "v1.30.0" }]);
    expect(lines.filter((line) => line.kind === "answer")[0]?.["row"]).toBe("6");
    expect(answers("6")).toHaveLength(1);
    expect(lists("pods")).toHaveLength(2);
  });

  it("shows what comes, changes and goes by watching, without listing again", async () => {
    await using _agent = start();
    await until(() => answers("7").length > 0 && cluster.watches.size === 2);
    cluster.set("pods", "d");
    cluster.set("pods", "a", { status: { podIP: "10.0.0.9" } });
    cluster.remove("pods", "b");
    await until(() => names("*v1.Pod").join() === "a,c,d");
    expect(mock.objects("k", "*v1.Pod")[0]).toMatchObject({ apiVersion: "v1", kind: "Pod", status: { podIP: "10.0.0.9" } });
    expect(lists("pods")).toHaveLength(2);
  });

  it("does not send again what changed only in what is trimmed away", async () => {
    await using _agent = start();
    await until(() => answers("7").length > 0 && cluster.watches.size === 2);
    cluster.set("pods", "a", { status: { phase: "Whatever" } });
    const seen = answers("7").length;
    await until(() => answers("7").length > seen + 3);
    expect(answers("6")).toHaveLength(1);
  });

  it("sends everything under the same version when the server forgot", async () => {
    await using _agent = start();
    await until(() => answers("7").length > 0);
    const version = mock.cluster("k")?.heldVersion;
    mock.reset();
    await until(() => answers("6").length === 2);
    await mock.settled();
    expect(mock.cluster("k")?.heldVersion).toBe(version);
    expect(names("*v1.Pod")).toEqual(["a", "b", "c"]);
  });

  it("uploads nothing while a kind cannot be listed, tells why, and recovers", async () => {
    let broken = true;
    cluster.intercept = (request, response) => {
      if (!broken || request.url?.startsWith("/api/v1/pods") !== true) return false;
      response.writeHead(403).end(JSON.stringify({ message: "pods is forbidden" }));
      return true;
    };
    await using _agent = start({ faultGraceMs: 1 });
    await until(() => answers("5").length > 1);
    await mock.settled();
    expect(requests().map(({ errorMsg, entryCount }) => [errorMsg, entryCount])).toContainEqual([
      "pods: 403 pods is forbidden",
      0,
    ]);
    expect(answers("6")).toEqual([]);
    broken = false;
    await until(() => answers("6").length > 0 && mock.cluster("k")?.record?.errorMsg === "");
    await mock.settled();
    expect(names("*v1.Pod")).toEqual(["a", "b", "c"]);
  });

  it("keeps what it had and sends it with error_msg while a watch cannot be taken up", async () => {
    await using _agent = start({ faultGraceMs: 1 });
    await until(() => answers("7").length > 0 && cluster.watches.size === 2);
    cluster.intercept = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    cluster.watches.get("pods")?.destroy();
    await until(() => answers("8").length > 0);
    await mock.settled();
    expect(mock.cluster("k")?.record?.errorMsg).toMatch(/^pods: /);
    expect(names("*v1.Pod")).toEqual(["a", "b", "c"]);
  });

  it("under agent id 0 puts all entries into every request", async () => {
    await using _agent = start({ agentId: 0 });
    await until(() => answers("9").length >= 3);
    expect(answers("10")).toHaveLength(0);
  });

  it("asks for the cluster id by the MD5 of its CA", async () => {
    writeFileSync(join(folder, "ca.crt"), "");
    writeKubeconfig({ "certificate-authority": "ca.crt" });
    await using _agent = start({ clusterId: "" });
    await until(() => answers("6").length > 0);
    expect(mock.clusters().map(({ clusterId }) => clusterId)).toEqual(["d-rrADNwzpt5"]);
  });

  it("repeats an upload whose answer was lost, under the same version", async () => {
    mock.addFault({ fault: "status", code: 14, when: "entries" });
    await using _agent = start();
    await until(() => answers("7").length > 0);
    await mock.settled();
    const uploads = requests().filter(({ entryCount }) => entryCount > 0);
    expect(uploads).toHaveLength(2);
    expect(new Set(uploads.map(({ version }) => version)).size).toBe(1);
  });

  it("stops soon, even while a call hangs", async () => {
    mock.addFault({ fault: "silence" });
    const agent = start();
    await until(() => lines.some((line) => line.kind === "request"));
    await agent.stop();
    expect(agent.metrics()).toContain("pseudo_agent_ready 1");
  });
});
