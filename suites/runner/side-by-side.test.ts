import { describe, expect, it } from "vitest";
import { sideBySide } from "./side-by-side.ts";

describe("sideBySide", () => {
  it.each([
    [1, 1],
    [2, 2],
    [8, 4],
  ])("runs at most %i at a time", async (limit, expected) => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await sideBySide([1, 2, 3, 4], limit, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(item);
    });
    expect(most).toBe(expected);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it("runs the others to their end where one fails, then throws what it threw", async () => {
    const done: number[] = [];
    const run = async (item: number) => {
      if (item === 1) throw new Error("first");
      await Promise.resolve();
      done.push(item);
    };
    await expect(sideBySide([1, 2, 3], 1, run)).rejects.toThrow("first");
    expect(done).toEqual([2, 3]);
  });
});
