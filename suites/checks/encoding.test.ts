import { describe, expect, it } from "vitest";
import { findTarget } from "../../server-mock/contract/index.ts";
import type { FindingCode } from "../../server-mock/ingest/index.ts";
import type { CheckContext } from "./check.ts";
import { contentTrouble } from "./encoding.ts";
import { findCheck } from "./registry.ts";

const IDS = ["KAS-ENC-1", "KAS-ENC-2", "KAS-ENC-3", "KAS-ENC-4", "KAS-ENC-5"];

/** Which requirement each finding of ingest breaks; none: it is another area's. */
const broken: Readonly<Record<FindingCode, string | undefined>> = {
  "not-a-message": "KAS-ENC-1",
  empty: "KAS-ENC-1",
  gzip: "KAS-ENC-1",
  "raw-deflate": "KAS-ENC-1",
  plain: "KAS-ENC-1",
  "not-zlib": "KAS-ENC-1",
  truncated: "KAS-ENC-1",
  checksum: "KAS-ENC-1",
  "preset-dictionary": "KAS-ENC-1",
  corrupt: "KAS-ENC-1",
  "too-large": "KAS-ENC-1",
  "trailing-bytes": "KAS-ENC-2",
  "byte-order-mark": "KAS-ENC-3",
  "not-utf8": "KAS-ENC-3",
  "empty-text": "KAS-ENC-3",
  "not-json": "KAS-ENC-3",
  "too-deep": "KAS-ENC-3",
  "several-documents": "KAS-ENC-3",
  array: "KAS-ENC-4",
  list: "KAS-ENC-4",
  scalar: "KAS-ENC-4",
  "info-used": "KAS-ENC-5",
  "no-type": undefined,
  "unknown-type": undefined,
  "kind-mismatch": undefined,
};

/** One accepted snapshot, of which the second entry has these findings. */
function contextOf(codes: readonly string[], { unreadable = false, target = "v7.1", offsetIn = "text" } = {}): CheckContext {
  const call = { seq: 4, t: 40, call: 2, version: 7n };
  const reading = { type: "*v1.Pod", findings: codes.map((code) => ({ code, problem: `it is ${code}`, offset: 12, offsetIn })) };
  const entries = [{ findings: [] }, reading];
  const upload = { call, snapshot: { entries, unreadable: unreadable ? [{ entry: 1, reading }] : [] } };
  const oracle = { accepted: [call], calls: [call], uploads: [upload], distinctUploads: [upload] };
  return { oracle, target: findTarget(target) } as unknown as CheckContext;
}

const red = (context: CheckContext) => IDS.filter((id) => findCheck(id)?.run(context).verdict === "fail");

describe("what is found in an entry", () => {
  it.each(Object.entries(broken))("%s breaks %s", (code, id) => {
    expect(red(contextOf([code]))).toEqual(id === undefined ? [] : [id]);
  });

  it("is told with its place", () => {
    expect(findCheck("KAS-ENC-3")?.run(contextOf(["not-json"])).message).toContain(
      "request seq 4 (call 2, version 7), entry 1 (*v1.Pod): it is not-json at byte 12 of the inflated text",
    );
    const stream = contextOf(["gzip"], { offsetIn: "compressed_info" });
    expect(findCheck("KAS-ENC-1")?.run(stream).message).toContain("at byte 12 of compressed_info");
  });

  it("is no matter where the target reads that shape", () => {
    expect(red(contextOf(["array"], { target: "document" }))).toEqual([]);
    expect(red(contextOf(["scalar"], { target: "document" }))).toEqual(["KAS-ENC-4"]);
  });

  it("passes where there is nothing, on all snapshots", () => {
    expect(findCheck("KAS-ENC-1")?.run(contextOf([]))).toMatchObject({
      verdict: "pass",
      message: "2 entries in 1 snapshot: all whole zlib streams",
      evidence: [{ seq: 4 }, { seq: 4 }, { seq: 4 }],
    });
  });
});

describe("contentTrouble", () => {
  it("is none where everything can be read", () => {
    expect(contentTrouble(contextOf(["array"]))).toBe(undefined);
  });

  it.each([
    [["not-json"], "KAS-ENC-3"],
    [["no-type", "not-json"], "KAS-ENC-3"],
    [["info-used"], "KAS-ENC-5"],
    [["trailing-bytes", "not-json"], "KAS-ENC-2"],
    [["unknown-type"], "KAS-ENC-1"],
    [[], "KAS-ENC-1"],
  ])("is blamed for %j on %s", (codes, id) => {
    expect(contentTrouble(contextOf(codes, { unreadable: true }))).toMatchObject({ id, seq: 4 });
  });

  it("names the entry and what is wrong with it", () => {
    expect(contentTrouble(contextOf(["gzip"], { unreadable: true }))?.text).toContain("entry 1 cannot be read (it is gzip)");
    expect(contentTrouble(contextOf([], { unreadable: true }))?.text).toContain("(no object in it)");
  });
});

describe("the checks of encoding", () => {
  it.each([
    ["KAS-ENC-1", false],
    ["KAS-ENC-2", true],
    ["KAS-ENC-3", true],
    ["KAS-ENC-4", true],
    ["KAS-ENC-5", false],
  ])("%s reads content: %s", (id, reads) => {
    expect(findCheck(id)?.readsContent).toBe(reads);
  });
});
