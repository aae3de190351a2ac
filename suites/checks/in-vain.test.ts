import { describe, expect, it } from "vitest";
import type { ApiRequestRecord } from "../history/types.ts";
import { askedInVain } from "./in-vain.ts";
import type { Gap } from "./watch-gaps.ts";

const cut = request(1, {
  verb: "watch",
  path: "/api/v1/pods?watch=true",
  ended: { seq: 10, t: 10, status: 200, reason: "fault" },
});

function request(seq: number, fields: Partial<ApiRequestRecord>): ApiRequestRecord {
  return {
    seq,
    t: seq,
    req: seq,
    method: "GET",
    verb: "list",
    path: "/api/v1/pods",
    resource: "pods",
    pages: [],
    events: [],
    ...fields,
  };
}

function refused(seq: number, status: number, fields: Partial<ApiRequestRecord> = {}, reason = "complete") {
  return request(seq, { ended: { seq: seq + 1, t: seq + 1, status, reason }, ...fields });
}

function gap(fields: Partial<Gap> = {}): Gap {
  return { resource: "pods", by: cut, began: { seq: 10, t: 10 }, from: { seq: 1, t: 1 }, ...fields };
}

describe("what was asked in vain", () => {
  it("is nothing where nothing was asked, or all was given", () => {
    expect(askedInVain([cut], gap())).toBe("");
    expect(askedInVain([cut, request(12, {}), refused(14, 200)], gap())).toBe("");
  });

  it("counts what was refused of the resource within the gap, and names the last", () => {
    const asked = [
      refused(8, 403),
      refused(12, 403),
      refused(14, 500, { verb: "watch" }),
      refused(16, 403, { resource: "nodes" }),
      refused(18, 403, { verb: "get" }),
      refused(22, 403),
    ];
    expect(askedInVain(asked, gap({ next: request(20, {}) }))).toBe(
      "; 2 requests for it came to nothing, the last of them API request 14 (watch pods, 500, seq 14)",
    );
    expect(askedInVain(asked, gap())).toContain("; 3 requests for it came to nothing, the last of them API request 22");
  });

  it("says how to list where the server waited for a revision that others moved", () => {
    const path = "/api/v1/pods?resourceVersion=1343";
    expect(askedInVain([refused(12, 504, { path })], gap())).toMatch(/seq 12\)\. The API server's cache .* list without one$/);
    const others = [
      refused(12, 504, { path: "/api/v1/pods?limit=500" }),
      refused(12, 504, { path: "/api/v1/pods?resourceVersion=0" }),
      refused(12, 504, { path, verb: "watch" }),
      refused(12, 503, { path }),
      refused(12, 504, { path }, "fault"),
    ];
    for (const other of others) expect(askedInVain([other], gap())).toMatch(/seq 12\)$/);
  });
});
