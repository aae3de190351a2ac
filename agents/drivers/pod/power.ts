import type { ClusterHand } from "../driver.ts";
import { within } from "../within.ts";
import { call, callUnlessGone, type KubeObject } from "./api.ts";
import { type Crew, untilEach } from "./crew.ts";
import type { ResourcePaths } from "./resources.ts";
import { powerPatches } from "./workload.ts";

const MERGE_PATCH = "application/merge-patch+json";

/** Makes the pods of the applied objects come and go. */
export interface Power {
  /** @throws ApiRefusal */
  on(): Promise<void>;
  /**
   * No new pods come, and those that are there are told to leave by their controllers, which give them the grace of their
   * template; what no controller has told by then is given so many seconds. 0: all are forced.
   *
   * @param onTold called when all have been told, and none has been forced yet
   */
  off(graceSeconds: number, onTold?: () => void): Promise<void>;
}

/** How long controllers may take to pass on that there shall be no pods. */
const TELL_MS = 5_000;

/** @param objects what was applied; bare Pods among them are made by `on` */
export function powerOf(hand: ClusterHand, paths: ResourcePaths, objects: readonly KubeObject[], crew: Crew): Power {
  async function switchAll(state: "on" | "off"): Promise<void> {
    for (const object of objects) {
      const patches = powerPatches(object);
      if (patches === undefined) continue;
      await call(hand, await paths.path(object), { method: "PATCH", contentType: MERGE_PATCH, body: patches[state] });
    }
  }

  return {
    async on() {
      for (const object of objects) {
        if (object.kind === "Pod") await call(hand, await paths.collection(object), { method: "POST", body: object });
      }
      await switchAll("on");
    },
    async off(graceSeconds, onTold) {
      await switchAll("off");
      // A pod that is deleted before its controller knows better is replaced by another one.
      await within(allTold(crew), TELL_MS);
      onTold?.();
      const body = { apiVersion: "v1", kind: "DeleteOptions", gracePeriodSeconds: graceSeconds };
      for (const { state } of crew.pods.values()) {
        if (state.leaving && graceSeconds > 0) continue;
        await callUnlessGone(hand, `/api/v1/namespaces/${state.namespace}/pods/${state.name}`, { method: "DELETE", body });
      }
    },
  };
}

/** Resolves when every pod that has a controller is on its way out, or nothing can be seen any more. */
function allTold(crew: Crew): Promise<void> {
  return untilEach(crew, ({ state, object }) => state.leaving || object.metadata?.["ownerReferences"] === undefined);
}
