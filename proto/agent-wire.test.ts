import { describe, expect, it } from "vitest";
import { decodeAgentSync, findBytes, type WatchPolicy } from "./agent-wire.ts";
import type { ServiceName } from "./load.ts";
import { WireError } from "./wire.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("decodeAgentSync", () => {
  it.each<[ServiceName, string, WatchPolicy]>([
    ["trident", "", "as-elected"],
    ["trident", "d801 00", "as-elected"],
    ["trident", "d801 01", "watch-only"],
    ["trident", "c802 01", "as-elected"],
    ["agent", "c802 00", "as-elected"],
    ["agent", "c802 01", "watch-only"],
    ["agent", "c802 02", "watch-disabled"],
    ["agent", "c802 07", "as-elected"],
    ["agent", "d801 01", "as-elected"],
    ["agent", "ca02 01 32", "as-elected"],
  ])("reads the watch policy of %s from %s", (service, bytes, policy) => {
    expect(decodeAgentSync(hex(bytes), service).watchPolicy).toBe(policy);
  });

  it("collects short texts in wire order, and no more than 256", () => {
    const long = Buffer.concat([hex("1241"), Buffer.alloc(65, "x")]);
    const frame = Buffer.concat([hex("0a0161 0801"), long, hex("fa07 02 6263 0a00")]);
    expect(decodeAgentSync(frame, "agent").texts).toEqual(["a", "bc"]);
    const many = Buffer.concat(Array.from({ length: 300 }, () => hex("0a0161")));
    expect(decodeAgentSync(many, "agent").texts).toHaveLength(256);
  });

  it("throws at what is no protobuf", () => {
    expect(() => decodeAgentSync(Buffer.from("not protobuf"), "agent")).toThrow(WireError);
  });
});

describe("findBytes", () => {
  it.each([
    ["0a026162 1202 6364", "ab"],
    ["0801 5202 6162", "ab"],
    ["0a0161", undefined],
    ["", undefined],
  ])("finds in %s %s", (bytes, found) => {
    expect(findBytes(hex(bytes), 2)?.toString()).toBe(found);
  });
});
