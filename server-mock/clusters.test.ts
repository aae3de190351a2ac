import { describe, expect, it } from "vitest";
import { createClock } from "./clock.ts";
import { createClusterBook } from "./clusters.ts";
import { findTarget, type Target } from "./contract/index.ts";

const v71 = findTarget("v7.1") as Target;
const clock = createClock(() => 0);
const entry = (bytes: number) => [new Uint8Array(bytes)];

describe("createClusterBook", () => {
  it("keeps one version table and a store for each team", () => {
    const book = createClusterBook(v71, clock, () => true);
    book.take({ clusterId: "c", agentId: 1, version: 1n, teamId: "t1", entries: entry(1) });
    expect(book.take({ clusterId: "c", agentId: 2, version: 1n, teamId: "t2", entries: [] })).toMatchObject({
      row: "7",
      answer: 1n,
    });
    expect(book.find("c")?.entries).toEqual([]);
    book.take({ clusterId: "c", agentId: 1, version: 1n, teamId: "t1", entries: [] });
    expect(book.find("c")?.entries).toHaveLength(1);
  });

  it("lets the cluster heard first give way when all snapshots together are too large", () => {
    const book = createClusterBook(v71, clock, () => true, 100);
    const take = (clusterId: string, version: bigint, bytes: number) =>
      book.take({ clusterId, agentId: 1, version, entries: entry(bytes) });
    take("a", 1n, 60);
    take("b", 1n, 40);
    take("b", 2n, 30);
    expect(book.list().map((held) => held.clusterId)).toEqual(["a", "b"]);
    take("b", 3n, 41);
    expect(book.list().map((held) => held.clusterId)).toEqual(["b"]);
    take("b", 4n, 1_000);
    expect(book.size()).toBe(1);
    book.reset();
    take("a", 1n, 50);
    take("b", 1n, 50);
    expect(book.size()).toBe(2);
  });

  it("remembers nothing of requests without a cluster_id", () => {
    const book = createClusterBook(v71, clock, () => true);
    expect(book.take({ agentId: 1, version: 1n, entries: entry(1) }).row).toBe("2");
    expect(book.size()).toBe(0);
  });
});
