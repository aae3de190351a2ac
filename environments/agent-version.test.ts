import { describe, expect, it } from "vitest";
import { agentLines, describeRange, isWithin, parseAgentVersion, usesNewKeys } from "./agent-version.ts";

function parsed(text: string) {
  const version = parseAgentVersion(text);
  if (version === undefined) throw new Error(`${text} is not read`);
  return version;
}

describe("agent versions", () => {
  it.each([
    ["v6.4", "v6.4", [6, 4, 9]],
    ["6.6", "v6.6", [6, 6, 9, 2504]],
    ["v6.6.4", "v6.6.4", [6, 6, 4]],
    [" 7.0.9 ", "v7.0.9", [7, 0, 9]],
    ["v6.1.8.9", "v6.1.8.9", [6, 1, 8, 9]],
  ])("reads %s", (text, name, numbers) => {
    expect(parseAgentVersion(text)).toEqual({ name, numbers });
  });

  it.each(["", "v6", "v5.9", "v8.0", "latest", "v6.4.x", "v6.4.1.2.3", "6.4 or so"])("does not read %j", (text) => {
    expect(parseAgentVersion(text)).toBeUndefined();
  });

  it.each([
    ["v6.6.4", { from: "v6.6.5" }, false],
    ["v6.6.5", { from: "v6.6.5" }, true],
    ["v6.6", { from: "v6.6.9" }, true],
    ["v6.6.9", { to: "v6.6.9" }, true],
    ["v6.6.9.1", { to: "v6.6.9" }, false],
    ["v6.10", { from: "v6.1" }, undefined],
    ["v7.1", { from: "v7.0.9" }, true],
    ["v7.0.8", { from: "v7.0.9" }, false],
    ["v6.1", {}, true],
  ])("%s within %j: %s", (text, range, expected) => {
    const version = parseAgentVersion(text);
    expect(version && isWithin(version, range)).toBe(expected);
  });

  it("changes its keys within v6.6", () => {
    expect(agentLines.filter((line) => usesNewKeys(parsed(line)))).toEqual(["v6.6", "v7.0", "v7.1"]);
    expect(["v6.6.4", "v6.6.5"].map((release) => usesNewKeys(parsed(release)))).toEqual([false, true]);
  });

  it.each([
    [{}, "every agent"],
    [{ from: "v6.3.4" }, "agents v6.3.4 and later"],
    [{ to: "v6.4" }, "agents up to v6.4"],
    [{ from: "v6.2.1", to: "v6.6.5" }, "agents v6.2.1 to v6.6.5"],
  ])("says %j in words", (range, words) => {
    expect(describeRange(range)).toBe(words);
  });
});
