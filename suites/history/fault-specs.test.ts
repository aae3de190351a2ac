import { describe, expect, it } from "vitest";
import { concerns, inForceAt, isApiFault, isOutOfReach, overAt, scriptOf } from "./fault-specs.ts";
import type { ApiRequestRecord, FaultRecord, ScenarioHistory } from "./types.ts";

const at = (t: number) => ({ seq: t, t });

function fault(spec: object | string, scripted: number, hits: readonly number[] = [], removed?: number): FaultRecord {
  const [first] = hits;
  return {
    fault: typeof spec === "string" ? spec : JSON.stringify(spec),
    scripted: at(scripted),
    hits: hits.map(at),
    ...(first === undefined ? {} : { fired: at(first) }),
    ...(removed === undefined ? {} : { removed: at(removed) }),
  };
}

const refused = { fault: "api-status", code: 403, resources: ["pods"], times: "all" };

describe("a scripted fault", () => {
  it("is read from its record, whoever wrote that", () => {
    expect(scriptOf(fault(refused, 1))).toEqual(refused);
    expect(scriptOf(fault("third call hangs", 1))).toBeUndefined();
    expect(isApiFault(fault(refused, 1))).toBe(true);
    expect(isApiFault(fault({ fault: "status", code: 14 }, 1))).toBe(false);
  });

  it("concerns the resources that it names, or all", () => {
    expect(concerns(fault(refused, 1), "pods")).toBe(true);
    expect(concerns(fault(refused, 1), "nodes")).toBe(false);
    expect(concerns(fault({ fault: "api-reset" }, 1), "nodes")).toBe(true);
  });

  it.each([
    ["waits", fault({ fault: "api-reset" }, 1), undefined],
    ["hit for the only time", fault({ fault: "api-reset" }, 1, [5]), 5],
    ["has a hit left", fault({ fault: "api-reset", times: 2 }, 1, [5]), undefined],
    ["hit for the last time", fault({ fault: "api-reset", times: 2 }, 1, [5, 7]), 7],
    ["lasts", fault(refused, 1, [5, 7]), undefined],
    ["was taken away", fault(refused, 1, [5, 7], 9), 9],
  ])("is over when it %s", (_name, record, end) => {
    expect(overAt(record)?.seq).toBe(end);
  });

  it("is in force from its scripting to its end, for what it concerns", () => {
    const lasting = fault(refused, 3, [5], 9);
    const scenario = { faults: [lasting, fault({ fault: "status" }, 1)] } as unknown as ScenarioHistory;
    expect([2, 3, 6, 9, 10].map((seq) => inForceAt(scenario, seq, "pods").length)).toEqual([0, 1, 1, 1, 0]);
    expect(inForceAt(scenario, 6, "nodes")).toEqual([]);
    expect(inForceAt(scenario, 6)).toEqual([lasting]);
  });
});

describe("a fault of pages", () => {
  const list = (seq: number, more: boolean, query = "", resource = "pods") =>
    ({
      ...at(seq),
      verb: "list",
      resource,
      path: `/api/v1/${resource}?${query}`,
      pages: [{ ...at(seq), more, resourceVersion: "1", uids: [], versions: [] }],
      events: [],
    }) as unknown as ApiRequestRecord;
  const among = (...requests: readonly ApiRequestRecord[]) => ({ api: { requests } }) as unknown as ScenarioHistory;
  const expiry = fault({ fault: "api-expire-continue", resources: ["pods"] }, 5);

  it("is out of reach once a list came in one piece", () => {
    expect(isOutOfReach(expiry, among(list(6, false)))).toBe(true);
  });

  it.each([
    ["before any list", among()],
    ["after a list of another kind", among(list(6, false, "", "nodes"))],
    ["after a list that came before it was scripted", among(list(4, false))],
    ["where a list comes in pages", among(list(6, true, "limit=2"), list(7, false, "limit=2&continue=x"))],
  ])("is not %s", (_name, scenario) => {
    expect(isOutOfReach(expiry, scenario)).toBe(false);
  });

  it("is out of reach, where it is of whole lists, once a list was streamed, and no sooner", () => {
    const stale = fault({ fault: "api-stale-list", resources: ["pods"] }, 5);
    const streamed = {
      ...list(6, false),
      verb: "watch",
      pages: [],
      events: [{ ...at(7), type: "BOOKMARK", initialEventsEnd: true }],
    };
    expect(isOutOfReach(stale, among(streamed))).toBe(true);
    expect(isOutOfReach(stale, among(list(6, false)))).toBe(false);
    expect(isOutOfReach(stale, among())).toBe(false);
  });

  it("is not where it fired, and no other fault is", () => {
    const whole = among(list(6, false));
    expect(isOutOfReach(fault({ fault: "api-expire-continue" }, 1, [6]), whole)).toBe(false);
    expect(isOutOfReach(fault({ fault: "api-reset" }, 1), whole)).toBe(false);
    expect(isOutOfReach(fault({ fault: "api-delay", page: "further" }, 1), whole)).toBe(true);
  });
});
