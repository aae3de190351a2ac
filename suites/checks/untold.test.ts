import { describe, expect, it } from "vitest";
import type { Oracle } from "../oracle/index.ts";
import { isUntold, settledVerdict, untold } from "./untold.ts";
import { type ControlledVerdict, fail, notApplicable, notTestable, pass } from "./verdict.ts";

const at = (seq: number) => ({ seq, t: seq * 1000 });
const stalls = [
  { ...at(10), ms: 400 },
  { ...at(20), ms: 3000 },
  { ...at(30), ms: 700 },
];
const green = pass({ accepted: at(1), precondition: at(2), outcome: at(3) }, "fine");
const red = fail({ problem: "bad", cases: [{ at: at(4), text: "late" }], consequence: "C.", mend: "M." });
const open = untold("a request was late", stalls);
const other = notTestable("the machine was fine, and nothing came");
const none = notApplicable("it never lists");

describe("what cannot be told of an overloaded machine", () => {
  it("says for how long it was, and when most of all", () => {
    expect(open).toMatchObject({ verdict: "not-testable", evidence: [{ seq: 20, note: "the longest such time, 3 s" }] });
    expect(open.message).toContain("a request was late, and for 4.1 s");
  });

  it.each([
    ["is that alone", open, true],
    ["is no other verdict that is open", other, false],
    ["is no red one, whatever it says", { ...red, message: open.message }, false],
    ["is not one that mentions it", { ...other, message: `nothing came; ${open.message}` }, false],
  ])("%s", (_name, verdict, is) => expect(isUntold(verdict)).toBe(is));
});

/** A check that says this, that by the clock, and the last with as much time again in doubt. */
function settle(says: ControlledVerdict, byTheClock: ControlledVerdict, inDoubt = says, lost = stalls): ControlledVerdict {
  const oracle = { byTheClock: {}, inDoubt: {} } as unknown as Oracle;
  const judgeBy = (by: Oracle) => (by === oracle ? says : by === oracle.byTheClock ? byTheClock : inDoubt);
  return settledVerdict(judgeBy, oracle, lost);
}

describe("a verdict where time was lost", () => {
  it.each<[string, ControlledVerdict, ControlledVerdict, ControlledVerdict]>([
    ["stands where both say the same", red, red, red],
    ["stands where both are green", green, green, green],
    ["stands where it is open for that reason", open, green, open],
    ["is open where it is by the clock", green, open, open],
  ])("%s", (_name, says, byTheClock, settled) => expect(settle(says, byTheClock)).toBe(settled));

  it.each<[string, ControlledVerdict, ControlledVerdict]>([
    ["a pass by the clock, and a failure by the time", red, green],
    ["a failure by the clock, and a pass by the time", green, red],
    ["not applicable by the clock, and a pass by the time", green, none],
    ["not testable by the clock, and a failure by the time", red, other],
  ])("is open where it is %s", (text, says, byTheClock) => {
    const settled = settle(says, byTheClock);
    expect(isUntold(settled)).toBe(true);
    expect(settled.message).toContain(text);
    expect(settled.message).toContain(byTheClock.message);
  });

  it("is open where as much time again would make a failure none", () => {
    const settled = settle(red, red, green);
    expect(isUntold(settled)).toBe(true);
    expect(settled.message).toContain("which as much lost time again would make a pass");
    expect(settle(green, green, red), "a pass stands").toBe(green);
  });

  it("stands where none was", () => expect(settle(red, green, green, [])).toBe(red));
});
