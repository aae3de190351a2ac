import type { ApiRequestRecord, FaultRecord, ScenarioHistory } from "./types.ts";

/** A scripted fault as its record tells of it; fields are those of the script. */
export interface FaultScript {
  readonly fault: string;
  readonly [field: string]: unknown;
}

/** What was scripted, read from the record; undefined where that does not tell. */
export function scriptOf({ fault }: FaultRecord): FaultScript | undefined {
  try {
    const spec: unknown = JSON.parse(fault);
    const isScript = typeof spec === "object" && spec !== null && "fault" in spec && typeof spec.fault === "string";
    return isScript ? (spec as FaultScript) : undefined;
  } catch {
    return undefined;
  }
}

/** The step in which the faults of the user are scripted, and none of the story. */
export const GIVEN_FAULTS = "given-faults";

/** Whether a fault was scripted by the user, and not by the story. */
export function isGiven({ scripted }: FaultRecord, { steps }: ScenarioHistory): boolean {
  return steps.some(
    ({ step, began, ended }) => step === GIVEN_FAULTS && began.seq < scripted.seq && scripted.seq < (ended?.seq ?? Infinity),
  );
}

/** Whether a fault is one between the agent and its API server. */
export function isApiFault(record: FaultRecord): boolean {
  return scriptOf(record)?.fault.startsWith("api-") === true;
}

/** Whether a fault can concern a resource: it names none, or this one. */
export function concerns(record: FaultRecord, resource: string): boolean {
  const resources = scriptOf(record)?.["resources"];
  return !Array.isArray(resources) || resources.includes(resource);
}

/**
 * When a fault was over: it was taken away, or it had hit for the last time. Undefined while it waits, and for one that
 * lasts until it is taken away.
 */
export function overAt(record: FaultRecord): FaultRecord["removed"] {
  if (record.removed) return record.removed;
  const times = scriptOf(record)?.["times"] ?? 1;
  return typeof times === "number" && record.hits.length >= times ? record.hits.at(-1) : undefined;
}

/** The faults between agent and API server that could hit a resource at some moment, with those that just hit. */
export function inForceAt({ faults }: ScenarioHistory, seq: number, resource?: string): readonly FaultRecord[] {
  return faults.filter((record) => {
    if (!isApiFault(record) || record.scripted.seq > seq || (resource !== undefined && !concerns(record, resource))) return false;
    return (overAt(record)?.seq ?? Infinity) >= seq;
  });
}

const PAGE_FAULTS: readonly string[] = ["api-expire-continue", "api-small-pages"];

/**
 * Whether a fault waits for something that the agent does not do, as it may: it asks for whole lists, and the fault is one
 * of pages, or has them streamed, and the fault is one of lists. Such a fault is neither awaited nor missed.
 */
export function isOutOfReach(record: FaultRecord, { api }: ScenarioHistory): boolean {
  const script = scriptOf(record);
  if (script === undefined || record.fired) return false;
  const isOfPages = PAGE_FAULTS.includes(script.fault) || script["page"] === "further";
  if (!isOfPages && script.fault !== "api-stale-list") return false;
  const since = api.requests.filter(
    ({ seq, resource }) => resource !== undefined && seq > record.scripted.seq && concerns(record, resource),
  );
  if (!isOfPages) return since.some(isStreamed);
  return since.some(isWhole) && !since.some((request) => request.pages.some((page) => page.more));
}

/** A list that was answered in one piece, or streamed. */
function isWhole(request: ApiRequestRecord): boolean {
  const { verb, path, pages } = request;
  return isStreamed(request) || (verb === "list" && pages.some((page) => !page.more) && !/[?&]continue=[^&]/.test(path));
}

/** A watch that began with the whole state. */
function isStreamed({ verb, events }: ApiRequestRecord): boolean {
  return verb === "watch" && events.some((event) => event.initialEventsEnd);
}
