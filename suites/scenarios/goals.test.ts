import { describe, expect, it } from "vitest";
import type { ScenarioHistory, SyncCall } from "../history/types.ts";
import { allFired, answeredSince, errorTold, lacks, shows, triedToConnect, uploadReached } from "./goals.ts";

function call(seq: number, rest: Partial<SyncCall>): SyncCall {
  return { seq, t: seq, call: seq, service: "agent", peer: "", byteLength: 0, entries: [], accepted: false, ...rest };
}

function scenario(calls: readonly SyncCall[], resets: readonly number[] = []): ScenarioHistory {
  return {
    calls,
    refusedCalls: [],
    foreignCalls: [],
    ageings: [],
    resets: resets.map((seq) => ({ seq, t: seq })),
  } as unknown as ScenarioHistory;
}

const ok = { seq: 0, t: 0, code: 0 } as const;

/** An upload of these objects. */
function upload(seq: number, ...objects: readonly Record<string, unknown>[]): SyncCall {
  const entries = objects.map((object) => ({
    sha256: "",
    objects: [object],
    shape: "object" as const,
    findings: [],
    inflatedBytes: 0,
  }));
  return call(seq, { entriesHash: "h", entries, answer: { ...ok, stored: "replaced" }, accepted: true });
}

describe("uploadReached", () => {
  it.each([
    ["entries", scenario([]), false],
    ["entries", scenario([call(1, { answer: ok })]), false],
    ["entries", scenario([call(1, { entriesHash: "h" })]), false],
    ["entries", scenario([call(1, { entriesHash: "h", answer: { ...ok, code: 12 } })]), true],
    ["accepted", scenario([call(1, { entriesHash: "h", answer: ok })]), false],
    ["accepted", scenario([upload(1)]), true],
    ["stored-after-reset", scenario([upload(1)], [2]), false],
    ["stored-after-reset", scenario([upload(1), call(3, { answer: ok })], [2]), false],
    ["stored-after-reset", scenario([upload(1), upload(3)], [2]), true],
  ] as const)("%s", (goal, history, reached) => {
    expect(uploadReached(history, goal)).toBe(reached);
  });
});

describe("answeredSince", () => {
  it.each([
    [scenario([call(5, { answer: ok })]), true],
    [scenario([call(4, { answer: ok })]), false],
    [scenario([call(5, {})]), false],
  ])("counts answered calls that arrived later", (history, reached) => {
    expect(answeredSince(history, 4)).toBe(reached);
  });
});

describe("shows and lacks", () => {
  const pod = { metadata: { uid: "a", labels: { app: "web", tier: "front" } }, spec: { replicas: 3 } };

  it.each([
    ["the object", { metadata: { labels: { app: "web" } } }, true],
    ["an older form", { metadata: { labels: { app: "db" } } }, false],
    ["an object without the field", { status: { podIP: "10.0.0.1" } }, false],
  ])("tells whether the newest upload has %s", (_name, values, shown) => {
    expect(shows(scenario([upload(1, pod)]), new Map([["a", values]]))).toBe(shown);
  });

  it("goes by the newest upload, past heartbeats", () => {
    const history = scenario([upload(1, pod), upload(2), call(3, { answer: ok })]);
    expect(shows(history, new Map([["a", {}]]))).toBe(false);
    expect(lacks(history, ["a"])).toBe(true);
    expect(lacks(scenario([upload(1, pod)]), ["a"])).toBe(false);
  });

  it("takes silence for neither", () => {
    expect(shows(scenario([]), new Map())).toBe(false);
    expect(lacks(scenario([]), ["a"])).toBe(false);
  });
});

describe("goals of recovery", () => {
  const at = (seq: number) => ({ seq, t: seq });
  const world = (rest: Partial<ScenarioHistory>) => ({ ...scenario([]), ...rest }) as ScenarioHistory;

  it.each([
    ["before it", [upload(3)], false],
    ["after it", [upload(3), upload(7)], true],
    ["after it, without entries", [upload(3), call(7, { answer: ok })], false],
    ["after it, unanswered", [upload(3), call(7, { entriesHash: "h" })], false],
  ])("an upload of the life that began at 5: %s", (_name, calls, reached) => {
    const lives = [1, 5].map((seq, index) => ({ life: index + 1, since: at(seq), started: at(seq), signals: [], pauses: [] }));
    expect(uploadReached(world({ calls, agent: { lives, starved: [] } }), "entries-of-this-life")).toBe(reached);
  });

  it("waits until the last fault fired", () => {
    const fired = { fault: "a", scripted: at(1), fired: at(2), hits: [at(2)] };
    const waiting = { fault: "b", scripted: at(4), hits: [] };
    const steps = [{ step: "given-faults", began: at(3), ended: { ...at(5), satisfied: true } }];
    expect(allFired(world({ faults: [fired], steps: [] }))).toBe(true);
    expect(allFired(world({ faults: [fired, waiting], steps: [] }))).toBe(false);
    expect(allFired(world({ faults: [fired, waiting], steps }))).toBe(true);
  });

  it("waits for one fault alone where it is told which", () => {
    const spec = { fault: "api-reset", resources: ["pods"] } as const;
    const [fired, waiting] = [
      { fault: JSON.stringify(spec), scripted: at(1), fired: at(2), hits: [at(2)] },
      { fault: '{"fault":"api-stall"}', scripted: at(1), hits: [] },
    ];
    expect(allFired(world({ faults: [fired, waiting], steps: [] }), spec)).toBe(true);
    expect(allFired(world({ faults: [fired, waiting], steps: [] }), { fault: "api-stall" })).toBe(false);
  });

  it("hears an error where the server stored it, since the step began", () => {
    const told = (seq: number, errorMsg: string, stored: "refreshed" | "dropped" = "refreshed") =>
      call(seq, { errorMsg, answer: { ...ok, stored } });
    const heard = (...calls: readonly SyncCall[]) => errorTold(scenario(calls), 5, true);
    expect(heard(told(6, "pods: 403"))).toBe(true);
    expect([heard(told(4, "pods: 403")), heard(told(6, "")), heard(told(6, "pods: 403", "dropped"))]).toEqual([
      false,
      false,
      false,
    ]);
    expect(errorTold(scenario([told(6, "")]), 5, false)).toBe(true);
    expect(errorTold(scenario([told(6, "pods: 403")]), 5, false)).toBe(false);
  });

  it("counts the connections since", () => {
    const tried = world({ connections: [at(1), at(6), at(8)] });
    expect([triedToConnect(tried, 5, 2), triedToConnect(tried, 6, 2)]).toEqual([true, false]);
  });
});
