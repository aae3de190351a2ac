import { describe, expect, it } from "vitest";
import type { CheckContext } from "./check.ts";
import { largeListsInPages, pagesReadToTheLast } from "./paging.ts";

interface Told {
  readonly seq: number;
  readonly query: string;
  /** Its page is not the last. */
  readonly more?: boolean;
  readonly namespace?: string;
}

const at = (seq: number) => ({ seq, t: seq * 10 });

/** One agent's lists of Pods, and the snapshots that it sent. */
function contextOf(lists: readonly Told[], uploads: readonly number[]): CheckContext {
  const requests = lists.map(({ seq, query, more = false, namespace }) => ({
    ...at(seq),
    req: seq,
    verb: "list",
    resource: "pods",
    path: `/api/v1/pods?${query}`,
    ...(namespace !== undefined && { namespace }),
    pages: [{ ...at(seq + 1), more, resourceVersion: "1", uids: [], versions: [] }],
    events: [],
  }));
  return {
    scenario: { api: { requests, objects: new Map() }, faults: [], agent: { lives: [] } },
    plan: { budgets: { staleness: 5000 } },
    oracle: {
      uploadedResources: new Set(["pods"]),
      uploads: uploads.map((seq) => ({ call: at(seq), snapshot: {} })),
      accepted: [at(uploads[0] ?? 0)],
      lives: [],
      startedAt: at(1),
      observedUntil: at(99),
      completeLists: () => [],
      time: { after: (t: number, ms: number) => t + ms },
    },
  } as unknown as CheckContext;
}

const begun: Told = { seq: 10, query: "limit=2", more: true, namespace: "shop" };
const readOn: Told = { seq: 30, query: "limit=2&continue=x", namespace: "shop" };

describe("a list that is read on", () => {
  it.each<[string, readonly Told[], readonly number[], string]>([
    ["is whole before a snapshot", [begun, readOn], [50], "pass"],
    [
      "is whole, though another namespace is listed in between",
      [begun, { seq: 20, query: "limit=2", namespace: "ops" }, readOn],
      [50],
      "pass",
    ],
    [
      "is whole, though one object is asked for in between",
      [begun, { seq: 20, query: "limit=2&fieldSelector=metadata.name%3Dx", namespace: "shop" }, readOn],
      [50],
      "pass",
    ],
    ["shows nothing by a snapshot before its last page", [begun, readOn], [25], "not-testable"],
  ])("%s", (_name, lists, uploads, verdict) => {
    expect(pagesReadToTheLast.run(contextOf(lists, uploads)).verdict).toBe(verdict);
  });
});

describe("the list that is asked for first", () => {
  it("is not one of some objects", () => {
    const some: Told = { seq: 5, query: "fieldSelector=metadata.name%3Dx" };
    expect(largeListsInPages.run(contextOf([some, begun], [50])).verdict).toBe("pass");
    expect(largeListsInPages.run(contextOf([{ seq: 5, query: "" }, begun], [50])).verdict).toBe("fail");
  });
});
