import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startTimeLimit, within } from "./within.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

it("is over after its time, and not when it was called off", () => {
  const over = vi.fn<() => void>();
  const limit = startTimeLimit(600, over);
  vi.advanceTimersByTime(599);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(over).toHaveBeenCalledOnce();
  startTimeLimit(600, over)[Symbol.dispose]();
  limit[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});

it("does not take the time in which the process stood still for the agent's", async () => {
  vi.useRealTimers();
  const told = new Promise<void>((resolve) => setImmediate(resolve));
  const left = within(told, 300);
  const until = performance.now() + 400;
  while (performance.now() < until);
  expect(await left).toBe(true);
});

it("tells whether the promise was sooner", async () => {
  const never = within(new Promise(() => {}), 10);
  await vi.advanceTimersByTimeAsync(10);
  expect([await never, await within(Promise.resolve(), 10)]).toEqual([false, true]);
});
