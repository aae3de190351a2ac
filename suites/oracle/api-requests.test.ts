import { describe, expect, it } from "vitest";
import type { ApiRequestRecord } from "../history/types.ts";
import { isSelective, isWatchRequest, queryOf } from "./api-requests.ts";

const request = (rest: Partial<ApiRequestRecord>) =>
  ({ verb: "watch", resource: "pods", path: "/x", ...rest }) as ApiRequestRecord;
const ended = (status: number) => ({ ended: { seq: 1, t: 1, status, reason: "x" } }) as Partial<ApiRequestRecord>;

describe("a watch", () => {
  it.each<[string, Partial<ApiRequestRecord>, boolean]>([
    ["that is open", {}, true],
    ["that ended after an answer", ended(200), true],
    ["that was redirected", ended(399), true],
    ["that was refused", ended(400), false],
    ["that was never answered", ended(0), false],
    ["of no resource", { resource: undefined } as unknown as Partial<ApiRequestRecord>, false],
    ["that is a list", { verb: "list" }, false],
  ])("%s", (_name, rest, isOne) => expect(isWatchRequest(request(rest))).toBe(isOne));
});

describe("the query of a request", () => {
  it.each([
    ["/api/v1/pods?limit=500&continue=a", "limit=500&continue=a"],
    ["/api/v1/pods?fieldSelector=a?b", "fieldSelector=a%3Fb"],
    ["/api/v1/pods", ""],
    ["?limit=1", "limit=1"],
  ])("%s", (path, query) => expect(queryOf(request({ path })).toString()).toBe(query));

  it.each([
    ["labelSelector=app", true],
    ["fieldSelector=metadata.name%3Da", true],
    ["labelSelector=&fieldSelector=", false],
    ["limit=500", false],
  ])("%s selects: %s", (query, selects) => expect(isSelective(request({ path: `/x?${query}` }))).toBe(selects));
});
