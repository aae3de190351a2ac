import { describe, expect, it } from "vitest";
import { findTarget } from "../../server-mock/contract/index.ts";
import { budgetsFor } from "../budgets.ts";
import type { KubeObject, ObjectLife, ScenarioHistory, Stall } from "../history/types.ts";
import type { Plan } from "../plan.ts";
import { createOracle } from "./create-oracle.ts";

const at = (seq: number, t = seq * 1000) => ({ seq, t });

interface Given {
  readonly calls?: readonly object[];
  readonly requests?: readonly object[];
  readonly objects?: readonly ObjectLife[];
  readonly lives?: readonly object[];
  readonly steps?: readonly object[];
  readonly ended?: object;
  readonly direct?: boolean;
  readonly stalls?: readonly Stall[];
}

const agentLife = (rest: object = {}) => ({ life: 1, since: at(5), started: at(8), signals: [], pauses: [], ...rest });

function oracleOf({ calls = [], requests = [], objects = [], lives = [agentLife()], steps = [], ended, direct, stalls }: Given) {
  const scenario = {
    started: at(1),
    ...(ended && { ended }),
    steps,
    calls,
    api: { requests, objects: new Map(objects.map((life) => [life.uid, life])) },
    agent: { lives },
  } as unknown as ScenarioHistory;
  const plan = { budgets: budgetsFor(1000), cluster: { kind: "embedded", ...(direct && { direct }) } } as unknown as Plan;
  return createOracle(scenario, plan, findTarget("v7.1")!, stalls);
}

const call = (seq: number, rest: object = {}) => ({ ...at(seq), service: "agent", entries: [], accepted: false, ...rest });
const stored = (seq: number, row: string, entriesHash?: string) =>
  call(seq, { accepted: true, answer: { ...at(seq), code: 0, row }, ...(entriesHash && { entriesHash }) });
const request = (seq: number) => ({ ...at(seq), req: seq, verb: "list", resource: "pods", path: "/x", pages: [], events: [] });
const life = (uid: string, seqs: readonly number[], deleted?: number, object: KubeObject = {}): ObjectLife => ({
  uid,
  name: uid,
  resource: "pods",
  forms: seqs.map((seq) => ({ ...at(seq), resourceVersion: String(seq), object })),
  ...(deleted !== undefined && { deleted: at(deleted) }),
});

describe("the start of an agent", () => {
  it.each<[string, Given, { seq: number; t: number }]>([
    ["is what the driver tells", { calls: [call(9)], requests: [request(10)] }, at(5, 8000)],
    ["is when it was first heard by the server, where that was sooner", { calls: [call(6), call(7)] }, at(5, 6000)],
    [
      "is when it was first heard by the API server, where that was sooner",
      { calls: [call(7)], requests: [request(6), request(9)] },
      at(5, 6000),
    ],
    ["is not what was heard of an agent before it", { calls: [call(4)], requests: [request(3)] }, at(5, 8000)],
    ["is that of the scenario, where no agent was started", { lives: [] }, at(1)],
  ])("%s", (_name, given, start) => expect(oracleOf(given).startedAt).toEqual(start));
});

describe("the end of the observation", () => {
  const step = (began: number, ended?: number) => ({
    step: "x",
    began: at(began),
    ...(ended !== undefined && { ended: at(ended) }),
  });
  it.each<[string, Given, number]>([
    ["is when it was told to leave", { lives: [agentLife({ signals: [at(20), at(25)], exited: at(30) })], ended: at(40) }, 20],
    ["is when it left before that", { lives: [agentLife({ signals: [at(20)], exited: at(15) })], ended: at(40) }, 15],
    ["is when it left by itself", { lives: [agentLife({ exited: at(15) })], ended: at(40) }, 15],
    ["is that of its last life", { lives: [agentLife({ exited: at(15) }), agentLife({ exited: at(35) })], ended: at(40) }, 35],
    ["is the end of the scenario", { steps: [step(50)], ended: at(40) }, 40],
    ["is the last thing known: a step", { steps: [step(10, 12), step(20, 30)], calls: [call(25)] }, 30],
    ["is the last thing known: a step that goes on", { steps: [step(10, 12), step(28)], calls: [call(25)] }, 28],
    ["is the last thing known: a call", { steps: [step(10, 12)], calls: [call(25), call(29)] }, 29],
    ["is the start, where nothing more is known", { lives: [] }, 1],
  ])("%s", (_name, given, seq) => expect(oracleOf(given).observedUntil.seq).toBe(seq));
});

describe("the uploads", () => {
  const calls = [
    stored(10, "6", "a"),
    stored(11, "8", "a"),
    stored(12, "9", "b"),
    call(13, { entriesHash: "c", answer: { ...at(13), code: 0, row: "1" } }),
    call(14, { entriesHash: "d" }),
    stored(15, "8"),
    stored(16, "6", "c"),
    call(17, { service: "trident", entriesHash: "e", answer: { ...at(17), code: 0, row: "6" } }),
  ];
  it("are the requests with entries that the target lets through, on a service that it serves", () => {
    const { uploads, distinctUploads, accepted } = oracleOf({ calls });
    expect(uploads.map((upload) => upload.call.seq)).toEqual([10, 11, 12, 16]);
    expect(distinctUploads.map((upload) => upload.call.seq)).toEqual([10, 12, 16]);
    expect(accepted.map(({ seq }) => seq)).toEqual([10, 11, 12, 15, 16]);
  });
});

