import { describe, expect, it } from "vitest";
import type { ApiRequestRecord } from "../history/types.ts";
import type { CheckContext } from "./check.ts";
import { cutGaps, expiredGaps, listGaps } from "./watch-gaps.ts";

type Told = Pick<ApiRequestRecord, "seq" | "verb"> & { readonly [field: string]: unknown };

const at = (seq: number) => ({ seq, t: seq * 10 });
const list = (seq: number, resourceVersion = "1", namespace?: string): Told => ({
  seq,
  verb: "list",
  ...(namespace !== undefined && { namespace }),
  pages: [{ ...at(seq + 1), more: false, resourceVersion, uids: [], versions: [] }],
  ended: { ...at(seq + 2), status: 200, reason: "complete" },
});
const watch = (seq: number, rest: object = {}): Told => ({ seq, verb: "watch", ...rest });

/** One agent's requests for Pods, observed until seq 30. */
function contextOf(requests: readonly Told[], stale: readonly number[] = []): CheckContext {
  const made = requests.map((request) => ({
    ...at(request.seq),
    req: request.seq,
    resource: "pods",
    path: "/api/v1/pods",
    pages: [],
    events: [],
    ...request,
  }));
  const completeLists = () =>
    made.filter(({ verb }) => verb === "list").map(({ seq, ...one }) => ({ start: at(seq), end: at(seq + 1), ...one }));
  const fault = JSON.stringify({ fault: "api-stale-list" });
  return {
    scenario: { api: { requests: made }, faults: stale.map((req) => ({ fault, hits: [{ ...at(req), req }] })) },
    oracle: { uploadedResources: new Set(["pods"]), startedAt: at(1), observedUntil: at(30), completeLists },
  } as unknown as CheckContext;
}

describe("watches that the peer cut", () => {
  it.each([
    [20, 1],
    [40, 0],
  ])("make a gap only while the agent is observed: at seq %i %i", (seq, number) => {
    const ended = { ...at(seq), status: 200, reason: "server" };
    expect(cutGaps(contextOf([watch(5, { ended }), watch(50)]))).toHaveLength(number);
  });
});

describe("a watch that expired", () => {
  const expired = watch(5, { namespace: "shop", ended: { ...at(6), status: 410, reason: "complete" } });

  it("is followed by a list of its own namespace, and nothing before its first page", () => {
    const [gap] = expiredGaps(contextOf([expired, list(10, "1", "ops"), list(15, "1", "shop")]));
    expect([gap?.began.seq, gap?.next?.seq, gap?.to?.seq]).toEqual([6, 15, 16]);
  });

  it("is followed by none of another namespace", () => {
    const [gap] = expiredGaps(contextOf([expired, list(10, "1", "ops")]));
    expect([gap?.next, gap?.to]).toEqual([undefined, undefined]);
  });
});

describe("a list that a watch follows", () => {
  const from = (requests: readonly Told[], stale: readonly number[] = []) =>
    listGaps(contextOf(requests, stale)).map((gap) => gap.from.seq);

  it("has what was before its first page", () => {
    expect(from([list(10), watch(20)])).toEqual([11]);
  });

  it("that is given again as it was has what was before the same list was given first", () => {
    expect(from([list(3, "1"), watch(6), list(10, "2"), watch(13), list(16, "2"), watch(20)], [16])).toEqual([4, 11, 11]);
  });

  it("that is given again twice has what was before the one that was of its time", () => {
    expect(from([list(3, "2"), watch(6), list(10, "2"), watch(13), list(16, "2"), watch(20)], [10, 16])).toEqual([4, 4, 4]);
  });
});
