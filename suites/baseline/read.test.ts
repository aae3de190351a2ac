import { describe, expect, it } from "vitest";
import { readBaseline } from "./read.ts";

const ENTRY = "id: KAS-SNAP-3\n    reason: r\n    owner: o\n    expires: 2026-12-31";

describe("readBaseline", () => {
  it("reads both lists, and takes either for empty", () => {
    const text = `version: 1\nexpected:\n  - ${ENTRY}\nflaky:\n  - ${ENTRY.replace("SNAP-3", "ECHO-1")}\n    repeat: 5\n`;
    const { expected, flaky } = readBaseline(text, "b.yaml");
    expect(expected).toEqual([{ id: "KAS-SNAP-3", reason: "r", owner: "o", expires: "2026-12-31" }]);
    expect(flaky).toEqual([{ id: "KAS-ECHO-1", reason: "r", owner: "o", expires: "2026-12-31", repeat: 5 }]);
    expect(readBaseline("version: 1", "b.yaml")).toEqual({ expected: [], flaky: [] });
  });

  it.each([
    ["expected: []", "version is missing"],
    ["version: 2", "version is 2; it must be 1"],
    [`version: 1\nexpected:\n  - ${ENTRY.replace("reason: r", "reason: ''")}`, 'b.yaml:4: expected[0].reason is ""'],
    [`version: 1\nexpected:\n  - ${ENTRY.replace("owner: o", "scenario: s")}`, "expected[0].owner is missing"],
    [`version: 1\nexpected:\n  - ${ENTRY.replace("2026-12-31", "2026-02-30")}`, "b.yaml:6: 2026-02-30 is no day"],
    [`version: 1\nexpected:\n  - ${ENTRY.replace("KAS-SNAP-3", "SNAP-3")}`, "the id of a requirement such as KAS-SNAP-3"],
    [`version: 1\nflaky:\n  - ${ENTRY}`, "flaky[0].repeat is missing"],
    [`version: 1\nflaky:\n  - ${ENTRY}\n    repeat: 1`, "at least 2"],
    [`version: 1\nexpected:\n  - ${ENTRY}\n    clusters: [eks]`, 'one of "embedded", "envtest", "kind", "kubeconfig"'],
    [`version: 1\nexpected:\n  - ${ENTRY}\n  - ${ENTRY}`, "b.yaml:7: KAS-SNAP-3 is listed already, in line 3"],
    [`version: 1\nexpected:\n  - ${ENTRY}\n    scenario: a\nflaky:\n  - ${ENTRY}\n    repeat: 2`, "is listed already"],
  ])("refuses %j", (text, problem) => {
    expect(() => readBaseline(text, "b.yaml")).toThrow(problem);
  });

  it("takes two entries of one id that can never meet", () => {
    const one = (more: string) => `  - ${ENTRY}\n    ${more}\n`;
    const text = `version: 1\nexpected:\n${one("scenario: a")}${one("scenario: b")}${one("scenario: c\n    targets: [v6.1]")}${one("scenario: c\n    targets: [v7.1]")}`;
    expect(readBaseline(text, "b.yaml").expected).toHaveLength(4);
  });
});
