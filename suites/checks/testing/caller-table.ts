import { describe, expect, it } from "vitest";
import { type Caller, type CallerOptions, createCaller } from "./caller.ts";

/** What the agent does, and what is to be said of it. */
export type CallerRow = readonly [name: string, act: (caller: Caller) => void, verdict: string, text: string];

/** A test for each row: the agent starts, acts, and is judged for one requirement. A pass shows its three seqs. */
export function callerTable(id: string, scenario: string, rows: readonly CallerRow[], options: CallerOptions = {}): void {
  describe(`${id} in ${scenario}`, () => {
    it.each(rows)("%s", (_name, act, verdict, text) => {
      const caller = createCaller(scenario, id, options);
      caller.start();
      act(caller);
      const judged = caller.judge();
      expect(judged).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
      // A failure says what is wrong, what comes of it and how to mend it.
      expect(judged.message).not.toContain("undefined");
      if (verdict !== "pass") return;
      const [, precondition, outcome] = judged.evidence.map(({ seq }) => seq);
      expect(judged.evidence).toHaveLength(3);
      expect(outcome).toBeGreaterThanOrEqual(precondition ?? Infinity);
    });
  });
}
