import type { ClusterHand } from "../driver.ts";
import { call, callUnlessGone, type KubeObject } from "./api.ts";
import type { Crew } from "./crew.ts";
import type { ResourcePaths } from "./resources.ts";
import { powerPatches } from "./workload.ts";

const MERGE_PATCH = "application/merge-patch+json";

/** Makes the pods of the applied objects come and go. */
export interface Power {
  /** @throws ApiRefusal */
  on(): Promise<void>;
  /** No new pods come, and those that are there have so many seconds to leave; 0: they are forced. */
  off(graceSeconds: number): Promise<void>;
}

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
    async off(graceSeconds) {
      await switchAll("off");
      const body = { apiVersion: "v1", kind: "DeleteOptions", gracePeriodSeconds: graceSeconds };
      for (const { state } of crew.pods.values()) {
        await callUnlessGone(hand, `/api/v1/namespaces/${state.namespace}/pods/${state.name}`, { method: "DELETE", body });
      }
    },
  };
}
