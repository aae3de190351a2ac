import type { ApiFaults } from "../../../cluster/index.ts";
import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { DONE } from "./waits.ts";

/** Breaks what is between the agent and its API server. @throws Error where the cluster was opened without that power */
export function breakApi({ faults }: Stage, act: (faults: ApiFaults) => void): WaitOutcome {
  if (faults === undefined) throw new Error("the story breaks the API server, and its cluster has no fault proxy");
  act(faults);
  return DONE;
}

/** Forgets the history, where the cluster can: what the story says elsewhere holds without it. */
export async function compact({ compact: forget }: Stage): Promise<WaitOutcome> {
  await forget?.();
  return DONE;
}
