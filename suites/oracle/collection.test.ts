import { describe, expect, it } from "vitest";
import type { ApiRequestRecord } from "../history/types.ts";
import { readCollections } from "./collection.ts";

const settledAt = (arrival: number) => arrival - 5_000;
const at = (t: number) => ({ seq: t, t });

interface Asked {
  readonly verb?: "list" | "watch" | "get";
  /** Default: Pods; null: none. */
  readonly resource?: null;
  readonly t: number;
  readonly until?: number;
  readonly query?: string;
  readonly namespace?: string;
  readonly more?: boolean;
  readonly events?: readonly number[];
  readonly status?: number;
  readonly bookmark?: number;
}

function request({
  verb = "list",
  resource,
  t,
  until,
  query = "",
  namespace,
  more = false,
  events = [],
  status = 200,
  bookmark,
}: Asked): ApiRequestRecord {
  return {
    ...at(t),
    req: t,
    method: "GET",
    verb,
    path: `/api/v1/pods?${query}`,
    ...(resource === null ? {} : { resource: "pods" }),
    ...(namespace === undefined ? {} : { namespace }),
    pages:
      verb !== "watch" && until !== undefined && status === 200
        ? [{ ...at(until), more, resourceVersion: "1", uids: [], versions: [] }]
        : [],
    events: [
      ...events.map((time) => ({ ...at(time), type: "ADDED" })),
      ...(bookmark === undefined ? [] : [{ ...at(bookmark), type: "BOOKMARK", initialEventsEnd: true }]),
    ],
    ...(until === undefined ? {} : { ended: { ...at(until), status, reason: "complete" } }),
  };
}

const startOf = (asked: readonly Asked[], arrival: number, namespace?: string) =>
  readCollections(asked.map(request), at(100), settledAt).startOf("pods", namespace, at(arrival));

const first: Asked = { t: 1_000, until: 1_100 };
const watch: Asked = { verb: "watch", t: 1_200, query: "watch=1&resourceVersion=7" };

describe("the start of a collection", () => {
  it.each([
    ["that was never listed: the agent's start", [], 2_000, 100],
    ["just listed: the start of that list", [first], 1_500, 1_000],
    ["listed and watched, soon after: still the list", [first, watch], 1_500, 1_000],
    ["watched for long: the staleness budget before", [first, watch], 20_000, 15_000],
    [
      "polled: the last list that is complete for a staleness budget",
      [first, { t: 9_000, until: 9_100 }, { t: 18_000, until: 18_100 }],
      20_000,
      9_000,
    ],
    [
      "watched until the watch was cut lately: its last event",
      [first, { ...watch, until: 17_000, events: [3_000, 8_000] }],
      20_000,
      8_000,
    ],
    ["cut long ago and not listed since: its last event", [first, { ...watch, until: 9_000, events: [3_000] }], 20_000, 3_000],
    [
      "cut and watched again in time: the staleness budget before",
      [first, { ...watch, until: 9_000 }, { ...watch, t: 9_100 }],
      20_000,
      15_000,
    ],
    ["refused a watch: the list alone", [first, { ...watch, until: 1_300, status: 403 }], 20_000, 1_000],
    [
      "listed in pages: the start of the first page",
      [
        { t: 1_000, until: 1_100, more: true },
        { t: 1_200, until: 1_300, query: "continue=x" },
      ],
      2_000,
      1_000,
    ],
    ["listed in part: the agent's start", [{ t: 1_000, until: 1_100, more: true }], 2_000, 100],
    ["listed by a selector: the agent's start", [{ ...first, query: "labelSelector=a%3Db" }], 2_000, 100],
    ["got, and not listed: the agent's start", [{ ...first, verb: "get" }], 2_000, 100],
    ["listed on from a page that was not asked for: the agent's start", [{ ...first, query: "continue=x" }], 2_000, 100],
    [
      "listed while a longer list went on: the start of the one that ended last",
      [
        { t: 1_000, until: 9_000 },
        { t: 2_000, until: 3_000 },
      ],
      20_000,
      1_000,
    ],
    [
      "listed on after the last page: the start of that list",
      [
        { t: 1_000, until: 1_100 },
        { t: 9_000, until: 9_100 },
        { t: 9_200, until: 9_300, query: "continue=x" },
      ],
      12_000,
      1_000,
    ],
    ["watched from its whole state on: the start of the watch", [{ ...watch, query: "watch=1" }], 2_000, 1_200],
    ["watched for less than the staleness budget: the list", [first, { ...watch, t: 17_000 }], 20_000, 1_000],
    [
      "watched until the watch was cut later: the staleness budget before",
      [first, { ...watch, until: 25_000, events: [3_000] }],
      20_000,
      15_000,
    ],
    [
      "streamed to its bookmark: the start of the stream",
      [{ verb: "watch", t: 1_000, query: "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan", bookmark: 1_400 }],
      2_000,
      1_000,
    ],
    [
      "streamed and not at its bookmark: the agent's start",
      [{ verb: "watch", t: 1_000, query: "watch=1&sendInitialEvents=true" }],
      2_000,
      100,
    ],
  ] satisfies [string, Asked[], number, number][])("of a kind %s", (_name, asked, arrival, start) => {
    expect(startOf(asked, arrival)).toBe(start);
  });

  it("counts a namespace's list for that namespace alone", () => {
    const asked = [{ ...first, namespace: "shop" }];
    expect(startOf(asked, 2_000, "shop")).toBe(1_000);
    expect(startOf(asked, 2_000, "ops")).toBe(100);
    expect(startOf([first], 2_000, "shop")).toBe(1_000);
    expect(startOf([first, { ...watch, namespace: "shop" }], 20_000, "shop")).toBe(15_000);
    expect(startOf([first, { ...watch, namespace: "shop" }], 20_000, "ops")).toBe(1_000);
  });

  it("knows what was asked for and never listed to its end", () => {
    const unlisted = (asked: readonly Asked[]) => readCollections(asked.map(request), at(0), settledAt).unlistedAt(at(2_000));
    expect(unlisted([{ t: 1_000, until: 1_100, more: true }])).toEqual(["pods"]);
    expect(unlisted([first])).toEqual([]);
    expect(unlisted([{ ...first, until: 3_000 }])).toEqual(["pods"]);
    expect(unlisted([{ t: 3_000, until: 3_100 }])).toEqual([]);
    expect(unlisted([{ t: 3_000, until: 3_100, more: true }])).toEqual([]);
    expect(unlisted([{ t: 1_000, until: 1_100, more: true, resource: null }])).toEqual([]);
    expect(unlisted([{ t: 1_000, verb: "get" }])).toEqual([]);
    expect(unlisted([{ t: 1_000, verb: "watch", query: "watch=1&sendInitialEvents=true" }])).toEqual(["pods"]);
  });
});

describe("the complete lists", () => {
  const listsOf = (asked: readonly Asked[]) => readCollections(asked.map(request), at(0), settledAt).lists;

  it("are those of a resource, each of which counts once", () => {
    expect(listsOf([{ ...first, resource: null }])).toEqual([]);
    expect(listsOf([first, { t: 2_000, until: 2_100, query: "continue=x" }])).toHaveLength(1);
  });
});
