import type { Container } from "./template.ts";
import { iso, type NodeSlot, type World } from "./world.ts";

/** How a pod fares. `pending`: no node would take it, so it has no address and no container. */
export type PodState = "ready" | "succeeded" | "failed" | "crashing" | "pending";

/** What a status is made of. */
export interface StatusDraft {
  readonly state: PodState;
  readonly node: NodeSlot;
  readonly podIP: string | undefined;
  /** ms since the epoch. */
  readonly created: number;
  readonly containers: readonly Container[];
}

/** The status of a pod, as its kubelet (or for a pending one, the scheduler) wrote it. */
export function podStatus(world: World, draft: StatusDraft): object {
  const { state, node, podIP, created } = draft;
  if (state === "pending") return { phase: "Pending", conditions: [unschedulable(created)], qosClass: "Burstable" };
  const started = created + 1000 * world.random.between(1, 20);
  const phase = state === "succeeded" ? "Succeeded" : state === "failed" ? "Failed" : "Running";
  return {
    conditions: conditions(state, created, started),
    containerStatuses: draft.containers.map((container) => containerStatus(world, container, state, started)),
    hostIP: node.address,
    ...(world.old ? {} : { hostIPs: [{ ip: node.address }] }),
    phase,
    podIP,
    podIPs: [{ ip: podIP }],
    qosClass: "Burstable",
    startTime: iso(created),
  };
}

function condition(type: string, status: "True" | "False", time: number, reason?: string, message?: string): object {
  return {
    lastProbeTime: null,
    lastTransitionTime: iso(time),
    ...(message === undefined ? {} : { message }),
    ...(reason === undefined ? {} : { reason }),
    status,
    type,
  };
}

function unschedulable(created: number): object {
  return condition("PodScheduled", "False", created, "Unschedulable", "no node has enough cpu for the requests of this pod");
}

function conditions(state: PodState, created: number, started: number): readonly object[] {
  const ready = (type: string) => {
    if (state === "ready") return condition(type, "True", started);
    if (state === "succeeded") return condition(type, "False", started, "PodCompleted");
    return condition(type, "False", started, "ContainersNotReady", "not every container is ready");
  };
  return [
    condition("Initialized", "True", created),
    ready("Ready"),
    ready("ContainersReady"),
    condition("PodScheduled", "True", created),
  ];
}

function containerStatus(world: World, container: Container, state: PodState, started: number): object {
  const containerID = `containerd://${world.random.hex(64)}`;
  const ended = (exitCode: number, reason: string) => ({
    containerID,
    exitCode,
    finishedAt: iso(started + 60_000),
    reason,
    startedAt: iso(started),
  });
  const running = state === "ready";
  return {
    containerID,
    image: container.image,
    imageID: `${container.image.split(":")[0]}@sha256:${world.random.hex(64)}`,
    lastState: state === "crashing" ? { terminated: ended(1, "Error") } : {},
    name: container.name,
    ready: running,
    restartCount: state === "crashing" ? world.random.between(3, 40) : Number(world.random.chance(5)),
    started: running,
    state: running
      ? { running: { startedAt: iso(started) } }
      : state === "crashing"
        ? { waiting: { message: "restarting after a back-off", reason: "CrashLoopBackOff" } }
        : { terminated: ended(state === "failed" ? 1 : 0, state === "failed" ? "Error" : "Completed") },
  };
}
