import type { KubeObject } from "../embedded/catalog/index.ts";
import { ApiError } from "../embedded/api/status.ts";
import { pathOf, RemoteAdmin } from "../remote/admin.ts";
import type { AdminClient } from "../remote/client.ts";

/** Resources that are looked after, with their paths. */
const PATHS: Readonly<Record<string, string>> = {
  namespaces: "/api/v1/namespaces",
  nodes: "/api/v1/nodes",
  pods: "/api/v1/pods",
  replicationcontrollers: "/api/v1/replicationcontrollers",
  deployments: "/apis/apps/v1/deployments",
  replicasets: "/apis/apps/v1/replicasets",
  statefulsets: "/apis/apps/v1/statefulsets",
  daemonsets: "/apis/apps/v1/daemonsets",
};
/** What makes pods itself. */
const MAKERS = ["replicasets", "statefulsets", "daemonsets", "replicationcontrollers"];

const AT_ONCE = { gracePeriodSeconds: 0, propagationPolicy: "Background" };

type Fields = Readonly<Record<string, unknown>>;
interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly serviceAccountName?: string };
}
interface WorkloadSpec {
  readonly replicas?: number;
  readonly paused?: boolean;
  readonly selector: unknown;
  readonly template: PodTemplate;
}

/**
 * Controllers, scheduler and kubelets for an API server that has none, as far as a run's objects need them: workloads get
 * pods that are ready at once, what loses its owner goes, namespaces are emptied and let go. Disposing ends it.
 */
