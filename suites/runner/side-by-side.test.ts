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

  it("gives an item as many places as it takes, and none more than there are", async () => {
    const weights: Readonly<Record<string, number>> = { a: 1, b: 2, c: 1, d: 9, e: 1 };
    const running: string[] = [];
    const seen: string[] = [];
    await sideBySide(
      Object.keys(weights),
      3,
      async (item) => {
        running.push(item);
        seen.push(running.join(""));
        for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
        running.splice(running.indexOf(item), 1);
      },
      (item) => weights[item] ?? 0,
    );
    expect(seen).toEqual(["a", "ab", "c", "d", "e"]);
  });
});
