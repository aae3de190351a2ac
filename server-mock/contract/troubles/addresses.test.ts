import { isIP } from "node:net";
import { array, assert as assertThat, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { isAddress, isTidyAddress } from "./addresses.ts";

describe("isAddress", () => {
  it.each([
    "10.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fd00::1",
    "1:2:3:4:5:6:7:8",
    "1::8",
    "::ffff:10.0.0.1",
    "1:2:3:4:5:6:10.0.0.1",
    "1:2:3:4:5:6:7::",
  ])("takes %s", (text) => expect(isAddress(text)).toBe(true));
  it.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.01",
    "10.0.0.1.",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "12345::",
    "fe80::1%eth0",
    "::10.0.0.256",
    "10.0.0.1::",
    "1:2:3:4:5:6:7:8::",
  ])("refuses %j", (text) => expect(isAddress(text)).toBe(false));

  it("agrees with an independent reading", () => {
    const piece = constantFrom("", ":", "::", ".", "0", "1", "10", "255", "256", "fd00", "abcde", "01", "1.2.3.4");
    assertThat(
      property(array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join("");
        expect(isAddress(text)).toBe(isIP(text) !== 0);
      }),
    );
  });
});

describe("isTidyAddress", () => {
  it.each(["", "None", "10.0.0.1", "10.0.0.0/24", "fd00::/64", "0.0.0.0/0"])("takes %j", (text) =>
    expect(isTidyAddress(text)).toBe(true),
  );
  it.each(["node.local", "10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0.0/024", "a:b", "10.0.0.1:80"])("refuses %s", (text) =>
    expect(isTidyAddress(text)).toBe(false),
  );
});