export function playControllers(client: AdminClient): AsyncDisposable {
  const over = new AbortController();
  const known = new Map(Object.keys(PATHS).map((resource) => [resource, new Map<string, KubeObject>()]));
  const all = (resource: string): readonly KubeObject[] => [...(known.get(resource)?.values() ?? [])];
  let wake: () => void = () => {};
  let addresses = 0;

  async function follow(resource: string, path: string): Promise<void> {
    // Without a resourceVersion a watch begins with all that is there.
    for await (const line of client.lines(`${path}?watch=1`, over.signal)) {
      const { type, object } = line as { readonly type: string; readonly object: KubeObject };
      if (type === "DELETED") known.get(resource)?.delete(object.metadata.uid ?? "");
      else known.get(resource)?.set(object.metadata.uid ?? "", object);
      wake();
    }
  }

  async function reconcile(): Promise<void> {
    for (const namespace of all("namespaces")) await lookAfterNamespace(namespace);
    for (const deployment of all("deployments")) await lookAfterDeployment(deployment);
    for (const resource of MAKERS) for (const maker of all(resource)) await lookAfterMaker(resource, maker);
    for (const pod of all("pods")) await runPod(pod);
    for (const resource of [...MAKERS, "pods"]) for (const object of all(resource)) await collect(resource, object);
  }

  async function lookAfterNamespace({ metadata: { name, deletionTimestamp } }: KubeObject): Promise<void> {
    if (deletionTimestamp === undefined) {
      const account = { kind: "ServiceAccount", apiVersion: "v1", metadata: { name: "default", namespace: name } };
      if (!accounts.has(name)) await attempt("POST", `/api/v1/namespaces/${name}/serviceaccounts`, account);
      accounts.add(name);
      return;
    }
    accounts.delete(name);
    for (const resource of (await new RemoteAdmin(client, "await").resources()).values()) {
      if (!resource.namespaced || !resource.verbs.includes("list") || !resource.verbs.includes("delete")) continue;
      const found = (await attempt("GET", pathOf(resource, name))) as { readonly items?: readonly KubeObject[] } | undefined;
      for (const { metadata } of found?.items ?? []) await attempt("DELETE", pathOf(resource, name, metadata.name), AT_ONCE);
    }
    const finalized = { kind: "Namespace", apiVersion: "v1", metadata: { name }, spec: { finalizers: [] } };
    await attempt("PUT", `/api/v1/namespaces/${name}/finalize`, finalized);
  }
  const accounts = new Set<string>();

  async function lookAfterDeployment(deployment: KubeObject): Promise<void> {
    const { replicas = 1, paused, selector, template } = specOf(deployment);
    if (paused === true) return;
    const { name, namespace } = deployment.metadata;
    const sets = all("replicasets").filter((set) => ownerOf(set) === deployment.metadata.uid);
    if (sets.length === 0) {
      const metadata = {
        name: `${name}-1`,
        namespace,
        labels: template.metadata?.labels,
        ownerReferences: [reference(deployment)],
      };
      const set = { kind: "ReplicaSet", apiVersion: "apps/v1", metadata, spec: { replicas, selector, template } };
      await attempt("POST", `/apis/apps/v1/namespaces/${namespace}/replicasets`, set);
    }
    const ready = all("pods").filter((pod) => sets.some((set) => ownerOf(pod) === set.metadata.uid)).length;
    await tell("deployments", deployment, { replicas: ready, readyReplicas: ready });
  }

  async function lookAfterMaker(resource: string, maker: KubeObject): Promise<void> {
    const { replicas = 1, template } = specOf(maker);
    const { name, namespace, uid } = maker.metadata;
    if (maker.metadata.deletionTimestamp !== undefined || template.spec.serviceAccountName !== undefined) return;
    const pods = all("pods").filter((pod) => ownerOf(pod) === uid);
    const nodes = all("nodes").map((node) => node.metadata.name);
    const wanted = resource === "daemonsets" ? nodes.length : replicas;
    for (let index = pods.length; index < wanted; index += 1) {
      const metadata = { ...template.metadata, generateName: `${name}-`, namespace, ownerReferences: [reference(maker)] };
      const spec = { ...template.spec, nodeName: nodes[index % nodes.length] };
      const made = await attempt("POST", `/api/v1/namespaces/${namespace}/pods`, {
        kind: "Pod",
        apiVersion: "v1",
        metadata,
        spec,
      });
      // Known before its event comes, so that it is not made twice.
      if (made !== undefined) known.get("pods")?.set(made.metadata.uid ?? "", made);
    }
    const counts =
      resource === "daemonsets"
        ? { currentNumberScheduled: wanted, desiredNumberScheduled: wanted, numberMisscheduled: 0, numberReady: pods.length }
        : { replicas: wanted, readyReplicas: pods.length };
    await tell(resource, maker, counts);
  }

  async function runPod(pod: KubeObject): Promise<void> {
    const { metadata, spec, status } = pod as KubeObject & { readonly spec: Fields; readonly status?: Fields };
    if (spec["nodeName"] === undefined || status?.["phase"] === "Running") return;
    addresses += 1;
    const podIP = `10.88.${addresses >> 8}.${addresses & 255}`;
    const [container] = spec["containers"] as readonly { readonly name: string; readonly image: string }[];
    const running = {
      phase: "Running",
      hostIP: "172.18.0.2",
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: [
        { name: container?.name, image: container?.image, imageID: "", ready: true, restartCount: 0, state: { running: {} } },
      ],
    };
    const told = await attempt("PATCH", `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`, {
      status: running,
    });
    if (told !== undefined) known.get("pods")?.set(metadata.uid ?? "", told);
  }

  /** Asks for the owner itself: its event may be on its way. */
  async function collect(resource: string, object: KubeObject): Promise<void> {
    const [owner] = object.metadata.ownerReferences ?? [];
    const [plural] = Object.keys(PATHS).filter((name) => `${owner?.kind.toLowerCase()}s` === name);
    if (owner === undefined || plural === undefined || known.get(plural)?.has(owner.uid) === true) return;
    const place = (path: string | undefined, name: string) =>
      (path ?? "").replace(/\/([a-z]+)$/, `/namespaces/${object.metadata.namespace}/$1/${name}`);
    const found = await attempt("GET", place(PATHS[plural], owner.name));
    if (found?.metadata.uid === owner.uid) return;
    await attempt("DELETE", place(PATHS[resource], object.metadata.name), AT_ONCE);
  }

  async function tell(
    resource: string,
    { metadata, ...rest }: KubeObject,
    counts: Readonly<Record<string, number>>,
  ): Promise<void> {
    const status = { ...counts, observedGeneration: metadata.generation };
    const present = (rest["status"] ?? {}) as Fields;
    if (Object.entries(status).every(([field, value]) => (present[field] ?? 0) === value)) return;
    const path = (PATHS[resource] ?? "").replace(/\/([a-z]+)$/, `/namespaces/${metadata.namespace}/$1/${metadata.name}/status`);
    await attempt("PATCH", path, { status });
  }

  /** What is gone, or was written meanwhile, is seen to in the next turn. */
  async function attempt(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown) {
    const contentType = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    try {
      return (await client.call(
        path,
        { method, contentType, ...(body === undefined ? {} : { body }) },
        over.signal,
      )) as KubeObject;
    } catch (error) {
      if (error instanceof ApiError && [403, 404, 405, 409].includes(error.code)) return undefined;
      throw error;
    }
  }

  async function turnByTurn(): Promise<void> {
    while (!over.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      await reconcile();
      await woken;
    }
  }

  const unlessOver = (error: unknown) => {
    if (!over.signal.aborted) throw error;
  };
  const work = Promise.all([...Object.entries(PATHS).map(([resource, path]) => follow(resource, path)), turnByTurn()]).catch(
    unlessOver,
  );
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      wake();
      await work;
    },
  };
}

function specOf(object: KubeObject): WorkloadSpec {
  return object["spec"] as WorkloadSpec;
}

function ownerOf({ metadata }: KubeObject): string | undefined {
  return metadata.ownerReferences?.[0]?.uid;
}

function reference({ kind, apiVersion, metadata: { name, uid } }: KubeObject) {
  return { kind, apiVersion, name, uid, controller: true, blockOwnerDeletion: true };
}
