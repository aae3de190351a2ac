import type { KubeObject } from "../../embedded/catalog/index.ts";
import type { RemoteAdmin } from "../../remote/admin.ts";
import { awaitObjects } from "../../remote/await-objects.ts";
import type { AdminClient } from "../../remote/client.ts";
import type { FilledObject } from "../types.ts";
import { FILL_DAEMON, FILL_PODS, fillManifests, type FillRequest, type Manifest } from "./manifests.ts";
import { isReady, whyNotReady } from "./readiness.ts";

/** What the cluster is filled with, and kept at. */
export interface Fill {
  /** Makes again what is missing, waits until all is ready, and gives it. */
  restore(signal?: AbortSignal): Promise<readonly FilledObject[]>;
}

/** How the fill is made. */
export interface FillOptions extends FillRequest {
  readonly client: AdminClient;
  readonly admin: RemoteAdmin;
  /** Pods that the DaemonSet must have at least. */
  readonly daemonPods: number;
}

/** Pods start within seconds where their image is there; a first pull takes longer. */
const READY_MS = 120_000;
/** What the namespace holds that stories ask for, owners before what they own. */
const LISTED = [
  "configmaps",
  "services",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicationcontrollers",
  "ingresses.networking.k8s.io",
  "replicasets.apps",
  "pods",
];

/** A fill of the namespace, which is there already. Nothing is made before it is asked for. */
export function createFill(options: FillOptions): Fill {
  const { client, admin, namespace } = options;
  const manifests = fillManifests(options);
  const path = `/api/v1/namespaces/${namespace}/pods`;

  return {
    async restore(signal) {
      await Promise.all(manifests.map((manifest) => createIfMissing(admin, manifest)));
      const pods = (found: ReadonlyMap<string, KubeObject>) => [...found.values()].filter((pod) => isOurs(pod));
      await awaitObjects(client, path, (found) => areComplete(pods(found), options.daemonPods), {
        budgetMs: READY_MS,
        what: (found) => `the pods that the cluster is filled with are not ready (${whyNotReady(pods(found))})`,
        ...(signal === undefined ? {} : { signal }),
      });
      await Promise.all(manifests.map((manifest) => awaitCounted(client, manifest, signal)));
      return list(admin, namespace);
    },
  };
}

async function createIfMissing(admin: RemoteAdmin, { resource, object }: Manifest): Promise<void> {
  const { namespace, name } = object.metadata;
  const present = await admin.get(resource, { name, ...(namespace === undefined ? {} : { namespace }) });
  if (present === undefined) await admin.create(resource, object);
}

/** Neither fewer nor more, and none that leaves: what is left of a story goes first. */
function areComplete(pods: readonly KubeObject[], daemonPods: number): boolean {
  if (pods.some((pod) => pod.metadata.deletionTimestamp !== undefined || !isReady(pod))) return false;
  const counts = new Map<string, number>();
  for (const { metadata } of pods) counts.set(appOf(metadata), (counts.get(appOf(metadata)) ?? 0) + 1);
  const all = Object.entries(FILL_PODS).every(([app, count]) => counts.get(app) === count);
  return all && (counts.get(FILL_DAEMON) ?? 0) >= daemonPods;
}

function isOurs({ metadata }: KubeObject): boolean {
  const app = appOf(metadata);
  return app === FILL_DAEMON || app in FILL_PODS;
}

function appOf({ labels }: KubeObject["metadata"]): string {
  return labels?.["app"] ?? "";
}

/** Until the workload's own status tells of its pods: the last that its controller writes. */
async function awaitCounted(client: AdminClient, { resource, object }: Manifest, signal?: AbortSignal): Promise<void> {
  const [plural = "", group] = resource.split(/\.(.*)/s);
  const { name, namespace } = object.metadata;
  const counter = resource === "daemonsets.apps" ? ["numberReady", "desiredNumberScheduled"] : ["readyReplicas", "replicas"];
  if (!["apps", undefined].includes(group) || (group === undefined && plural !== "replicationcontrollers")) return;
  const base = group === undefined ? "/api/v1" : `/apis/${group}/v1`;
  const path = `${base}/namespaces/${namespace}/${plural}?fieldSelector=metadata.name%3D${name}`;
  const isCounted = (found: ReadonlyMap<string, KubeObject>) =>
    [...found.values()].some((workload) => {
      const status = (workload["status"] ?? {}) as Readonly<Record<string, number>>;
      const [ready = 0, wanted = 0] = counter.map((field) => status[field] ?? 0);
      return ready > 0 && ready === wanted && status["observedGeneration"] === workload.metadata.generation;
    });
  await awaitObjects(client, path, isCounted, {
    budgetMs: READY_MS,
    what: `${object.kind} ${namespace}/${name} does not count its pods`,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function list(admin: RemoteAdmin, namespace: string): Promise<readonly FilledObject[]> {
  const of = async (resource: string, within?: string): Promise<readonly FilledObject[]> => {
    const objects = await admin.list(resource, within === undefined ? {} : { namespace: within });
    return objects.map((object) => ({ resource, object }));
  };
  const own = await admin.get("namespaces", { name: namespace });
  const found = await Promise.all([of("nodes"), ...LISTED.map((resource) => of(resource, namespace))]);
  const all = [...(own === undefined ? [] : [{ resource: "namespaces", object: own }]), ...found.flat()];
  // Times are whole seconds, and the sort is stable: within one second, owners stay before what they own.
  const time = ({ object }: FilledObject) => Date.parse(object.metadata.creationTimestamp ?? "");
  return all.toSorted((a, b) => time(a) - time(b));
}
