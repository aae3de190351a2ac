import { describe, expect, it } from "vitest";
import type { CheckContext } from "./check.ts";
import { faultedCalls } from "./faults.ts";

const calls = [1, 2, 3].map((call) => ({ seq: call * 10, t: call * 100, call }));
const hit = (kind: string, call: number) => ({ fault: JSON.stringify({ fault: kind }), hits: [{ seq: call * 10, t: 0, call }] });

describe("calls that a fault hit", () => {
  it("are those of the kinds that are asked for, by arrival", () => {
    const faults = [hit("status", 3), hit("delay", 2), hit("silence", 1)];
    const context = { scenario: { faults }, oracle: { calls } } as unknown as CheckContext;
    expect(faultedCalls(context, ["status", "silence"]).map(({ call }) => call.call)).toEqual([1, 3]);
    expect(faultedCalls(context, ["lose-answer"])).toEqual([]);
  });
});
