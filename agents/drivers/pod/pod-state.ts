import type { KubeObject } from "./api.ts";

/** What a pod's status says of the agent in it. */
export interface PodState {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** It is on its way out. */
  readonly leaving: boolean;
  /** All its containers run, or have run. */
  readonly began: boolean;
  /** Why it will not run as it is; absent while it may. */
  readonly stuck?: string;
  /** It has ended, and is not started again by the kubelet. */
  readonly over: boolean;
  readonly containers: readonly ContainerState[];
}

/** One container of a pod. */
interface ContainerState {
  readonly name: string;
  /** Another one after each restart; empty before the first start. */
  readonly id: string;
  readonly running: boolean;
  readonly restarts: number;
  /** The last end, of this id or of the one before it. */
  readonly ended?: { readonly id: string; readonly code: number | null; readonly reason: string };
  readonly waiting?: { readonly reason: string; readonly message: string };
}

interface StatusFields {
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly { type: string; status: string; reason?: string; message?: string }[];
  readonly containerStatuses?: readonly StatusOfContainer[];
  readonly initContainerStatuses?: readonly StatusOfContainer[];
}

interface StatusOfContainer {
  readonly name: string;
  readonly restartCount?: number;
  readonly containerID?: string;
  readonly state?: StateOfContainer;
  readonly lastState?: StateOfContainer;
}

interface StateOfContainer {
  readonly running?: object;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly containerID?: string };
}

/** Reasons of waiting containers that do not go away by waiting. */
const STUCK = [
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
  "CrashLoopBackOff",
];

/** Reads a pod. */
export function readPod(pod: KubeObject): PodState {
  const { name = "", namespace = "", uid, deletionTimestamp } = pod.metadata ?? {};
  const status = (pod["status"] ?? {}) as StatusFields;
  const containers = (status.containerStatuses ?? []).map(readContainer);
  const stuck = stuckReason(status, [...(status.initContainerStatuses ?? []).map(readContainer), ...containers]);
  return {
    name,
    namespace,
    uid: String(uid),
    leaving: deletionTimestamp !== undefined,
    began: containers.length > 0 && containers.every(({ running, ended }) => running || ended !== undefined),
    ...(stuck === undefined ? {} : { stuck }),
    over: status.phase === "Succeeded" || status.phase === "Failed",
    containers,
  };
}

/** Why a pod has not begun so far, for people: of containers, conditions and the pod itself, what says most. */
export function whyNotBegun(pod: KubeObject): string {
  const status = (pod["status"] ?? {}) as StatusFields;
  const waiting = (status.containerStatuses ?? []).map(readContainer).find((container) => container.waiting)?.waiting;
  const condition = status.conditions?.find(({ status: holds, message }) => holds === "False" && message !== undefined);
  return (
    words(waiting?.reason, waiting?.message) ||
    words(condition?.reason, condition?.message) ||
    words(status.reason, status.message) ||
    `phase ${status.phase ?? "unknown"}`
  );
}

function stuckReason({ phase, reason, message }: StatusFields, containers: readonly ContainerState[]): string | undefined {
  for (const { name, waiting, ended } of containers) {
    if (waiting === undefined || !STUCK.includes(waiting.reason)) continue;
    const end = ended === undefined ? "" : `; it ended with code ${ended.code ?? "unknown"} (${ended.reason})`;
    return `container ${name}: ${words(waiting.reason, waiting.message)}${end}`;
  }
  if (phase !== "Failed" || containers.length > 0) return undefined;
  return words(reason, message) || "the pod failed before it began";
}

function readContainer({
  name,
  restartCount = 0,
  containerID = "",
  state = {},
  lastState = {},
}: StatusOfContainer): ContainerState {
  const terminated = state.terminated ?? lastState.terminated;
  const { waiting } = state;
  return {
    name,
    id: containerID,
    running: state.running !== undefined,
    restarts: restartCount,
    ...(terminated && {
      ended: { id: terminated.containerID ?? "", code: codeOf(terminated), reason: terminated.reason ?? "Error" },
    }),
    ...(waiting && { waiting: { reason: waiting.reason ?? "", message: waiting.message ?? "" } }),
  };
}

/** Where the container was removed before the kubelet had looked at it, 137 is what the kubelet makes up. */
function codeOf({ exitCode = 0, reason }: NonNullable<StateOfContainer["terminated"]>): number | null {
  return reason === "ContainerStatusUnknown" ? null : exitCode;
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(": ");
}
