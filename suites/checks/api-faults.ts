import { concerns, inForceAt, isApiFault, isOutOfReach, overAt, scriptOf } from "../history/fault-specs.ts";
import type { ApiRequestRecord, FaultRecord, Moment, ScenarioHistory } from "../history/types.ts";
import type { CheckContext } from "./check.ts";
import { count, lifeText } from "./words.ts";

/** Faults by which a list or a watch does not succeed. */
const FAILING: readonly string[] = ["api-status", "api-reset", "api-stall", "api-truncate", "api-expire-continue"];

/** A request to the API server that a fault made fail. */
export interface FailedRequest extends Moment {
  readonly request: ApiRequestRecord;
  readonly resource: string;
  readonly fault: FaultRecord;
}

/** Lists and watches that failed by a fault, by the time of the failure. */
export function failedRequests({ faults, api }: ScenarioHistory, kinds: readonly string[] = FAILING): readonly FailedRequest[] {
  const byNumber = new Map(api.requests.map((request) => [request.req, request]));
  const failed = faults.flatMap((fault) => {
    if (!kinds.includes(scriptOf(fault)?.fault ?? "")) return [];
    return fault.hits.flatMap((hit): readonly FailedRequest[] => {
      const request = byNumber.get(hit.req ?? 0);
      return request?.resource === undefined ? [] : [{ seq: hit.seq, t: hit.t, request, resource: request.resource, fault }];
    });
  });
  return failed.sort((a, b) => a.seq - b.seq);
}

/** Whether the story had anything for this agent by which its lists or watches could fail. */
export function isFailureInReach(scenario: ScenarioHistory): boolean {
  const scripted = scenario.faults.some((fault) => FAILING.includes(scriptOf(fault)?.fault ?? ""));
  if (!scripted) return !scenario.steps.some(({ passedOver }) => passedOver);
  return scenario.faults.some((fault) => FAILING.includes(scriptOf(fault)?.fault ?? "") && !isOutOfReach(fault, scenario));
}

/** When the last fault between agent and API server was over; undefined where there was none, or one still waits. */
export function allOverAt({ faults }: ScenarioHistory): Moment | undefined {
  const ends = faults.filter(isApiFault).map(overAt);
  if (ends.length === 0 || ends.some((end) => end === undefined)) return undefined;
  return ends.flatMap((end) => end ?? []).reduce((last, end) => (end.seq > last.seq ? end : last));
}

/** `api-status 403 for pods (seq 88)`. */
export function faultText(record: FaultRecord): string {
  const script = scriptOf(record);
  const resources = script?.["resources"];
  const [code, verb] = [script?.["code"], script?.["verb"]];
  const what = [
    script?.fault ?? record.fault,
    ...(typeof code === "number" ? [code] : []),
    ...(typeof verb === "string" ? [verb] : []),
  ].join(" ");
  const whose = Array.isArray(resources) ? ` for ${resources.join(", ")}` : "";
  return `${what}${whose} (seq ${record.fired?.seq ?? record.scripted.seq})`;
}

/** `API request 12 (watch pods, 410, seq 90)`. */
export function requestText({ req, verb, resource, ended, seq }: ApiRequestRecord): string {
  const how = ended === undefined ? "still open" : ended.status === 200 ? ended.reason : String(ended.status);
  return `API request ${req} (${verb} ${resource ?? ""}, ${how}, seq ${seq})`;
}

const SHOWN = 3;

/** What went on about a resource between two moments: the faults in force, the agent's requests, the cluster's changes. */
export function surroundings({ scenario, oracle }: CheckContext, resource: string, from: Moment, to: Moment): string {
  const within = ({ seq }: Moment) => seq >= from.seq && seq <= to.seq;
  const inForce = scenario.faults.filter(
    (fault) =>
      isApiFault(fault) &&
      concerns(fault, resource) &&
      (inForceAt(scenario, from.seq, resource).includes(fault) || fault.hits.some(within)),
  );
  const requests = scenario.api.requests.filter((request) => request.resource === resource && within(request));
  const commits = oracle.commits.filter((commit) => commit.life.resource === resource && within(commit));
  const parts = [
    some("in force", inForce, faultText),
    some("asked", requests, requestText),
    some("in the cluster", commits, ({ life, change, seq }) => `${lifeText(life)} ${change} (seq ${seq})`),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `; ${parts.join("; ")}`;
}

function some<T>(title: string, items: readonly T[], say: (item: T) => string): string {
  if (items.length === 0) return "";
  const more = items.length > SHOWN ? `, ${count(items.length - SHOWN, "other")} before` : "";
  return `${title}: ${items.slice(-SHOWN).map(say).join(", ")}${more}`;
}