describe("what the agent may have known of", () => {
  it("is what was committed before its request", () => {
    const oracle = oracleOf({ direct: true, requests: [request(9)] });
    expect([9, 10.5, 11].map((seq) => oracle.mayHaveKnown(at(seq), call(10) as never))).toEqual([true, false, false]);
  });

  it("is a little more, where the harness watches beside it", () => {
    const oracle = oracleOf({ direct: true });
    expect(oracle.deliveryUnseen).toBe(true);
    expect([9, 11, 11.9, 13].map((seq) => oracle.mayHaveKnown(at(seq), call(10) as never))).toEqual([true, true, true, false]);
    expect(oracleOf({}).deliveryUnseen).toBe(false);
  });
});

describe("an object that existed throughout a collection", () => {
  it.each<[string, ObjectLife, boolean]>([
    ["was there from the start", life("a", [2]), true],
    ["was made after the request", life("a", [30]), false],
    ["was made while the agent began", life("a", [9]), false],
    ["was deleted after the request", life("a", [2], 30), true],
    ["was deleted before the request", life("a", [2], 15), false],
    ["was never made", life("a", []), false],
  ])("%s: %s", (_name, object, throughout) => {
    const [upload] = oracleOf({ calls: [stored(20, "6", "a")] }).uploads;
    expect(oracleOf({ calls: [stored(20, "6", "a")] }).existedThroughout(object, upload!)).toBe(throughout);
  });
});

describe("lost time", () => {
  const stalls = [
    { ...at(10), ms: 1000 },
    { ...at(20), ms: 1000 },
    { ...at(30), ms: 1000 },
  ];
  it("is that of the stalls that lie between two moments, or reach into that", () => {
    const oracle = oracleOf({ stalls });
    const between = (from: number, until?: number) =>
      oracle.lostBetween(at(from), until === undefined ? undefined : at(until)).map(({ seq }) => seq);
    expect(between(5)).toEqual([10, 20, 30]);
    expect(between(12, 25)).toEqual([20]);
    expect(between(12, 19.5)).toEqual([20]);
    expect(between(19.5, 25)).toEqual([20]);
    expect(between(21, 28)).toEqual([]);
  });

  it("does not count, and counts by the clock", () => {
    const oracle = oracleOf({ stalls });
    expect(oracle.time.elapsed(5000, 35_000)).toBe(27_000);
    expect(oracle.byTheClock.time.elapsed(5000, 35_000)).toBe(30_000);
    expect(oracleOf({}).byTheClock.time.elapsed(5000, 35_000)).toBe(30_000);
  });
});

describe("the children of an object", () => {
  it("are those whose last form names it as an owner", () => {
    const owned = (...uids: readonly (string | undefined)[]) => ({
      metadata: { ownerReferences: uids.map((uid) => ({ kind: "ReplicaSet", ...(uid !== undefined && { uid }) })) },
    });
    const objects = [
      life("a", [2], undefined, owned("x")),
      life("b", [2], undefined, owned("x", "y")),
      life("c", [2], undefined, owned(undefined)),
      life("d", [2]),
    ];
    const oracle = oracleOf({ objects });
    expect(["x", "y", "z", "undefined"].map((uid) => oracle.ownedBy(uid).map((child) => child.uid))).toEqual([
      ["a", "b"],
      ["b"],
      [],
      [],
    ]);
  });
});

describe("an object that was uploaded", () => {
  const reading = (metadata: object) => ({ type: "*v1.Pod", shape: "object", objects: [{ metadata }] });
  const upload = (seq: number, ...metadata: readonly object[]) => ({
    ...stored(seq, "6", `entries-${seq}`),
    entries: metadata.map(reading),
  });
  const web = life("web", [2]);

  it.each<[string, readonly object[], boolean]>([
    ["is in one of several snapshots", [upload(10), upload(11, { uid: "web", name: "web" })], true],
    ["is in one by its place alone", [upload(10, { name: "web" }), upload(11)], true],
    ["is in none", [upload(10, { uid: "db", name: "db" }), upload(11)], false],
  ])("%s", (_name, calls, expected) => expect(oracleOf({ calls, objects: [web] }).wasUploaded(web)).toBe(expected));

  it("is of a resource, or of none that is known", () => {
    const unknown = { type: "*v1.Nothing", shape: "object", objects: [{ metadata: { name: "x" } }] };
    const given = upload(10, { uid: "web", name: "web" });
    const calls = [{ ...given, entries: [...given.entries, unknown] }];
    expect([...oracleOf({ calls, objects: [web] }).uploadedResources]).toEqual(["pods"]);
  });

  it("was written between two moments, or a little later, where the harness watches beside the agent", () => {
    const made = life("made", [20]);
    const given = { calls: [upload(10, { uid: "web", name: "web" })], objects: [web, made] };
    expect(oracleOf(given).wroteBetween(18_000, 19_000)).toBe(false);
    expect(oracleOf(given).wroteBetween(18_000, 20_000)).toBe(true);
    expect(oracleOf({ ...given, direct: true }).wroteBetween(18_000, 19_000)).toBe(true);
    expect(oracleOf({ ...given, direct: true }).wroteBetween(16_000, 17_000)).toBe(false);
  });
});
