import type { KubeObject } from "../../embedded/catalog/index.ts";

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  readonly containerStatuses?: readonly { readonly state?: { readonly waiting?: Waiting } }[];
}

interface Waiting {
  readonly reason?: string;
  readonly message?: string;
}

/** Whether a pod is ready, as its kubelet says. */
export function isReady(pod: KubeObject): boolean {
  return statusOf(pod).conditions?.some(({ type, status }) => type === "Ready" && status === "True") === true;
}

/** Whether its containers run, ready or not. */
export function hasStarted(pod: KubeObject): boolean {
  return statusOf(pod).phase === "Running";
}

/** Whether it is done, as the pod of a Job is in the end: it will not be ready again. */
export function hasEnded(pod: KubeObject): boolean {
  return ["Succeeded", "Failed"].includes(statusOf(pod).phase ?? "");
}

/** Why its containers do not start for want of an image; undefined where that is not so. */
export function missingImage(pod: KubeObject): string | undefined {
  for (const { state } of statusOf(pod).containerStatuses ?? []) {
    const { reason = "", message = reason } = state?.waiting ?? {};
    if (["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull"].includes(reason)) return message;
  }
  return undefined;
}

/** What keeps pods from being ready, each with its name: `web-x: Unschedulable …`. */
export function whyNotReady(pods: readonly KubeObject[]): string {
  if (pods.length === 0) return "none has been made";
  const reasons = pods.filter((pod) => !isReady(pod)).map((pod) => `${pod.metadata.name}: ${reasonOf(pod)}`);
  return reasons.length === 0 ? `${pods.length} are ready, which are too few or too many` : reasons.join("; ");
}

function reasonOf(pod: KubeObject): string {
  const { phase = "no status", conditions = [], containerStatuses = [] } = statusOf(pod);
  const waiting = containerStatuses.map(({ state }) => state?.waiting?.message ?? state?.waiting?.reason).find(Boolean);
  const unscheduled = conditions.find(({ type, status }) => type === "PodScheduled" && status === "False")?.message;
  return waiting ?? unscheduled ?? phase;
}

function statusOf(pod: KubeObject): PodStatus {
  return pod["status"] ?? {};
}
