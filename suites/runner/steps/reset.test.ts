import { expect, it } from "vitest";
import { budgetsFor } from "../../budgets.ts";
import type { ScenarioHistory } from "../../history/types.ts";
import type { Stage } from "../stage.ts";
import { resetUntilAsked } from "./reset.ts";

/** A story whose agent sends these requests, one after each reset: an entries hash, or none for a heartbeat. */
function stageWith(sent: readonly (string | undefined)[]): { readonly stage: Stage; readonly resets: () => number } {
  const calls: object[] = [{ seq: 1, entriesHash: "held", entries: [], answer: {} }];
  const resets: { seq: number }[] = [];
  const scenario = { api: { objects: new Map() }, calls, resets, steps: [], agent: { lives: [] } } as unknown as ScenarioHistory;
  const listeners = new Set<() => void>();
  const history = {
    scenario: () => scenario,
    stalledMs: () => 0,
    onChange(_tenant: string, listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const mock = {
    reset() {
      const seq = calls.length + resets.length + 1;
      const index = resets.push({ seq }) - 1;
      if (index >= sent.length) return;
      const entriesHash = sent[index];
      calls.push({ seq: seq + 1, answer: {}, ...(entriesHash === undefined ? {} : { entriesHash, entries: [] }) });
      for (const listener of listeners) listener();
    },
  };
  const budgets = { ...budgetsFor(1_000), heartbeat: 1, staleness: 1 };
  const stage = { tenant: "a", history, mock, budgets, signal: new AbortController().signal };
  return { stage: stage as unknown as Stage, resets: () => resets.length };
}

it.each([
  ["a heartbeat", [undefined], 1, { satisfied: true }],
  ["all entries, which it sends always", ["held"], 1, { satisfied: true }],
  ["a change, and then a heartbeat", ["changed", undefined], 2, { satisfied: true }],
  ["two changes, and then a heartbeat", ["changed", "again", undefined], 3, { satisfied: true }],
  ["nothing", [], 1, { satisfied: false }],
  ["a change, and then nothing", ["changed"], 2, { satisfied: false }],
  [
    "nothing but changes",
    ["1", "2", "3", "4", "5", "6"],
    5,
    { satisfied: false, note: expect.stringMatching(/after each of 5 restarts/) as string },
  ],
])("forgets until it is the server that asks: the agent sends %s", async (_name, sent, times, outcome) => {
  const { stage, resets } = stageWith(sent);
  expect(await resetUntilAsked(stage)).toMatchObject(outcome);
  expect(resets()).toBe(times);
});
