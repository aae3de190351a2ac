import { describe, expect, it } from "vitest";
import { senderOf } from "./sender.ts";

const MAC = "0A:00:00:00:00:01";

describe("senderOf", () => {
  it.each<[string, readonly string[], ReturnType<typeof senderOf>]>([
    [
      "finds all three",
      ["linux", "10.0.0.1", MAC, "d-TrWjpxiwfH"],
      { claimant: "10.0.0.1-0a:00:00:00:00:01", clusterId: "d-TrWjpxiwfH" },
    ],
    [
      "takes the first of each",
      ["10.0.0.1", "10.0.0.2", "d-0123456789", "d-9876543210"],
      { claimant: "10.0.0.1-", clusterId: "d-0123456789" },
    ],
    ["takes a known id before one that only looks like one", ["d-0123456789", "shop"], { claimant: "peer-", clusterId: "shop" }],
    ["takes IPv6", ["fd00::1"], { claimant: "fd00::1-" }],
    ["falls back on the connection", ["d-short", "g-0123456789", "10.0.0"], { claimant: "peer-" }],
  ])("%s", (_name, texts, expected) => {
    expect(senderOf({ texts, watchPolicy: "as-elected" }, "peer", (id) => id === "shop")).toEqual(expected);
  });
});
