import { describe, expect, it } from "vitest";
import { faultTexts } from "./faults.ts";
import { sampleResults } from "./sample.contract.ts";

const fault = (fired: boolean, rest: object = {}) => ({
  scripted: '{"fault":"drop"}',
  fired,
  scenario: "a",
  hits: fired ? 1 : 0,
  ...rest,
});

describe("faultTexts", () => {
  it("tells the user's faults and those that never fired, and not the stories' own", () => {
    const given = [fault(true, { given: true }), fault(true), fault(false, { scenario: "b" })];
    expect(faultTexts(sampleResults([], { faults: given }))).toEqual([
      '{"fault":"drop"} in a: hit once',
      '{"fault":"drop"} in b: never fired, so that what it was for could not be tested',
    ]);
  });

  it("sums up a scenario that was told several times", () => {
    const given = [1, 2, 3].map((n) => fault(true, { given: true, scenario: `a#${n}` }));
    expect(faultTexts(sampleResults([], { faults: given }))).toEqual(['{"fault":"drop"} in a (3 times told): hit 3 times']);
  });

  it("knows the results of older versions", () => {
    expect(faultTexts(sampleResults([], { faults: [{ scripted: "x", fired: false }] }))).toHaveLength(1);
  });
});
