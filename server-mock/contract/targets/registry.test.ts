import { describe, expect, it } from "vitest";
import { defaultTarget, findTarget, targetIds, targets } from "./registry.ts";

describe("targets", () => {
  it("are found by id, the default among them", () => {
    expect(targetIds).toEqual(["document", "v7.1"]);
    expect(findTarget(defaultTarget)?.tag).toBe("v7.1.8");
    expect(findTarget("v0.0")).toBeUndefined();
  });

  it.each(targets)("$id names a source for every rule", (target) => {
    const { id: _id, tag: _tag, line: _line, sources, ...rules } = target;
    expect(Object.keys(sources).sort()).toEqual(Object.keys(rules).sort());
    for (const source of Object.values(sources)) expect(source).toMatch(/^(protocol\.md|document) \d/);
  });

  it.each(targets)("$id lists each resource once", (target) => {
    const resources = target.consumed.map((consumed) => consumed.resource);
    expect(new Set(resources).size).toBe(resources.length);
  });
});
