import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("lets no more work at a time than there are places, in the order of asking, past one that fails", async () => {
  const turns = createTurns(2);
  const began: number[] = [];
  const end: (() => void)[] = [];
  const work = (number: number) =>
    turns.take(async () => {
      began.push(number);
      await new Promise<void>((resolve) => (end[number] = resolve));
      if (number === 0) throw new Error("failed");
      return number;
    });
  const all = [0, 1, 2, 3].map(work);
  expect(began).toEqual([0, 1]);
  end[0]?.();
  await expect(all[0]).rejects.toThrow("failed");
  expect(began).toEqual([0, 1, 2]);
  for (const number of [1, 2]) end[number]?.();
  expect(await Promise.all(all.slice(1, 3))).toEqual([1, 2]);
  expect(began).toEqual([0, 1, 2, 3]);
  end[3]?.();
  expect(await all[3]).toBe(3);
});
