import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { openKubeconfigCluster } from "../kubeconfig/open.ts";
import { tokenAccess } from "../remote/access.ts";
import { pathOf, RemoteAdmin } from "../remote/admin.ts";
import { AdminClient } from "../remote/client.ts";
import type { ScenarioRoom, SharedCluster } from "../shared/types.ts";
import { startKindCluster, type KindCluster } from "./start.ts";
import { whyNoKind } from "./testing/needs-kind.ts";

const RUN = `w2-test-${process.pid}`;
const START_MS = 300_000;
const LONG_MS = 120_000;
const NAMESPACE = "conformance-shop";

describe("a real cluster by kind", () => {
  const unavailable = whyNoKind();
  if (unavailable !== undefined) {
    it("is asked for", ({ skip }) => skip(unavailable));
    return;
  }
  let folder: string;
  let cluster: KindCluster;
  let kubeconfig: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kind-real-"));
    cluster = await startKindCluster({ run: RUN, onProgress: (text) => console.info(text) });
    for (const note of cluster.notes) console.info(note);
    kubeconfig = join(folder, "kubeconfig");
    writeFileSync(kubeconfig, execFileSync("kind", ["get", "kubeconfig", "--name", cluster.name]), { mode: 0o600 });
  }, START_MS);
  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
    const left = execFileSync("kind", ["get", "clusters", "--quiet"], { encoding: "utf8" }).split("\n");
    expect(left).not.toContain(cluster?.name);
  }, LONG_MS);

  it("has come to rest", async () => {
    expect(cluster.version).toMatch(/^v1\.\d+\.\d+/);
    expect(await notReady(cluster)).toEqual([]);
    expect(cluster.hostAddress).toMatch(/^\d+\.\d+\.\d+\.\d+$|^host\.docker\.internal$/);
    expect(cluster.urls.pod).toMatch(/^https:\/\/.+:443$/);
  });

  it(
    "leaves what a story writes as the story writes it, and is whole again for the next",
    async () => {
      const first = await cluster.enter({ tenant: "first" });
      const filled = first.filled.map(({ resource }) => resource);
      expect(filled.filter((resource) => resource === "pods")).toHaveLength(5 + cluster.nodes.length);
      expect(filled.filter((resource) => resource === "replicationcontrollers")).toHaveLength(1);
      const made = await tellRollout(first);
      expect(await uidsOf(first, "pods")).toEqual(made);
      const [pod] = await first.list("pods", { namespace: NAMESPACE });
      expect(pod).toMatchObject({ status: { phase: "Running", podIP: "10.244.0.250" } });
      const controller = first.filled.find(({ resource }) => resource === "replicationcontrollers")?.object as KubeObject;
      await first.delete("replicationcontrollers", refOf(controller));
      expect(await first.get("replicationcontrollers", refOf(controller))).toBeUndefined();
      await first[Symbol.asyncDispose]();
      expect(await cluster.get("namespaces", { name: NAMESPACE })).toBeUndefined();

      await using second = await cluster.enter({ tenant: "second" });
      expect(second.filled.map(({ resource }) => resource).toSorted()).toEqual(filled.toSorted());
      expect(await notReady(cluster)).toEqual([]);
    },
    LONG_MS,
  );

  it(
    "gives the agent an identity with the rights that were asked for",
    async () => {
      const rules = [{ verbs: ["list"], apiGroups: [""], resources: ["pods"] }];
      await using room = await cluster.enter({ tenant: "rights", rules });
      const agent = new AdminClient(tokenAccess(cluster.url, cluster.caPem, room.token));
      expect(await agent.call("/api/v1/pods")).toMatchObject({ kind: "PodList" });
      await expect(agent.call("/api/v1/nodes")).rejects.toMatchObject({ code: 403 });
      agent.close();
    },
    LONG_MS,
  );

  it("exports the logs of its nodes", { timeout: LONG_MS }, async () => {
    await cluster.exportLogs(join(folder, "logs"));
    expect(readdirSync(join(folder, "logs"))).toContain(`${cluster.name}-control-plane`);
  });

  describe("as somebody's own, by kubeconfig", () => {
    const open = (more: object = {}) =>
      openKubeconfigCluster({ run: `${RUN}-own`, context: `kind-${cluster.name}`, file: kubeconfig, ...more });

    it(
      "is left as it was found, and what the run has not made is not touched",
      async () => {
        const before = await everything(cluster);
        {
          await using own = await open();
          await using room = await own.enter({ tenant: "own" });
          await tellRollout(room);
          const [node] = await room.list("nodes");
          const relabelled = room.patch("nodes", refOf(node as KubeObject), { metadata: { labels: { a: "b" } } });
          await expect(relabelled).rejects.toThrow(/was not made by this run/);
          await expect(room.delete("namespaces", { name: "default" })).rejects.toThrow(/was not made by this run/);
          const agent = new AdminClient(tokenAccess(own.url, own.caPem, room.token));
          expect(await agent.call("/api/v1/pods")).toMatchObject({ kind: "PodList" });
          await expect(agent.call("/api/v1/secrets")).rejects.toMatchObject({ code: 403 });
          agent.close();
        }
        expect(await everything(cluster)).toEqual(before);
      },
      LONG_MS,
    );

    it(
      "is rid of what a run that was killed has left",
      async () => {
        const before = await everything(cluster);
        const module = fileURLToPath(new URL("../index.ts", import.meta.url));
        const options = JSON.stringify({ run: `${RUN}-killed`, context: `kind-${cluster.name}`, file: kubeconfig });
        const script = `const { openKubeconfigCluster } = await import(${JSON.stringify(module)});
          const cluster = await openKubeconfigCluster(${options});
          await cluster.enter({ tenant: "killed" });
          process.kill(process.pid, "SIGKILL");`;
        const { signal } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
        expect(signal).toBe("SIGKILL");
        expect((await everything(cluster)).length).toBeGreaterThan(before.length);
        const own = await open();
        expect(own.notes.join()).toMatch(/dead runs/);
        await own[Symbol.asyncDispose]();
        expect(await everything(cluster)).toEqual(before);
      },
      LONG_MS,
    );

    it("is not written to where the rights do not suffice, or that was asked for", async () => {
      await using own = await open({ readOnly: true });
      expect(own.readOnly).toMatch(/--read-only/);
      await using read = await own.enter({ tenant: "x" });
      expect(await read.list("nodes")).toHaveLength(1);
      const config = { kind: "ConfigMap", apiVersion: "v1", metadata: { name: "x", namespace: "default" } };
      await expect(read.create("configmaps", config)).rejects.toThrow(/nothing can be written/);
      await using room = await cluster.enter({ tenant: "reader" });
      const reader = join(folder, "reader");
      const authority = Buffer.from(cluster.caPem).toString("base64");
      const parts = {
        contexts: [{ name: "r", context: { cluster: "c", user: "u" } }],
        clusters: [{ name: "c", cluster: { server: cluster.url, "certificate-authority-data": authority } }],
        users: [{ name: "u", user: { token: room.token } }],
      };
      writeFileSync(reader, JSON.stringify(parts));
      await using limited = await openKubeconfigCluster({ run: RUN, context: "r", file: reader });
      expect(limited.readOnly).toMatch(/may not create namespaces/);
    });
  });
});

