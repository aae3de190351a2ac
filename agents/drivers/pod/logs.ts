import { Buffer } from "node:buffer";
import type { ClusterHand } from "../driver.ts";
import type { OutputKeeper } from "../output.ts";
import type { PodState } from "./pod-state.ts";

/** Follows what the containers of an agent print. */
export interface LogFollower {
  /** Follows containers that were not seen before. */
  see(pod: PodState): void;
  /** Resolves when every container's log has ended; `cut` ends those that have not. */
  readonly ended: () => Promise<void>;
  cut(): void;
}

/** What kubelets add to a log whose container was removed while it was read; the agent has not said it. */
const KUBELET_WORDS = /^rpc error: code = NotFound desc = .*container "\w+": not found$/;

/** Both streams of a container come as one here: the kubelet tells no difference. */
export function followLogs(hand: ClusterHand, output: OutputKeeper): LogFollower {
  const end = new AbortController();
  const followed = new Map<string, Promise<void>>();

  async function follow(path: string): Promise<void> {
    try {
      const { status, body } = await hand.open(path, { signal: end.signal });
      if (status >= 400) return;
      for await (const piece of body) {
        const bytes = Buffer.from(piece);
        if (!KUBELET_WORDS.test(bytes.toString("latin1"))) output.take("stdout", bytes);
      }
    } catch {
      // A log that breaks off ends the output, nothing else.
    }
  }

  return {
    see({ namespace, name, containers }) {
      for (const { name: container, id, running, ended } of containers) {
        if (id === "" || followed.has(id) || !(running || ended?.id === id)) continue;
        const query = new URLSearchParams({ container, follow: "true" });
        followed.set(id, follow(`/api/v1/namespaces/${namespace}/pods/${name}/log?${query.toString()}`));
      }
    },
    ended: async () => void (await Promise.all(followed.values())),
    cut: () => end.abort(),
  };
}
