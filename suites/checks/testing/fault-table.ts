import { describe, expect, it } from "vitest";
import { createFaultActor, type FaultActor } from "./fault-actor.ts";

/** What an agent does and meets, and what comes of it. */
type Row = readonly [name: string, act: (actor: FaultActor) => void, verdict: string, text: string];

/** Cases of one requirement in one scenario, each of which begins with an agent that has uploaded everything. */
export function table(id: string, scenario: string, rows: readonly Row[]): void {
  describe(`${id} in ${scenario}`, () => {
    it.each(rows)("%s", (_name, act, verdict, text) => {
      const actor = createFaultActor(scenario, id);
      actor.start();
      actor.upload(1n);
      act(actor);
      const judged = actor.judge();
      expect(judged).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
      if (verdict === "pass") expect(judged.evidence).toHaveLength(3);
    });
  });
}
