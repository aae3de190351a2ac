import { describe, expect, it } from "vitest";
import { type ApiActor, createApiActor } from "./api-actor.ts";

/** What an agent does, and what comes of it. */
type Row = readonly [name: string, act: (actor: ApiActor) => void, verdict: string, text: string];

/** Cases of one requirement in one scenario, each of which begins with an agent that has uploaded everything. */
export function table(id: string, scenario: string, rows: readonly Row[], start: Parameters<ApiActor["start"]>[0] = {}): void {
  describe(`${id} in ${scenario}`, () => {
    it.each(rows)("%s", (_name, act, verdict, text) => {
      const actor = createApiActor(scenario, id);
      actor.start(start);
      act(actor);
      const judged = actor.judge();
      expect(judged).toMatchObject({ verdict, message: expect.stringContaining(text) as string });
      if (verdict === "pass") expect(judged.evidence).toHaveLength(3);
    });
  });
}
