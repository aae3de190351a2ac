import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchStalls } from "./watch-stalls.ts";

let now = 0;
let told: number[] = [];
beforeEach(() => {
  now = 0;
  told = [];
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => vi.useRealTimers());

/** One look at the loop, so much later than the last. */
function look(after: number): void {
  now += after;
  vi.advanceTimersByTime(100);
}

describe("watchStalls", () => {
  it("tells how long the loop stood still beyond its turn, and nothing of small delays", () => {
    using _watch = watchStalls(
      () => now,
      (ms) => told.push(ms),
    );
    for (const after of [100, 130, 190, 2_600, 100, 350]) look(after);
    expect(told).toEqual([2_500, 250]);
  });

  it("stops when it is disposed of", () => {
    const watch = watchStalls(
      () => now,
      (ms) => told.push(ms),
    );
    watch[Symbol.dispose]();
    look(9_000);
    expect([told, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
