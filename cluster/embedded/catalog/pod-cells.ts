import { array, isRecord, numberOr, record, text } from "./json.ts";
import type { KubeObject } from "./types.ts";

/** `ready/all` containers of a pod. */
export function podReady(object: KubeObject): string {
  const statuses = array(record(object["status"])["containerStatuses"]);
  const ready = statuses.filter((status) => record(status)["ready"] === true).length;
  return `${ready}/${array(record(object["spec"])["containers"]).length}`;
}

/** The word that kubectl shows: the reason of the first container that is not running, else the phase. */
export function podStatus(object: KubeObject): string {
  const status = record(object["status"]);
  if (object.metadata.deletionTimestamp !== undefined) return "Terminating";
  for (const container of array(status["containerStatuses"])) {
    const state = record(record(container)["state"]);
    for (const phase of ["waiting", "terminated"]) {
      const details = state[phase];
      if (isRecord(details) && text(details["reason"]) !== "") return text(details["reason"]);
    }
  }
  return text(status["reason"]) || text(status["phase"]) || "Unknown";
}

/** The sum of restarts over the containers. */
export function podRestarts(object: KubeObject): string {
  const statuses = array(record(object["status"])["containerStatuses"]);
  return String(statuses.reduce<number>((sum, status) => sum + numberOr(record(status)["restartCount"], 0), 0));
}
