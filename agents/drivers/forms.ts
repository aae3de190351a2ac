import type { AgentPlace, PowersLacking } from "./driver.ts";

/** What an agent is given as. */
export type AgentForm = "reference" | "command" | "image" | "manifest" | "attach";

const NOT_STARTED_HERE = "with --attach the harness did not start the agent";
const NO_SIGNALS = "a pod takes no signals from outside but SIGTERM and SIGKILL";
const ONE_REPLICA = "the replicas of a Deployment cannot be told apart by the address that they dial";
const ONE_COMMAND = "pods are started anew by the same template, and by no other command";
const UNTOLD = "no command was given that tells it not to watch";

/**
 * What cannot be done to an agent of a form, where it runs.
 *
 * @param noWatchCommand the command, or the arguments of an image, that tell it not to watch
 */
export function powersLacking(form: AgentForm, place: AgentPlace, noWatchCommand?: readonly string[]): PowersLacking {
  if (form === "attach") {
    const why = NOT_STARTED_HERE;
    return { start: why, follow: why, stop: why, kill: why, restart: why, freeze: why, "no-watch": why, replicas: why };
  }
  if (place === "pod") return { freeze: NO_SIGNALS, replicas: ONE_REPLICA, "no-watch": ONE_COMMAND };
  return noWatchCommand === undefined ? { "no-watch": UNTOLD } : {};
}
