import { describe, expect, it } from "vitest";
import { registryProblems, type RegistryFacts } from "./check.ts";

const sound: RegistryFacts = {
  requirements: [
    { id: "KAS-A-1", judged: true, scenarios: ["one"], mutants: ["bad"] },
    { id: "KAS-A-2", judged: false, notJudgedBecause: "later", scenarios: [], mutants: [] },
    { id: "KAS-A-3", judged: true, scenarios: ["one"], mutants: [] },
  ],
  checks: ["KAS-A-1", "KAS-A-3"],
  scenarios: ["one"],
  mutants: [{ name: "bad", fails: ["KAS-A-1"] }],
  synthetic: { "KAS-A-3": { test: "a.test.ts", names: true } },
};
const [first, second, third] = sound.requirements;

describe("registryProblems", () => {
  it("has nothing to say of what is complete", () => {
    expect(registryProblems(sound)).toEqual([]);
  });

  it.each<[string, Partial<RegistryFacts>, string]>([
    ["a requirement without its check", { checks: ["KAS-A-3"] }, "KAS-A-1 is judged and has no check"],
    ["a check of nothing", { checks: [...sound.checks, "KAS-B-9"] }, "check of KAS-B-9"],
    ["two checks", { checks: [...sound.checks, "KAS-A-1"] }, "KAS-A-1 has two checks"],
    ["a check that is not used", { checks: [...sound.checks, "KAS-A-2"] }, "says that it is not judged"],
    ["no reason", { requirements: [first!, { ...second!, notJudgedBecause: undefined } as never, third!] }, "does not say why"],
    ["no scenario", { requirements: [{ ...first!, scenarios: [] }, second!, third!] }, "no scenario"],
    ["an unknown scenario", { requirements: [{ ...first!, scenarios: ["one", "two"] }, second!, third!] }, "two, which is no"],
    ["an unused scenario", { scenarios: ["one", "two"] }, "nothing is judged in the scenario two"],
    ["an unknown mutant", { requirements: [{ ...first!, mutants: ["worse"] }, second!, third!] }, "worse, which is no mutant"],
    ["a mutant that fails something else", { mutants: [{ name: "bad", fails: ["KAS-A-3"] }] }, "does not say so"],
    ["a mutant of nothing", { mutants: [{ name: "bad", fails: ["KAS-A-1", "KAS-C-1"] }] }, "fails KAS-C-1"],
    ["no proof", { synthetic: {} }, "neither a mutant nor a synthetic pair"],
    ["a test that is about something else", { synthetic: { "KAS-A-3": { test: "a.test.ts", names: false } } }, "does not name"],
    [
      "a pair of nothing",
      { synthetic: { ...sound.synthetic, "KAS-Z-1": { test: "a.test.ts", names: true } } },
      "KAS-Z-1 has a synthetic",
    ],
    [
      "a pair that a mutant made needless",
      { synthetic: { ...sound.synthetic, "KAS-A-1": { test: "a.test.ts", names: true } } },
      "needs no synthetic pair",
    ],
  ])("tells of %s", (_name, change, problem) => {
    const problems = registryProblems({ ...sound, ...change });
    expect(problems.filter((text) => text.includes(problem))).toHaveLength(1);
  });
});
