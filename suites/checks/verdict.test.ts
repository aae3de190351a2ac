import { describe, expect, it } from "vitest";
import { fail, notApplicable, notTestable, pass, passByControl } from "./verdict.ts";
import { throughout } from "./proof.ts";
import type { CheckContext } from "./check.ts";

const at = (seq: number) => ({ seq, t: seq * 10 });
const cases = (...seqs: readonly number[]) => seqs.map((seq) => ({ at: at(seq), text: `case ${seq}` }));
const failure = { problem: "it is wrong", consequence: "It is lost.", mend: "Mend it." };

describe("a pass", () => {
  it("names request, situation and outcome, with what they are", () => {
    const verdict = pass({ accepted: at(3), precondition: at(4), outcome: at(9) }, "fine");
    expect(verdict).toMatchObject({ verdict: "pass", message: "fine", durationMs: 50 });
    expect(verdict.evidence).toEqual([
      { seq: 3, note: "an accepted request of the agent" },
      { seq: 4, note: "precondition" },
      { seq: 9, note: "outcome" },
    ]);
    const told = pass(
      { accepted: { ...at(3), note: "a" }, precondition: { ...at(4), note: "b" }, outcome: { ...at(4), note: "c" } },
      "",
    );
    expect(told.evidence.map(({ note }) => note)).toEqual(["a", "b", "c"]);
    expect(told.durationMs).toBe(0);
  });

  it("by a control run has the situation behind it", () => {
    const verdict = passByControl({ control: at(3), precondition: at(3), outcome: at(3) }, "fine");
    expect(verdict).toMatchObject({ verdict: "pass", message: "fine" });
    expect(verdict.evidence[0]).toEqual({ seq: 3, note: "an accepted request of the control run" });
    const own = passByControl({ control: { ...at(3), note: "own" }, precondition: at(4), outcome: at(5) }, "");
    expect(own.evidence[0]).toEqual({ seq: 3, note: "own" });
    expect(() => passByControl({ control: at(4), precondition: at(3), outcome: at(5) }, "")).toThrow("before the control run");
    expect(() => passByControl({ control: at(1), precondition: at(3), outcome: at(2) }, "")).toThrow("before its precondition");
  });
});

describe("a failure", () => {
  it("tells its cases, what comes of them and how to mend it", () => {
    expect(fail({ ...failure, cases: cases(2, 7) })).toEqual({
      verdict: "fail",
      message: "it is wrong: case 2; case 7. It is lost. Mend it.",
      evidence: [
        { seq: 2, note: "case 2" },
        { seq: 7, note: "case 7" },
      ],
      durationMs: 50,
    });
  });

  it("counts what it does not tell, and lasts over all cases", () => {
    const { message, evidence, durationMs } = fail({ ...failure, cases: cases(1, 2, 3, 4, 5, 6, 8) });
    expect(message).toContain("case 5; and 2 more. It is lost.");
    expect(evidence.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(durationMs).toBe(70);
    expect(fail({ ...failure, cases: cases(1, 2, 3, 4, 5) }).message).not.toContain("more");
  });

  it("stands without a case, and lasts no negative time", () => {
    expect(fail({ ...failure, cases: [] })).toMatchObject({ evidence: [], durationMs: 0 });
    expect(fail({ ...failure, cases: cases(7, 2) }).durationMs).toBe(0);
  });
});

describe("what is neither", () => {
  it("says why, with evidence where there is some", () => {
    expect(notTestable("open")).toEqual({ verdict: "not-testable", message: "open", evidence: [], durationMs: 0 });
    expect(notApplicable("no")).toEqual({ verdict: "not-applicable", message: "no", evidence: [], durationMs: 0 });
    expect(notTestable("open", [{ seq: 1, note: "a" }]).evidence).toEqual([{ seq: 1, note: "a" }]);
    expect(notApplicable("no", [{ seq: 1, note: "a" }]).evidence).toEqual([{ seq: 1, note: "a" }]);
  });
});

describe("the proof of what holds at all times", () => {
  const context = (accepted: readonly number[], calls: readonly number[]) =>
    ({ oracle: { accepted: accepted.map(at), calls: calls.map(at) } }) as unknown as CheckContext;

  it("reaches from the first accepted request to the last one, or the one that is given", () => {
    expect(throughout(context([3, 5], [1, 3, 5, 8]))).toEqual({
      accepted: at(3),
      precondition: { ...at(3), note: "the first accepted request" },
      outcome: { ...at(8), note: "the last one that could have broken it" },
    });
    expect(throughout(context([3], [3, 8]), at(6)).outcome).toMatchObject(at(6));
  });

  it("does not end before it begins", () => {
    expect(throughout(context([3], [1, 3]), at(1)).outcome).toMatchObject(at(3));
  });

  it("is none where nothing was accepted", () => {
    expect(() => throughout(context([], [1]))).toThrow("nothing was accepted");
    expect(() => throughout(context([1], []))).toThrow("nothing was accepted");
  });
});
