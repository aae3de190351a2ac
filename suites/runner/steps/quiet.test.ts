import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { budgetsFor } from "../../budgets.ts";
import type { ScenarioHistory } from "../../history/types.ts";
import type { Stage } from "../stage.ts";
import { rest } from "./quiet.ts";

/** A story whose first step began at line 10, and whose agent has uploaded one pod, written at these lines. */
function stageWith(forms: readonly number[]): { readonly stage: Stage; readonly write: (seq: number) => void } {
  const pod = { uid: "u", resource: "pods", name: "p", forms: forms.map((seq) => ({ seq })) };
  const entries = [{ objects: [{ metadata: { uid: "u" } }] }];
  const scenario = {
    api: { objects: new Map([["u", pod]]) },
    calls: [{ entriesHash: "h", entries }],
    steps: [{ began: { seq: 10 } }],
    agent: { lives: [] },
  } as unknown as ScenarioHistory;
  let tell = () => {};
  const history = {
    scenario: () => scenario,
    stalledMs: () => 0,
    onChange(_tenant: string, listener: () => void) {
      tell = listener;
      return () => {};
    },
  };
  const stage = { tenant: "a", history, budgets: budgetsFor(1_000), signal: new AbortController().signal };
  return {
    stage: stage as unknown as Stage,
    write(seq) {
      pod.forms.push({ seq });
      tell();
    },
  };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it("waits for nothing where nothing was written since the story began", async () => {
  expect(await rest(stageWith([3]).stage)).toEqual({ satisfied: true });
});

it("waits until the last change is as old as the staleness budget", async () => {
  const settled = vi.fn<(outcome: unknown) => void>();
  const { stage, write } = stageWith([3, 11]);
  const resting = rest(stage).then(settled);
  await vi.advanceTimersByTimeAsync(4_000);
  write(12);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  await resting;
  expect(settled).toHaveBeenCalledWith({ satisfied: true });
});
