import { describe, expect, it } from "vitest";
import { createUnstalledTime, lostTime } from "./unstalled-time.ts";

/** Still from 1000 to 3000, and from 4000 to 4500. */
const time = createUnstalledTime([
  { seq: 1, t: 3_000, ms: 2_000 },
  { seq: 2, t: 4_500, ms: 500 },
]);
const plain = createUnstalledTime([]);

describe("time without the harness's own stalls", () => {
  it.each([
    [0, 1_000, 1_000],
    [0, 2_000, 1_000],
    [1_500, 2_500, 0],
    [2_500, 3_500, 500],
    [0, 5_000, 2_500],
    [5_000, 6_000, 1_000],
    [6_000, 5_000, 0],
  ])("elapsed from %i to %i: %i", (from, to, expected) => expect(time.elapsed(from, to)).toBe(expected));

  it.each([
    [0, 500, 500],
    [0, 1_500, 3_500],
    [2_000, 500, 3_500],
    [0, 2_500, 5_000],
    [0, 3_000, 5_500],
    [5_000, 100, 5_100],
  ])("a deadline from %i after %i: %i", (from, budget, expected) => expect(time.after(from, budget)).toBe(expected));

  it.each([
    [6_000, 1_000, 5_000],
    [5_000, 1_000, 3_500],
    [5_000, 2_000, 500],
    [4_200, 500, 3_500],
    [2_000, 500, 500],
  ])("before %i by %i: %i", (to, budget, expected) => expect(time.before(to, budget)).toBe(expected));

  it("counts once what two stalls have in common, in whatever order they come", () => {
    const stalls = [
      { seq: 2, t: 3_500, ms: 1_000 },
      { seq: 1, t: 3_000, ms: 2_000 },
      { seq: 3, t: 3_200, ms: 100 },
    ];
    const overlapping = createUnstalledTime(stalls);
    expect(lostTime(stalls)).toBe(2_500);
    expect([overlapping.elapsed(0, 5_000), overlapping.after(0, 2_000), overlapping.before(4_000, 1_000)]).toEqual([
      2_500, 4_500, 500,
    ]);
  });

  it("is plain time without stalls", () => {
    expect([plain.elapsed(100, 350), plain.after(100, 250), plain.before(350, 250)]).toEqual([250, 350, 100]);
  });
});
