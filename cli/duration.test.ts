import { describe, expect, it } from "vitest";
import { parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["500ms", 500],
    ["1s", 1_000],
    ["1.5s", 1_500],
    ["2m", 120_000],
    ["1m30s", 90_000],
    ["1h", 3_600_000],
    ["1s500ms", 1_500],
  ])("reads %s", (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(["", "1", "0s", "-1s", "1 s", "s", "1d", "1sx", "1.s", "NaNs", "0.0001ms", "1s ", "١s"])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
