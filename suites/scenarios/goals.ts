import type { ApiFaultSpec } from "../../cluster/index.ts";
import { isGiven, isOutOfReach } from "../history/fault-specs.ts";
import type { KubeObject, Moment, ObjectLife, ScenarioHistory, SyncCall } from "../history/types.ts";
import type { UploadGoal } from "./types.ts";

/** What an upload shall hold: for each uid the values that must be in the object. */
export type Expectations = ReadonlyMap<string, KubeObject>;

/** True once a request came that fits the goal. Only says when the story can go on; it is no verdict. */
export function uploadReached(scenario: ScenarioHistory, goal: UploadGoal): boolean {
  switch (goal) {
    case "entries":
      return (
        scenario.refusedCalls.length > 0 ||
        scenario.calls.some((call) => call.answer !== undefined && call.entriesHash !== undefined)
      );
    case "accepted":
      return scenario.calls.some((call) => call.accepted);
    case "stored-after-reset": {
      const losses = [scenario.resets, scenario.ageings, scenario.foreignCalls].flatMap((moments) => moments.at(-1)?.seq ?? -1);
      const reset = Math.max(...losses);
      return scenario.calls.some((call) => call.seq > reset && call.accepted && call.answer?.stored === "replaced");
    }
    case "successor": {
      const kills = scenario.agent.lives.flatMap(({ signals }) => signals.filter(({ signal }) => signal === "SIGKILL"));
      const killed = Math.max(...kills.map(({ seq }) => seq));
      const before = scenario.calls.findLast((call) => call.seq < killed)?.replica;
      return scenario.calls.some(
        (call) => call.seq > killed && call.replica !== before && call.entriesHash !== undefined && call.answer !== undefined,
      );
    }
    case "entries-of-this-life": {
      const started = scenario.agent.lives.at(-1)?.since.seq ?? -1;
      return scenario.calls.some((call) => call.seq > started && call.entriesHash !== undefined && call.answer?.code === 0);
    }
  }
}

/** True once a request that arrived after `seq` was answered. */
export function answeredSince(scenario: ScenarioHistory, seq: number): boolean {
  return scenario.calls.some((call) => call.seq > seq && call.answer !== undefined);
}

/** How long the agent's first life took from its start to its first KubernetesAPISync, milliseconds; 0 where none came. */
export function firstRequestAfter(scenario: ScenarioHistory | undefined): number {
  const [call] = scenario?.calls ?? [];
  const [life] = scenario?.agent.lives ?? [];
  return call && life ? call.t - life.started.t : 0;
}

/** True once every fault that the story scripted (or this one) has fired, as far as the agent does what it waits for. */
export function allFired(scenario: ScenarioHistory, only?: ApiFaultSpec): boolean {
  const name = only === undefined ? undefined : JSON.stringify(only);
  const awaited = scenario.faults.filter((fault) => (name === undefined ? !isGiven(fault, scenario) : fault.fault === name));
  return awaited.every((fault) => fault.fired !== undefined || isOutOfReach(fault, scenario));
}

/** True once a request that arrived after `seq` told the server of an error, or of none. Stored ones count, as elsewhere. */
export function errorTold(scenario: ScenarioHistory, seq: number, told: boolean): boolean {
  return scenario.calls.some(
    (call) => call.seq > seq && isStored(call) && (call.errorMsg !== undefined && call.errorMsg !== "") === told,
  );
}

function isStored({ answer }: SyncCall): boolean {
  return answer?.code === 0 && (answer.stored === "replaced" || answer.stored === "refreshed");
}

/** True where the agent has ever asked to watch. */
export function isWatching({ api }: ScenarioHistory): boolean {
  return api.requests.some(({ verb }) => verb === "watch");
}

/** True once the agent tried so many times to connect since `seq`. */
export function triedToConnect(scenario: ScenarioHistory, seq: number, times: number): boolean {
  return scenario.connections.filter((connection) => connection.seq > seq).length >= times;
}

/** True where the newest upload holds all that is expected. */
export function shows(scenario: ScenarioHistory, expected: Expectations): boolean {
  const upload = newestUpload(scenario);
  if (upload === undefined) return false;
  const objects = objectsByUid(upload);
  return [...expected].every(([uid, values]) => holds(objects.get(uid), values));
}

/** True where the newest upload holds none of these uids. */
export function lacks(scenario: ScenarioHistory, uids: readonly string[]): boolean {
  const upload = newestUpload(scenario);
  if (upload === undefined) return false;
  const objects = objectsByUid(upload);
  return uids.every((uid) => !objects.has(uid));
}

/** Resources of which the newest upload holds some object of the cluster. */
export function uploadedResources({ calls, api }: ScenarioHistory): ReadonlySet<string> {
  const upload = calls.findLast((call) => call.entriesHash !== undefined);
  const uids = upload === undefined ? [] : [...objectsByUid(upload).keys()];
  return new Set(uids.flatMap((uid) => api.objects.get(uid)?.resource ?? []));
}

/** The newest change to an object of these resources, and what it was to; undefined where none was ever seen. */
export function lastCommitTo(
  { api }: ScenarioHistory,
  resources: ReadonlySet<string>,
): { readonly at: Moment; readonly of: string } | undefined {
  let last: { readonly at: Moment; readonly of: ObjectLife } | undefined;
  for (const life of api.objects.values()) {
    const at = life.deleted ?? life.forms.at(-1);
    if (at !== undefined && resources.has(life.resource) && at.seq > (last?.at.seq ?? -1)) last = { at, of: life };
  }
  if (last === undefined) return undefined;
  const { resource, namespace, name } = last.of;
  return { at: last.at, of: `${resource} ${namespace === undefined ? "" : `${namespace}/`}${name}` };
}

function newestUpload(scenario: ScenarioHistory): SyncCall | undefined {
  return scenario.calls.findLast((call) => call.entriesHash !== undefined && call.answer?.code === 0);
}

function objectsByUid(upload: SyncCall): ReadonlyMap<string, KubeObject> {
  const objects = new Map<string, KubeObject>();
  for (const entry of upload.entries) {
    for (const object of entry.objects) {
      const metadata = object["metadata"];
      const uid = isObject(metadata) ? metadata["uid"] : undefined;
      if (typeof uid === "string") objects.set(uid, object);
    }
  }
  return objects;
}

/** True where every value of `expected` stands in `actual`; objects are compared key by key, all else as JSON. */
function holds(actual: unknown, expected: unknown): boolean {
  if (!isObject(expected)) return JSON.stringify(actual) === JSON.stringify(expected);
  return isObject(actual) && Object.entries(expected).every(([key, value]) => holds(actual[key], value));
}

function isObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
