import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canonicalRequirements, frozenSets, requirements, requirementSet, requirementSetSha256 } from "./index.ts";

const pageOf = (name: string) => readFileSync(join(import.meta.dirname, "../../docs/requirement-sets", `${name}.json`), "utf8");

describe("frozen requirement sets", () => {
  it.each(Object.entries(frozenSets))("%s is still the text that was released", (name, hash) => {
    expect(createHash("sha256").update(pageOf(name)).digest("hex")).toBe(hash);
  });

  it("no requirement of the current set has changed under its name: another meaning takes a new set", () => {
    // Line by line first, so that a red test names the requirements that changed.
    expect(canonicalRequirements(requirements).split("\n")).toEqual(pageOf(requirementSet).split("\n"));
    expect(requirementSetSha256).toBe(frozenSets[requirementSet]);
  });

  it("hashes what is demanded, and not how it is judged", () => {
    const [first, ...rest] = requirements;
    const changed = (change: object) => canonicalRequirements([{ ...first!, ...change }, ...rest]);
    const text = canonicalRequirements(requirements);
    expect(changed({ scenarios: [], mutants: ["x"], judged: false, title: "x" })).toBe(text);
    for (const change of [{ text: "x" }, { level: "SHOULD" }, { profile: "scale" }, { id: "KAS-CONN-99" }]) {
      expect(changed(change)).not.toBe(text);
    }
    expect(changed({ holdsFor: { targets: "lines", features: [] } })).not.toBe(text);
    expect(canonicalRequirements([...rest, first!])).toBe(text);
  });
});
