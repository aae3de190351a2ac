import type { Recorder } from "../../../transcript/index.ts";
import { AgentUnstartableError, type ClusterHand } from "../driver.ts";
import type { AgentApplied, AgentUnstartable } from "../events.ts";
import { ApiRefusal, call, callUnlessGone, type KubeObject } from "./api.ts";
import type { ResourcePaths } from "./resources.ts";
import { switchedOff } from "./workload.ts";

/** Where an object carries what was changed in it; a symbol, so that it never reaches the wire. */
export const PATCH = Symbol("patch");

/** Objects that were put into the cluster. Disposing removes them, last first. */
export interface Applied extends AsyncDisposable {
  readonly objects: readonly KubeObject[];
}

/**
 * Creates the objects in their order, workloads without pods yet. Bare Pods are left out: they are made when the agent
 * starts.
 *
 * @throws AgentUnstartableError after an `unstartable` line, with the server's words; nothing is left then
 */
export async function applyObjects(
  hand: ClusterHand,
  paths: ResourcePaths,
  objects: readonly (KubeObject & { readonly [PATCH]?: unknown })[],
  recorder: Recorder,
): Promise<Applied> {
  const made: KubeObject[] = [];
  const dispose = async () => {
    for (let object = made.pop(); object !== undefined; object = made.pop()) {
      const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" };
      await callUnlessGone(hand, await paths.path(object), { method: "DELETE", body });
    }
  };
  for (const object of objects) {
    if (object.kind === "Pod") continue;
    try {
      await call(hand, await paths.collection(object), { method: "POST", body: switchedOff(object) });
    } catch (error) {
      await dispose();
      if (!(error instanceof ApiRefusal)) throw error;
      return unstartable(recorder, `the API server refuses ${titleOf(object)}: ${error.message}`);
    }
    made.push(object);
    recorder.record<AgentApplied>({ side: "agent", kind: "applied", object: titleOf(object), ...patchOf(object) });
  }
  return { objects, [Symbol.asyncDispose]: dispose };
}

function patchOf(object: { readonly [PATCH]?: unknown }): { readonly patch?: unknown } {
  return object[PATCH] === undefined ? {} : { patch: object[PATCH] };
}

/** Records why no agent ever runs. @throws AgentUnstartableError always */
export function unstartable(recorder: Recorder, problem: string): never {
  recorder.record<AgentUnstartable>({ side: "agent", kind: "unstartable", problem });
  throw new AgentUnstartableError(problem);
}

/** `Deployment agents/pseudo-agent` */
export function titleOf({ kind = "object", metadata }: KubeObject): string {
  return `${kind} ${[metadata?.namespace, metadata?.name].filter((part) => part !== undefined).join("/")}`;
}
