import { expect, it } from "vitest";
import { budgetsFor } from "../../budgets.ts";
import type { ScenarioHistory } from "../../history/types.ts";
import type { Stage } from "../stage.ts";
import { resetUntilAsked } from "./reset.ts";

/** Between two resets there is far more time than anything is news for. */
const LATER = 1_000;

/** Of the first request after a reset: an entries hash, or none for a heartbeat, and what happens while entries are asked for. */
type Sent = string | undefined | { readonly writing: boolean };

/** A story whose agent sends these requests, one after each reset. */
function stageWith(sent: readonly Sent[]): { readonly stage: Stage; readonly resets: () => number } {
  const pod = { uid: "pod", resource: "pods", forms: [{ seq: 0, t: 0 }] };
  const entries = [{ objects: [{ metadata: { uid: "pod" } }] }];
  const calls: object[] = [{ seq: 2, t: 2, entriesHash: "held", entries, answer: {} }];
  const resets: { seq: number }[] = [];
  const scenario = {
    api: { objects: new Map([[pod.uid, pod]]) },
    calls,
    resets,
    steps: [{ began: { seq: 1 } }],
    agent: { lives: [] },
  } as unknown as ScenarioHistory;
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
      const seq = 10 * (resets.length + 1);
      const index = resets.push({ seq }) - 1;
      if (index >= sent.length) return;
      const what = sent[index];
      const t = LATER * seq;
      if (typeof what === "string") calls.push({ seq: seq + 1, t, answer: {}, entriesHash: what, entries });
      else {
        calls.push({ seq: seq + 1, t, answer: {} });
        if (what?.writing) pod.forms.push({ seq: seq + 2, t: t + 1 });
        calls.push({ seq: seq + 3, t: t + 2, answer: {}, entriesHash: "held", entries });
      }
      for (const listener of listeners) listener();
    },
  };
  const budgets = { ...budgetsFor(1_000), heartbeat: 1, staleness: 1, echo: 1 };
  const stage = { tenant: "a", history, mock, budgets, signal: new AbortController().signal };
  return { stage: stage as unknown as Stage, resets: () => resets.length };
}

it.each([
  ["a heartbeat, and all entries", [undefined], 1, { satisfied: true }],
  ["all entries, which it sends always", ["held"], 1, { satisfied: true }],
  ["a change, and then a heartbeat", ["changed", undefined], 2, { satisfied: true }],
  ["two changes, and then a heartbeat", ["changed", "again", undefined], 3, { satisfied: true }],
  ["a heartbeat, and something is written before all entries come", [{ writing: true }, undefined], 2, { satisfied: true }],
  [
    "a heartbeat each time that something is written",
    Array.from({ length: 6 }, (): Sent => ({ writing: true })),
    5,
    { satisfied: true },
  ],
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
