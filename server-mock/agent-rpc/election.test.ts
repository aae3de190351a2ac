import { describe, expect, it } from "vitest";
import type { WatchPolicy } from "../../proto/index.ts";
import { createElection } from "./election.ts";

/** `who[policy]@second`, and whether that one watches then. */
type Story = readonly (readonly [step: string, watches: boolean])[];

const POLICIES: Readonly<Record<string, WatchPolicy>> = { only: "watch-only", off: "watch-disabled" };

describe("the election of one watcher", () => {
  it.each<[string, Story]>([
    [
      "goes to the first",
      [
        ["a@0", true],
        ["b@1", false],
        ["a@2", true],
      ],
    ],
    [
      "stays while it is refreshed",
      [
        ["a@0", true],
        ["a@599", true],
        ["b@1198", false],
      ],
    ],
    [
      "goes on after 600 s of silence",
      [
        ["a@0", true],
        ["b@599.999", false],
        ["b@600", true],
        ["a@600", false],
      ],
    ],
    [
      "is not refreshed by those who lose",
      [
        ["a@0", true],
        ["b@300", false],
        ["b@600", true],
      ],
    ],
    [
      "goes to a watch-only agent at once",
      [
        ["a@0", true],
        ["b:only@1", true],
        ["a@2", false],
        ["a@601", true],
      ],
    ],
    [
      "lets watch-only agents override each other",
      [
        ["a:only@0", true],
        ["b:only@1", true],
        ["a:only@2", true],
      ],
    ],
    [
      "never goes to a watch-disabled agent",
      [
        ["a:off@0", false],
        ["b@0", true],
        ["a:off@900", false],
        ["a@900", true],
      ],
    ],
    [
      "is not refreshed by a watcher that was switched off",
      [
        ["a@0", true],
        ["a:off@599", false],
        ["b@600", true],
      ],
    ],
  ])("%s", (_name, story) => {
    const election = createElection();
    const told = story.map(([step]) => {
      const [, who = "", policy = "", second = ""] = /^(\w+)(?::(\w+))?@([\d.]+)$/.exec(step) ?? [];
      return [step, election.sync("d-0123456789", who, POLICIES[policy] ?? "as-elected", Number(second) * 1_000)];
    });
    expect(told).toEqual(story);
  });

  it("is one for each cluster", () => {
    const election = createElection();
    expect(["c", "d"].map((cluster) => election.sync(cluster, cluster, "as-elected", 0))).toEqual([true, true]);
    expect(election.sync("c", "d", "as-elected", 0)).toBe(false);
  });

  it("forgets the cluster heard longest ago rather than grow without end", () => {
    const election = createElection();
    for (let index = 0; index <= 4_096; index++) election.sync(`c${index}`, "a", "as-elected", 0);
    expect(election.sync("c1", "b", "as-elected", 0)).toBe(false);
    expect(election.sync("c0", "b", "as-elected", 0)).toBe(true);
  });
});
