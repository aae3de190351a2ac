import type { KubeObject } from "../embedded/catalog/index.ts";

/**
 * Stories write what controllers, scheduler and kubelet would write: ReplicaSets and pods of a Deployment, a pod's status.
 * Where the real ones are at work, they must leave these objects alone.
 */

/** A scheduler that nobody runs, so that no kubelet ever sees the pod and overwrites its status. */
const NO_SCHEDULER = "deepflow-conformance.io-nobody";
/** A ServiceAccount that nobody makes: admission refuses the pods that a controller wants to add to those of the story. */
const NO_ACCOUNT = "deepflow-conformance-nobody";

type Fields = Readonly<Record<string, unknown>>;

/** The resources of which real controllers would make pods by a template. */
const WORKLOADS = new Set([
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicationcontrollers",
  "jobs.batch",
]);

/** More than any story has pods: a controller that has fewer than it wants deletes none. */
const REPLICAS = 100;
/** Of these no server reads how large they are. */
const SETS = new Set(["replicasets.apps", "replicationcontrollers"]);

/** What a story creates, such that it stays as the story writes it. */
export function standIn(resource: string, object: KubeObject): KubeObject {
  if (resource === "pods") return { ...object, spec: unscheduled(fields(object["spec"])) };
  if (!WORKLOADS.has(resource)) return object;
  // The status is the real controller's, which counts the pods of the story.
  const { status: _, ...rest } = object;
  const spec = fields(object["spec"]);
  const template = fields(spec["template"]);
  const podSpec = { ...unscheduled(fields(template["spec"])), serviceAccountName: NO_ACCOUNT };
  return { ...rest, spec: { ...spec, ...kept(resource), template: { ...template, spec: podSpec } } };
}

/** What a story changes, but for what keeps the real controllers away. */
export function standInPatch(resource: string, patch: Fields): Fields {
  if (patch["spec"] === undefined && !WORKLOADS.has(resource)) return patch;
  const { nodeName, replicas, ...spec } = fields(patch["spec"]);
  if (resource === "pods") return nodeName === undefined ? patch : { ...patch, spec };
  if (!WORKLOADS.has(resource)) return patch;
  const { status: _, spec: _spec, ...rest } = patch;
  const wanted = replicas === undefined || SETS.has(resource) ? spec : { ...spec, replicas };
  return Object.keys(wanted).length === 0 ? rest : { ...rest, spec: wanted };
}

function kept(resource: string): Fields {
  switch (resource) {
    // Its controller would make ReplicaSets of its own beside the story's, and scale those of the story.
    case "deployments.apps":
      return { paused: true, strategy: { type: "Recreate" } };
    // Its controller would replace the story's pods, which are of no revision.
    case "statefulsets.apps":
    case "daemonsets.apps":
      return { updateStrategy: { type: "OnDelete" } };
    // Its controller would delete pods that the story adds before it says that there shall be more.
    default:
      return SETS.has(resource) ? { replicas: REPLICAS } : {};
  }
}

function unscheduled(podSpec: Fields): Fields {
  const { nodeName: _, ...spec } = podSpec;
  return { ...spec, schedulerName: NO_SCHEDULER, automountServiceAccountToken: false };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
