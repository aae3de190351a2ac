import { describe, expect, it } from "vitest";
import { renderResults } from "./results.ts";
import { sampleResults } from "./sample.contract.ts";

describe("renderResults", () => {
  const results = sampleResults([{ id: "KAS-VER-1", verdict: "pass", evidence: [{ seq: 3, note: "n" }] }]);

  it("gives the same bytes whatever order the keys were set in", () => {
    const reversed = reverseKeys(results);
    expect(Object.keys(reversed)).not.toEqual(Object.keys(results));
    expect(renderResults(reversed)).toBe(renderResults(results));
  });

  it("keeps everything, in the order of the documentation, and ends in a newline", () => {
    const text = renderResults(results);
    expect(JSON.parse(text)).toEqual(results);
    expect(text.endsWith("}\n")).toBe(true);
    expect(Object.keys(JSON.parse(text) as object).slice(0, 5)).toEqual(["schemaVersion", "run", "harness", "agent", "target"]);
  });
});

function reverseKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reverseKeys) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reverseKeys(part as unknown)]),
  ) as T;
}
