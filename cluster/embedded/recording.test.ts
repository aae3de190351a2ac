import { connect } from "node:http2";
import { describe, expect, it } from "vitest";
import { memorySink, openTranscript, parseTranscript, type RawLine } from "../../transcript/index.ts";
import { ContractClient } from "../contract/client.ts";
import { startEmbeddedCluster } from "./start.ts";
import type { EmbeddedClusterOptions } from "./options.ts";

function object(kind: string, name: string, fields: object = {}) {
  return { kind, apiVersion: "v1", metadata: { name, namespace: "default", uid: `uid-${name}` }, ...fields };
}

const NAMESPACE = { kind: "Namespace", apiVersion: "v1", metadata: { name: "default", uid: "uid-default" } };
const OBJECTS = [
  { resource: "namespaces", object: NAMESPACE },
  { resource: "configmaps", object: object("ConfigMap", "a", { data: { k: "v" } }) },
  { resource: "configmaps", object: object("ConfigMap", "b") },
  { resource: "secrets", object: object("Secret", "s", { data: { password: "aHVudGVyMg==" } }) },
];

async function recorded(options: EmbeddedClusterOptions = {}) {
  const sink = memorySink();
  const transcript = openTranscript(sink);
  const lines: RawLine[] = [];
  transcript.subscribe((line) => lines.push(line));
  const cluster = await startEmbeddedCluster({ objects: OBJECTS, recorder: transcript.tenant("t"), ...options });
  const agent = new ContractClient(cluster.url, cluster.caPem, cluster.token);
  const of = (kind: string) => lines.filter((line) => line.side === "api" && line.kind === kind);
  return {
    cluster,
    agent,
    lines,
    of,
    sink,
    /** Resolves with the first line of a kind that fits, past or to come. */
    async awaitLine(kind: string, fits: (line: RawLine) => boolean): Promise<RawLine> {
      const found = of(kind).find(fits);
      if (found !== undefined) return found;
      return new Promise((resolve) => {
        transcript.subscribe((line) => {
          if (line.kind === kind && fits(line)) resolve(line);
        });
      });
    },
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

describe("what the embedded cluster records", () => {
  it("states what it was filled with, one line per resource, with blobs before them", async () => {
    await using run = await recorded();
    expect(run.of("state").map(({ resource, items }) => [resource, (items as unknown[]).length])).toEqual([
      ["namespaces", 1],
      ["configmaps", 2],
      ["secrets", 1],
    ]);
    const [, configMaps] = run.of("state");
    const [[uid, version, hash] = []] = (configMaps?.["items"] ?? []) as string[][];
    expect([uid, version]).toEqual(["uid-a", "1002"]);
    const blob = run.lines.find((line) => line.kind === "blob" && line["sha256"] === hash);
    expect(JSON.parse(String(blob?.["text"]))).toMatchObject({ kind: "ConfigMap", apiVersion: "v1", data: { k: "v" } });
    expect(blob?.seq).toBeLessThan(configMaps?.seq ?? 0);
  });

  it("records request, page and end of a list, and whether more follows", async () => {
    await using run = await recorded();
    const answer = await run.agent.call("/api/v1/configmaps?limit=1", { protocol: "h2" });
    expect(answer.status).toBe(200);
    await run.awaitLine("end", () => true);
    const path = "/api/v1/configmaps?limit=1";
    expect(run.of("request")).toMatchObject([
      { req: 1, method: "GET", verb: "list", path, resource: "configmaps", userAgent: "contract/1.0", protocol: "HTTP/2" },
    ]);
    const stated = run.of("state")[1]?.["items"] as unknown[];
    expect(run.of("page")).toMatchObject([
      { req: 1, resource: "configmaps", resourceVersion: "1004", more: true, items: [stated[0]] },
    ]);
    expect(run.of("end")).toMatchObject([{ req: 1, status: 200, reason: "complete" }]);
  });

  it("records a commit before its delivery, and each watch event once", async () => {
    await using run = await recorded();
    const watch = await run.agent.watch("/api/v1/configmaps?watch=1&resourceVersion=1004");
    await run.cluster.patch("configmaps", { namespace: "default", name: "a" }, { data: { k: "w" } });
    await run.cluster.delete("configmaps", { namespace: "default", name: "a" });
    await watch.take(2);
    watch.close();
    await run.awaitLine("end", () => true);
    const [modified, deleted] = run.of("commit");
    expect([modified?.["change"], deleted?.["change"]]).toEqual(["modified", "deleted"]);
    expect(run.of("event").map(({ type, item }) => [type, item])).toEqual([
      ["MODIFIED", modified?.["item"]],
      ["DELETED", deleted?.["item"]],
    ]);
    expect(modified?.seq).toBeLessThan(run.of("event")[0]?.seq ?? 0);
    expect(run.of("end")).toMatchObject([{ req: 1, status: 200, reason: "client" }]);
  });

  it("keeps the bodies of Secrets out, and credentials too", async () => {
    await using run = await recorded();
    await run.agent.call("/api/v1/secrets");
    await run.cluster.patch("secrets", { namespace: "default", name: "s" }, { data: { password: "bmV3" } });
    await run.awaitLine("end", () => true);
    expect(run.of("page")[0]?.["items"]).toEqual([["uid-s", "1004", null]]);
    expect(run.of("commit")[0]?.["item"]).toEqual(["uid-s", "1005", null]);
    const text = run.lines.map((line) => JSON.stringify(line)).join("\n");
    expect(text).not.toContain("aHVudGVyMg==");
    expect(text).not.toContain("bmV3");
    expect(text).not.toContain(run.cluster.token);
  });

  it("does not count the administrator's requests", async () => {
    await using run = await recorded();
    await using admin = new ContractClient(run.cluster.url, run.cluster.caPem, run.cluster.adminToken);
    await admin.call("/api/v1/configmaps");
    await run.agent.call("/version");
    await run.awaitLine("end", () => true);
    expect(run.of("request").map(({ path, req }) => [path, req])).toEqual([["/version", 1]]);
    expect(run.of("request")[0]).not.toHaveProperty("resource");
  });

  it("names refusals, faults and the server's own ends as such", async () => {
    await using run = await recorded({
      rules: [{ verbs: ["list", "watch"], apiGroups: [""], resources: ["configmaps"] }],
      faults: ({ req }) => (req === 2 ? { reset: true } : undefined),
    });
    expect((await run.agent.call("/api/v1/pods")).status).toBe(403);
    await expect(run.agent.call("/api/v1/configmaps")).rejects.toThrow(/hang up|ECONNRESET/);
    await run.agent.watch("/api/v1/configmaps?watch=1");
    const timed = await run.agent.watch("/api/v1/configmaps?watch=1&timeoutSeconds=1");
    await timed.rest();
    await run.awaitLine("end", ({ req }) => req === 4);
    await run.cluster[Symbol.asyncDispose]();
    await run.awaitLine("end", ({ req }) => req === 3);
    const ends = run.of("end").map(({ req, status, reason }) => [req, status, reason]);
    expect(ends.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
      [1, 403, "complete"],
      [2, 0, "fault"],
      [3, 200, "server"],
      [4, 200, "timeout"],
    ]);
  });

  it.each(["h1", "h2"] as const)("tells that a client over %s left before it was answered", async (protocol) => {
    await using run = await recorded({ faults: () => ({ delayMs: 2 ** 30 }) });
    const call = run.agent.call("/api/v1/configmaps", { protocol });
    await run.awaitLine("request", () => true);
    await run.agent[Symbol.asyncDispose]();
    await expect(call).rejects.toThrow();
    expect(await run.awaitLine("end", () => true)).toMatchObject({ req: 1, status: 0, reason: "client" });
  });

  it("does not claim to have delivered a list whose client left midway", async () => {
    const data = { filler: "x".repeat(900_000) };
    const objects = Array.from({ length: 30 }, (_, index) => ({
      resource: "configmaps",
      object: object("ConfigMap", `big-${index}`, { data }),
    }));
    await using run = await recorded({ objects: [...OBJECTS, ...objects] });
    const session = connect(run.cluster.url, { ca: run.cluster.caPem });
    const stream = session.request({ ":path": "/api/v1/configmaps", authorization: `Bearer ${run.cluster.token}` });
    await new Promise((resolve) => stream.once("response", resolve));
    session.destroy();
    const end = await run.awaitLine("end", () => true);
    expect(end).toMatchObject({ req: 1, reason: "client" });
    expect(run.of("page")).toEqual([]);
  });

  it("writes a transcript that can be read back", async () => {
    const run = await recorded();
    await run.agent.call("/api/v1/configmaps");
    await run[Symbol.asyncDispose]();
    expect([...parseTranscript(run.sink.text())].map(({ seq }) => seq)).toEqual(run.lines.map(({ seq }) => seq));
  });
});