/** A namespace with a Deployment, its ReplicaSet and two pods, as the controllers would write them. Gives the pods' uids. */
async function tellRollout(room: ScenarioRoom): Promise<readonly (string | undefined)[]> {
  await room.create("namespaces", { kind: "Namespace", apiVersion: "v1", metadata: { name: NAMESPACE } });
  const labels = { app: "checkout" };
  const containers = [{ name: "main", image: "registry.example/checkout:1" }];
  const spec = { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
  const place = (name: string) => ({ name, namespace: NAMESPACE, labels });
  const deployment = await room.create("deployments.apps", {
    kind: "Deployment",
    apiVersion: "apps/v1",
    metadata: place("checkout"),
    spec,
  });
  const metadata = { ...place("checkout-1"), ownerReferences: [ownerOf(deployment)] };
  const set = await room.create("replicasets.apps", { kind: "ReplicaSet", apiVersion: "apps/v1", metadata, spec });
  const uids: (string | undefined)[] = [];
  for (const [index, phase] of ["Running", "Pending"].entries()) {
    const pod = await room.create("pods", {
      kind: "Pod",
      apiVersion: "v1",
      metadata: { ...place(`checkout-1-${index}`), ownerReferences: [ownerOf(set)] },
      spec: { nodeName: "somewhere", containers },
      status: { phase, ...(phase === "Running" ? { podIP: "10.244.0.250", podIPs: [{ ip: "10.244.0.250" }] } : {}) },
    });
    uids.push(pod.metadata.uid);
  }
  // By now the Deployment's controller has seen all of it, and was asked for one more.
  await room.patch("deployments.apps", { name: "checkout", namespace: NAMESPACE }, { spec: { replicas: 3 } });
  await expect
    .poll(async () => (await room.get("replicasets.apps", { name: "checkout-1", namespace: NAMESPACE }))?.["spec"], {
      timeout: 15_000,
    })
    .toMatchObject({ replicas: 3 });
  return uids;
}

function ownerOf({ kind, apiVersion, metadata }: KubeObject) {
  return { kind, apiVersion, name: metadata.name, uid: metadata.uid ?? "", controller: true, blockOwnerDeletion: true };
}

function refOf({ metadata: { name, namespace } }: KubeObject) {
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

async function uidsOf(room: ScenarioRoom, resource: string): Promise<readonly (string | undefined)[]> {
  return (await room.list(resource, { namespace: NAMESPACE })).map(({ metadata }) => metadata.uid);
}

async function notReady(cluster: SharedCluster): Promise<readonly string[]> {
  const isReady = (pod: KubeObject) =>
    (pod["status"] as { conditions?: readonly { type: string; status: string }[] }).conditions?.some(
      ({ type, status }) => type === "Ready" && status === "True",
    );
  return (await cluster.list("pods")).filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name);
}

/** Every object in the cluster by resource and place; but Events, which tell of the past, and Leases, which are kept up. */
async function everything(cluster: KindCluster): Promise<readonly string[]> {
  const hand = cluster.hand;
  if (!(hand instanceof AdminClient)) throw new Error("the hand is no client");
  const served = await new RemoteAdmin(hand, "finalize").resources();
  const found: string[] = [];
  for (const [key, resource] of served) {
    if (!resource.verbs.includes("list") || /^(events|leases)/.test(key)) continue;
    try {
      const { items } = (await hand.call(pathOf(resource))) as { items: readonly KubeObject[] };
      found.push(...items.map(({ metadata }) => `${key} ${metadata.namespace ?? ""}/${metadata.name}`));
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 405)) throw error;
    }
  }
  return found.toSorted();
}
