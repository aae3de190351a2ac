import type { ClusterHand } from "../driver.ts";
import { call, type KubeObject, watch } from "./api.ts";
import { type PodState, readPod } from "./pod-state.ts";

/** A pod as it was seen last. */
export interface CrewPod {
  readonly state: PodState;
  readonly object: KubeObject;
}

/** The pods of one scenario's agent, as a watch shows them. Disposing ends the watch. */
export interface Crew extends AsyncDisposable {
  /** By uid; what is deleted is gone from here. */
  readonly pods: ReadonlyMap<string, CrewPod>;
  /** Why nothing more is seen; undefined while all is well. */
  readonly lost: Error | undefined;
  /** Called after every change, with the pod that changed, as it was last; without one where the watch was lost. */
  onChange(listener: (pod?: CrewPod) => void): () => void;
}

/**
 * Watches the pods of a label, in all namespaces.
 *
 * @param labels of the pods
 * @throws ApiRefusal where they may not be listed
 */
export async function followPods(hand: ClusterHand, labels: Readonly<Record<string, string>>): Promise<Crew> {
  const selector = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
  const path = `/api/v1/pods?labelSelector=${encodeURIComponent(selector)}`;
  const end = new AbortController();
  const pods = new Map<string, CrewPod>();
  const listeners = new Set<(pod?: CrewPod) => void>();
  let lost: Error | undefined;

  function take(object: KubeObject, gone: boolean): void {
    const pod = { state: readPod(object), object };
    if (gone) pods.delete(pod.state.uid);
    else pods.set(pod.state.uid, pod);
    for (const listener of listeners) listener(pod);
  }

  /** Takes what is there, and gives the version from which on to watch. */
  async function list(): Promise<string> {
    const { items = [], metadata } = (await call(hand, path, { signal: end.signal })) as {
      readonly items?: readonly KubeObject[];
      readonly metadata?: { readonly resourceVersion?: string };
    };
    const present = new Set(items.map((item) => String(item.metadata?.["uid"])));
    for (const [uid, { object }] of pods) if (!present.has(uid)) take(object, true);
    for (const item of items) take(item, false);
    return metadata?.resourceVersion ?? "";
  }

  /** A watch ends by itself every now and then; what happened since is in the list that follows. */
  async function follow(from: string): Promise<void> {
    try {
      for (let version = from; !end.signal.aborted; version = await list()) {
        for await (const event of watch(hand, `${path}&watch=true&resourceVersion=${version}`, end.signal)) {
          if (event["type"] === "ERROR") break;
          take(event["object"] as KubeObject, event["type"] === "DELETED");
        }
      }
    } catch (error) {
      if (end.signal.aborted) return;
      lost = error instanceof Error ? error : new Error(String(error));
      for (const listener of listeners) listener();
    }
  }

  const following = follow(await list());
  return {
    pods,
    get lost() {
      return lost;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      end.abort();
      await following;
    },
  };
}

/** Resolves when this holds for every pod of the crew, as for none, or when the crew can no longer tell. */
export function untilEach(crew: Crew, holds: (pod: CrewPod) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (crew.lost === undefined && ![...crew.pods.values()].every(holds)) return;
      leave();
      resolve();
    };
    const leave = crew.onChange(look);
    look();
  });
}
