import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractCases, reasonToSkip, runContractCase, type ContractConnection, type Trait } from "../contract/index.ts";
import { ContractClient } from "../contract/client.ts";
import { findAssets } from "../envtest/assets.ts";
import { startEnvtestCluster, type EnvtestCluster } from "../envtest/start.ts";
import { startApiProxy } from "./start.ts";
import { configMap, Lines, told } from "./testing.ts";
import type { ApiProxy } from "./types.ts";

const START_MS = 90_000;
/** Kubernetes turned WatchList on by default in 1.34. */
const WATCH_LIST_BY_DEFAULT = 34;

const unavailable = reasonOf(() => findAssets());

describe("a real kube-apiserver behind the proxy", () => {
  if (unavailable !== undefined) {
    it("keeps the contract", ({ skip }) => skip(unavailable));
    return;
  }
  const lines = new Lines();
  let cluster: EnvtestCluster;
  let proxy: ApiProxy;
  let connection: ContractConnection;

  beforeAll(async () => {
    const nobody = { name: "nobody", token: "nobody-token", rules: [] };
    cluster = await startEnvtestCluster({ users: [nobody] });
    proxy = await startApiProxy({ upstream: cluster, recorder: lines.transcript.tenant("t") });
    const minor = Number(/^v1\.(\d+)/.exec(cluster.version)?.[1]);
    const { url, caPem } = proxy;
    const tokens = { admin: cluster.adminToken, nobody: nobody.token };
    const traits = new Set<Trait>(["forgets-history", ...(minor < WATCH_LIST_BY_DEFAULT ? (["no-watch-list"] as const) : [])]);
    connection = { url, caPem, tokens, minor, traits, forgetHistory: () => cluster.forgetHistory() };
  }, START_MS);
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]();
    await cluster?.[Symbol.asyncDispose]();
  });

  it("answers a Go client, which asks for protobuf first, in JSON, and is recorded", { timeout: START_MS }, async () => {
    await using client = new ContractClient(proxy.url, proxy.caPem, cluster.adminToken);
    await cluster.create("configmaps", configMap("seen"));
    const headers = { accept: "application/vnd.kubernetes.protobuf,application/json", "accept-encoding": "gzip" };
    const path = "/api/v1/namespaces/default/configmaps";
    const { json } = await client.call(path, { headers, protocol: "h2" });
    expect(json["kind"]).toBe("ConfigMapList");
    const { resourceVersion } = json["metadata"] as { readonly resourceVersion: string };
    const watch = await client.watch(`${path}?watch=1&resourceVersion=${resourceVersion}`, { headers, protocol: "h2" });
    await cluster.patch("configmaps", { namespace: "default", name: "seen" }, { data: { k: "<v>" } });
    expect((await watch.take(1)).map(told)).toEqual(["MODIFIED seen"]);
    proxy.addFault({ fault: "api-error-event", open: true });
    expect((await watch.rest()).map(({ type, object }) => [type, object["code"]])).toEqual([["ERROR", 410]]);
    const [page] = lines.of("page");
    expect(page).toMatchObject({ resource: "configmaps", resourceVersion, more: false });
    const item = lines.of("event").find(({ type }) => type === "MODIFIED")?.["item"];
    const [uid, , sha256] = (item ?? []) as readonly string[];
    expect(((page?.["items"] ?? []) as readonly (readonly string[])[]).map(([id]) => id)).toContain(uid);
    // A list leaves kind and apiVersion to its head, a watch does not: the object is the same to the byte.
    await client.call(path, { headers });
    expect(lines.of("page").at(-1)?.["items"]).toContainEqual(item);
    const blob = lines.all.find((line) => line.kind === "blob" && line["sha256"] === sha256);
    expect(JSON.parse(String(blob?.["text"]))).toMatchObject({ kind: "ConfigMap", apiVersion: "v1", data: { k: "<v>" } });
  });

  it("leaves what an agent asks for in protobuf alone unread, and says so", { timeout: START_MS }, async () => {
    await using client = new ContractClient(proxy.url, proxy.caPem, cluster.adminToken);
    const headers = { accept: "application/vnd.kubernetes.protobuf", "user-agent": "protobuf-only" };
    const answer = await client.call("/api/v1/namespaces", { headers });
    expect([answer.status, answer.body.subarray(0, 3).toString()]).toEqual([200, "k8s"]);
    const { req } = (await lines.await("request", ({ userAgent }) => userAgent === "protobuf-only")) as { req?: unknown };
    expect(await lines.await("end", (line) => line["req"] === req)).toMatchObject({
      unread: "application/vnd.kubernetes.protobuf",
    });
  });

  describe.concurrent("keeps the contract", () => {
    for (const contractCase of contractCases.filter(({ alone }) => alone !== true)) declare(contractCase);
  });
  describe("keeps the contract alone", () => {
    for (const contractCase of contractCases.filter(({ alone }) => alone === true)) declare(contractCase);
  });

  function declare(contractCase: (typeof contractCases)[number]): void {
    it(contractCase.name, { timeout: START_MS }, async ({ skip }) => {
      const reason = reasonToSkip(contractCase, connection);
      if (reason !== undefined) skip(reason);
      await runContractCase(contractCase, connection);
    });
  }
});

function reasonOf(find: () => unknown): string | undefined {
  try {
    find();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
