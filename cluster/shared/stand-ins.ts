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

/** What a story creates, such that it stays as the story writes it. */
export function standIn(resource: string, object: KubeObject): KubeObject {
  if (resource === "pods") return { ...object, spec: unscheduled(fields(object["spec"])) };
  if (!WORKLOADS.has(resource)) return object;
  const spec = fields(object["spec"]);
  const template = fields(spec["template"]);
  const podSpec = { ...unscheduled(fields(template["spec"])), serviceAccountName: NO_ACCOUNT };
  return {
    ...object,
    spec: {
      ...spec,
      // Its controller would make a ReplicaSet of its own beside the story's, and scale that one down.
      ...(resource === "deployments.apps" ? { paused: true } : {}),
      // Its controller would replace the story's pods, which are of no revision.
      ...(resource === "statefulsets.apps" || resource === "daemonsets.apps" ? { updateStrategy: { type: "OnDelete" } } : {}),
      template: { ...template, spec: podSpec },
    },
  };
}

/** A pod keeps to the node it was not given. */
export function withoutNode(resource: string, patch: Fields): Fields {
  if (resource !== "pods" || fields(patch["spec"])["nodeName"] === undefined) return patch;
  const { nodeName: _, ...spec } = fields(patch["spec"]);
  return { ...patch, spec };
}

function unscheduled(podSpec: Fields): Fields {
  const { nodeName: _, ...spec } = podSpec;
  return { ...spec, schedulerName: NO_SCHEDULER, automountServiceAccountToken: false };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
