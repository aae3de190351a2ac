import { ApiError } from "../embedded/api/status.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { GeneratedObject } from "../embedded/generator/index.ts";
import type { Cluster } from "../port.ts";

/** What others refer to or lie in comes first, each kind whole; all others follow in their own order. */
const FIRST = [
  "namespaces",
  "nodes",
  "serviceaccounts",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicationcontrollers",
  "cronjobs.batch",
  "jobs.batch",
  "clonesets.apps.kruise.io",
  "statefulsets.apps.kruise.io",
  "replicasets.apps",
];
const SIDE_BY_SIDE = 16;
const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** The API server gives a Job the selector and the labels that go with its uid, and refuses others. */
const JOB_LABELS: readonly string[] = ["controller-uid", "batch.kubernetes.io/controller-uid"];

/**
 * Creates generated objects in a cluster that has no controllers. uids are the server's own, so references are made anew.
 * What the server has by itself (the system namespaces, its own roles) stays as it is.
 *
 * @returns what is there then, in the order of the generated objects, as the server gave it back
 * @throws ApiError for an object that the server does not take
 */
export async function fillCluster(
  cluster: Pick<Cluster, "create" | "get">,
  objects: readonly GeneratedObject[],
): Promise<readonly GeneratedObject[]> {
  const uids = new Map<string, string>();
  const made = new Map<GeneratedObject, KubeObject>();

  async function one(generated: GeneratedObject): Promise<void> {
    const { resource, object } = generated;
    const text = JSON.stringify(prepared(resource, object)).replace(UID, (uid) => uids.get(uid) ?? uid);
    const there = await createOrTake(cluster, resource, JSON.parse(text) as KubeObject);
    made.set(generated, there);
    if (object.metadata.uid !== undefined && there.metadata.uid !== undefined) uids.set(object.metadata.uid, there.metadata.uid);
  }

  for (const group of byResource(objects)) {
    const waiting = [...group];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await one(next);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  }
  return objects.map((generated) => ({ resource: generated.resource, object: made.get(generated) ?? generated.object }));
}

async function createOrTake(cluster: Pick<Cluster, "create" | "get">, resource: string, object: KubeObject): Promise<KubeObject> {
  try {
    return await cluster.create(resource, object);
  } catch (error) {
    const present = error instanceof ApiError ? await cluster.get(resource, object.metadata) : undefined;
    if (present === undefined) throw error;
    return present;
  }
}

function byResource(objects: readonly GeneratedObject[]): readonly (readonly GeneratedObject[])[] {
  const groups = new Map<string, GeneratedObject[]>(FIRST.map((resource) => [resource, []]));
  for (const generated of objects) {
    const group = groups.get(generated.resource) ?? [];
    groups.set(generated.resource, group);
    group.push(generated);
  }
  return [...groups.values()];
}

function prepared(resource: string, object: KubeObject): KubeObject {
  if (resource !== "jobs.batch") return object;
  const {
    selector: _selector,
    template,
    ...spec
  } = object["spec"] as { readonly selector: unknown; readonly template: KubeObject };
  return {
    ...object,
    metadata: withoutLabels(object.metadata),
    spec: { ...spec, template: { ...template, metadata: withoutLabels(template.metadata) } },
  };
}

function withoutLabels(metadata: KubeObject["metadata"]): KubeObject["metadata"] {
  const labels = Object.entries(metadata.labels ?? {}).filter(([name]) => !JOB_LABELS.includes(name));
  return { ...metadata, labels: Object.fromEntries(labels) };
}
