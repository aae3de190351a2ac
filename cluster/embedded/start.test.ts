import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp, Server } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { ContractClient } from "../contract/client.ts";
import { told } from "../contract/support.ts";
import { ApiError } from "./api/status.ts";
import { resourceKey, resourcesOf, releases, type KubeObject } from "./catalog/index.ts";
import { generateCluster } from "./generator/index.ts";
import { startEmbeddedCluster } from "./start.ts";

function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { kind: "ConfigMap", apiVersion: "v1", metadata: { name, namespace: "default" }, data };
}

describe("an embedded cluster", () => {
  it("hands out a kubeconfig that holds all that a client needs", async () => {
    await using cluster = await startEmbeddedCluster();
    const config = cluster.kubeconfig();
    expect(config).toContain(`server: ${cluster.url}`);
    expect(config).toContain(`certificate-authority-data: ${Buffer.from(cluster.caPem).toString("base64")}`);
    expect(config).toContain(`token: ${cluster.token}`);
    expect(new URL(cluster.url).hostname).toBe("127.0.0.1");
  });

  it("is changed from within by the same rules as from without", async () => {
    await using cluster = await startEmbeddedCluster();
    const made = await cluster.create("configmaps", configMap("a", { k: "v" }));
    await expect(cluster.create("configmaps", configMap("a"))).rejects.toThrow(ApiError);
    const patched = await cluster.patch("configmaps", { namespace: "default", name: "a" }, { data: { k: "w" } });
    expect(patched["data"]).toEqual({ k: "w" });
    await expect(cluster.update("configmaps", made)).rejects.toMatchObject({ code: 409 });
    const replaced = await cluster.update("configmaps", configMap("a", { l: "x" }));
    expect(replaced["data"]).toEqual({ l: "x" });
    expect(await cluster.list("configmaps", { namespace: "default" })).toEqual([replaced]);
    expect(await cluster.resourceVersion()).toBe(replaced.metadata.resourceVersion);
    await cluster.delete("configmaps", { namespace: "default", name: "a" });
    expect(await cluster.get("configmaps", { namespace: "default", name: "a" })).toBeUndefined();
    await expect(cluster.list("nonsense")).rejects.toThrow(/no resource "nonsense"/);
  });

  it("keeps the status, uid and time that a scenario gives", async () => {
    await using cluster = await startEmbeddedCluster();
    const metadata = { name: "p", namespace: "default", uid: "u", creationTimestamp: "2024-05-06T07:08:09Z" };
    const status = { phase: "Running", podIP: "10.1.2.3" };
    const pod = await cluster.create("pods", { kind: "Pod", apiVersion: "v1", metadata, spec: {}, status });
    expect(pod.metadata).toMatchObject(metadata);
    expect(pod["status"]).toEqual(status);
    const failed = await cluster.patch("pods", { namespace: "default", name: "p" }, { status: { phase: "Failed" } });
    expect(failed["status"]).toEqual({ phase: "Failed", podIP: "10.1.2.3" });
  });

  it("empties a namespace that is deleted, before it goes", async () => {
    await using cluster = await startEmbeddedCluster();
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    await cluster.create("configmaps", configMap("a"));
    const from = await cluster.resourceVersion();
    const watch = await client.watch(`/api/v1/namespaces?watch=1&resourceVersion=${from}`);
    await cluster.delete("namespaces", { name: "default" });
    expect(told(await watch.take(2))).toEqual(["MODIFIED default", "DELETED default"]);
    watch.close();
    expect(await cluster.list("configmaps")).toEqual([]);
  });

  it.each(releases.map(({ id }) => id))("loads what the generator makes for %s, and serves every resource of it", async (id) => {
    const release = releases.find((candidate) => candidate.id === id);
    const features = ["openshift", "openkruise", "opengauss", "calico", "pingan", "tke"];
    const objects = generateCluster({ seed: 7, pods: 60, features, release: id });
    await using cluster = await startEmbeddedCluster({ kubernetesVersion: id, features, objects });
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    const counts = new Map<string, number>();
    for (const { resource } of objects) counts.set(resource, (counts.get(resource) ?? 0) + 1);
    for (const definition of release === undefined ? [] : resourcesOf(release, features)) {
      if (!definition.verbs.includes("list")) continue;
      const root = definition.group === "" ? "/api" : `/apis/${definition.group}`;
      for (const version of definition.versions) {
        const path = `${root}/${version}/${definition.plural}`;
        const { status, json } = await client.call(path);
        const key = definition.storedAs ?? resourceKey(definition);
        const found = [path, status, json["kind"], (json["items"] as unknown[]).length];
        expect(found).toEqual([path, 200, definition.listKind, counts.get(key) ?? 0]);
      }
    }
  });

  it("leaves the type to items of custom resources", async () => {
    const objects = generateCluster({ seed: 7, pods: 60, features: ["openkruise"] });
    await using cluster = await startEmbeddedCluster({ features: ["openkruise"], objects });
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    const { json } = await client.call("/apis/apps.kruise.io/v1alpha1/clonesets");
    expect((json["items"] as KubeObject[])[0]).toMatchObject({ kind: "CloneSet", apiVersion: "apps.kruise.io/v1alpha1" });
  });

  it("refuses objects of resources that it does not have", async () => {
    const objects = [{ resource: "routes.route.openshift.io", object: configMap("r") }];
    await expect(startEmbeddedCluster({ objects })).rejects.toThrow(/no resource "routes\.route\.openshift\.io"/);
  });

  it("loads the same objects into many clusters, none of which sees another", async () => {
    const objects = [
      { resource: "namespaces", object: { kind: "Namespace", apiVersion: "v1", metadata: { name: "default", uid: "n" } } },
      { resource: "configmaps", object: configMap("a") },
    ];
    await using one = await startEmbeddedCluster({ objects });
    await using two = await startEmbeddedCluster({ objects });
    await one.patch("configmaps", { namespace: "default", name: "a" }, { data: { k: "v" } });
    const seen = await two.get("configmaps", { namespace: "default", name: "a" });
    expect(seen?.["data"]).toEqual({});
    expect(one.token).not.toBe(two.token);
  });

  it("ends a watcher that does not read and falls behind", async () => {
    await using cluster = await startEmbeddedCluster({ watchBacklog: 3 });
    await cluster.create("configmaps", configMap("a"));
    const session = connectHttp2(cluster.url, { ca: cluster.caPem });
    const stream = session.request({ ":path": "/api/v1/configmaps?watch=1", authorization: `Bearer ${cluster.token}` });
    await new Promise((resolve) => stream.once("response", resolve));
    stream.pause();
    const filler = "x".repeat(300_000);
    for (let round = 0; round < 12; round += 1) {
      await cluster.patch("configmaps", { namespace: "default", name: "a" }, { data: { filler, round: String(round) } });
    }
    let bytes = 0;
    stream.on("data", (chunk: Buffer) => (bytes += chunk.length));
    stream.resume();
    await new Promise((resolve) => stream.once("end", resolve));
    expect(bytes).toBeLessThan(12 * filler.length);
    session.destroy();
  });

  it("answers faults that are scripted, and serves the rest", async () => {
    const throttled = new ApiError(429, "TooManyRequests", "too many requests, please try again later", { retryAfterSeconds: 7 });
    await using cluster = await startEmbeddedCluster({
      faults: ({ req, resource, info }) => {
        if (resource !== "pods" || !info.isResource || info.verb !== "list") return undefined;
        return req === 1 ? { status: throttled.status } : { delayMs: 1 };
      },
    });
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    const first = await client.call("/api/v1/pods");
    expect([first.status, first.headers["retry-after"]]).toEqual([429, "7"]);
    expect((await client.call("/api/v1/pods")).status).toBe(200);
  });

  it("gives each piece of an answer at once, whatever the client has acknowledged", async () => {
    const listen = vi.spyOn(Server.prototype, "listen");
    await using _cluster = await startEmbeddedCluster();
    const servers = listen.mock.contexts;
    listen.mockRestore();
    // Node switches the algorithm of Nagle off for each connection that such a server takes; how long it would wait is the kernel's.
    expect(servers).toEqual([expect.objectContaining({ noDelay: true })]);
  });

  it("drops its connections and takes new ones", async () => {
    await using cluster = await startEmbeddedCluster();
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    const watch = await client.watch("/api/v1/configmaps?watch=1");
    cluster.dropConnections();
    expect(await watch.rest()).toEqual([]);
    expect(watch.endedCleanly).toBe(false);
    expect((await client.call("/version", { protocol: "h2" })).status).toBe(200);
  });

  it("outlives clients that break off, and those that speak something else", async () => {
    await using cluster = await startEmbeddedCluster();
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    const port = Number(new URL(cluster.url).port);
    const plain = connectTcp(port, "127.0.0.1").on("error", () => {});
    plain.end("GET / HTTP/1.1\r\n\r\n");
    await new Promise((resolve) => plain.once("close", resolve));
    const session = connectHttp2(cluster.url, { ca: cluster.caPem });
    const headers = { ":path": "/api/v1/namespaces/default/configmaps", authorization: `Bearer ${cluster.token}` };
    for (const code of [2, 5, 8, 11]) {
      const stream = session.request({ ...headers, ":method": "POST" }).on("error", () => {});
      stream.write("{");
      stream.close(code);
      await new Promise((resolve) => stream.once("close", resolve));
    }
    session.destroy();
    for (const path of [
      "/api/v1/pods?limit=%",
      "/%E0%A4%A",
      "//",
      "/api//v1",
      "/api/v1/namespaces//pods?watch=1&timeoutSeconds=1",
    ]) {
      expect((await client.call(path)).status, path).toBeGreaterThanOrEqual(200);
    }
    expect((await client.call("/healthz")).text).toBe("ok");
  });

  it("goes at once when it is disposed, twice too, whatever is open", async () => {
    const cluster = await startEmbeddedCluster();
    await using client = new ContractClient(cluster.url, cluster.caPem, cluster.token);
    const watches = await Promise.all([
      client.watch("/api/v1/configmaps?watch=1"),
      client.watch("/api/v1/configmaps?watch=1", { protocol: "h2" }),
    ]);
    await cluster[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
    for (const watch of watches) expect(await watch.rest()).toEqual([]);
    await expect(client.call("/version")).rejects.toThrow(/ECONNREFUSED/);
  });
});
