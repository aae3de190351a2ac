import { describe, expect, it } from "vitest";
import type { ApiRequestRecord } from "../history/types.ts";
import { foldDeliveries } from "./delivered.ts";

const at = (t: number) => ({ seq: t, t });

interface Asked {
  readonly query?: string;
  readonly namespace?: string;
  readonly status?: number;
}

let numbers = 0;
const request = (verb: string, t: number, { query = "", namespace, status }: Asked): ApiRequestRecord => ({
  ...at(t),
  req: (numbers += 1),
  method: "GET",
  verb,
  path: `/api/v1/pods?${query}`,
  resource: "pods",
  ...(namespace === undefined ? {} : { namespace }),
  pages: [],
  events: [],
  ...(status === undefined ? {} : { ended: { ...at(t), status, reason: "complete" } }),
});

/** `a1` stands for the object a in version 1. */
const split = (items: string) => {
  const each = items.split(" ").filter((item) => item !== "");
  return { uids: each.map((item) => item.slice(0, 1)), versions: each.map((item) => item.slice(1)) };
};

const list = (t: number, items: string, more = false, asked: Asked = {}): ApiRequestRecord => ({
  ...request("list", t, asked),
  pages: [{ ...at(t), more, resourceVersion: "1", ...split(items) }],
});

/** Events such as `+a1` at times, `-a` for a deletion, `|` for the bookmark that ends a streamed list. */
const watch = (t: number, events: Readonly<Record<number, string>>, asked: Asked = {}): ApiRequestRecord => ({
  ...request("watch", t, asked),
  events: Object.entries(events).map(([time, text]) => {
    if (text === "|") return { ...at(Number(time)), type: "BOOKMARK", version: "9", initialEventsEnd: true };
    const type = text.startsWith("-") ? "DELETED" : "ADDED";
    return { ...at(Number(time)), type, uid: text.slice(1, 2), version: text.slice(2) };
  }),
});

/** Each state as `seq: a1 b2`. */
function states(...requests: readonly ApiRequestRecord[]): readonly string[] {
  const delivered = foldDeliveries(requests).get("pods");
  return (delivered?.states ?? []).map(({ seq }) => {
    const present = [...(delivered?.told ?? [])].flatMap(([uid, told]) => {
      const last = told.findLast((one) => one.seq <= seq);
      return last?.version === undefined ? [] : [`${uid}${last.version}`];
    });
    return `${seq}: ${present.sort().join(" ")}`;
  });
}

describe("what was delivered", () => {
  it("is the list, then each event", () => {
    expect(states(list(1, "a1 b1"), watch(2, { 5: "+c2", 6: "+a3", 7: "-b4" }))).toEqual([
      "1: a1 b1",
      "5: a1 b1 c2",
      "6: a3 b1 c2",
      "7: a3 c2",
    ]);
  });

  it("is a list only once its last page is there", () => {
    const further = list(3, "c1", false, { query: "limit=2&continue=x" });
    expect(states(list(1, "a1 b1", true, { query: "limit=2" }), further)).toEqual(["3: a1 b1 c1"]);
    expect(states(list(1, "a1 b1", true, { query: "limit=2" }))).toEqual([]);
  });

  it("has nothing of a list that was begun anew", () => {
    expect(states(list(1, "a1 b1", true), list(2, "b2 c1", true), list(3, "d1", false, { query: "continue=y" }))).toEqual([
      "3: b2 c1 d1",
    ]);
  });

  it("loses by a fresh list what is not in it", () => {
    expect(states(list(1, "a1 b1"), list(2, "b1"))).toEqual(["1: a1 b1", "2: b1"]);
  });

  it("keeps namespaces apart", () => {
    expect(states(list(1, "a1", false, { namespace: "x" }), list(2, "b1", false, { namespace: "y" }))).toEqual([
      "1: a1",
      "2: a1 b1",
    ]);
  });

  it("takes a streamed list as one, from its bookmark on", () => {
    const query = "watch=1&sendInitialEvents=true";
    expect(states(list(1, "z1"), watch(2, { 3: "+a1", 4: "+b1", 5: "|", 6: "-a2" }, { query }))).toEqual([
      "1: z1",
      "5: a1 b1",
      "6: b1",
    ]);
    expect(states(watch(2, { 3: "+a1" }, { query }))).toEqual([]);
  });

  it("has nothing of a namespace that a fresh list of it lacks, whatever an event had brought", () => {
    const asked = { namespace: "x" };
    expect(states(list(1, "a1", false, asked), watch(2, { 3: "+b1" }, asked), list(4, "a1", false, asked))).toEqual([
      "1: a1",
      "3: a1 b1",
      "4: a1",
    ]);
  });

  it("counts an event that came twice once", () => {
    expect(states(watch(2, { 5: "+a2", 6: "+a2" }))).toEqual(["5: a2"]);
    expect(states(list(1, ""), watch(2, { 5: "+a2", 6: "+a2" }))).toEqual(["1: ", "5: a2"]);
  });

  it("is in the order of delivery, whatever the order of the requests", () => {
    expect(states(list(1, "a1"), watch(2, { 5: "+b2", 9: "-a3" }), list(7, "a1 b2 c6"))).toEqual([
      "1: a1",
      "5: a1 b2",
      "7: a1 b2 c6",
      "9: b2 c6",
    ]);
  });

  it("tells of an object only where it became another", () => {
    const delivered = foldDeliveries([list(1, "a1 b1"), list(2, "a1 b2"), list(3, "a1 b2")]).get("pods");
    expect([...(delivered?.told ?? [])].map(([uid, told]) => `${uid} ${told.map(({ seq }) => seq).join()}`)).toEqual([
      "a 1",
      "b 1,2",
    ]);
    expect(delivered?.states.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("has an object again that went and came back", () => {
    const events = watch(2, { 3: "-a2", 4: "-a2", 5: "+a3", 6: "+b1", 7: "-b2" });
    expect(states(list(1, "a1"), events, list(8, "a3 b1"))).toEqual(["1: a1", "3: ", "5: a3", "6: a3 b1", "7: a3", "8: a3 b1"]);
  });

  it("begins anew with a list that has an empty token, and takes no further page of one that is over", () => {
    const anew = list(2, "b1", false, { query: "continue=" });
    expect(states(list(1, "a1", true), anew)).toEqual(["2: b1"]);
    expect(states(list(1, "a1"), list(2, "b1", false, { query: "continue=x" }))).toEqual(["1: a1"]);
  });

  it("takes no notice of a bookmark, and of what is of no resource", () => {
    const { resource: _none, ...nothing } = list(3, "c1");
    expect(states(list(1, "a1"), watch(2, { 4: "|" }), nothing as ApiRequestRecord)).toEqual(["1: a1"]);
    expect(foldDeliveries([nothing as ApiRequestRecord]).size).toBe(0);
  });

  it("takes no notice of lists of some objects, and of watches that were refused", () => {
    expect(states(list(1, "a1", false, { query: "labelSelector=x" }), watch(2, { 3: "+b1" }, { status: 403 }))).toEqual([]);
  });
});
