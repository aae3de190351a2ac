import { renamed } from "./json.ts";
import type { KubeObject } from "./types.ts";

/** Field names of a core Event, and what events.k8s.io calls them. */
const EVENTS_NAMES = {
  involvedObject: "regarding",
  message: "note",
  source: "deprecatedSource",
  firstTimestamp: "deprecatedFirstTimestamp",
  lastTimestamp: "deprecatedLastTimestamp",
  count: "deprecatedCount",
  reportingComponent: "reportingController",
};

const CORE_NAMES = Object.fromEntries(Object.entries(EVENTS_NAMES).map(([core, events]) => [events, core]));

/** The events.k8s.io form of a core/v1 Event; apiVersion is the caller's. */
export function eventFromCore(object: KubeObject): KubeObject {
  return renamed(object, EVENTS_NAMES) as unknown as KubeObject;
}

/** The core/v1 form of an events.k8s.io Event; apiVersion is the caller's. */
export function eventToCore(object: KubeObject): KubeObject {
  return renamed(object, CORE_NAMES) as unknown as KubeObject;
}
