import { describe, expect, it } from "vitest";
import { createExplainer, staleExplanations } from "./explain.ts";
import { mutantsOf } from "./mutants.ts";

const source = "const f = (a: A) => {\n  const first = a?.b ??\n    0;\n  return first === 0;\n};\n";
const explanation = { file: "a.ts", code: "a?.b ?? 0", reason: "it is never absent" };

describe("an explanation", () => {
  it("holds for each survivor that lies in its code, whatever the blanks, and for no other", () => {
    const explain = createExplainer([explanation], "a.ts", source);
    const told = mutantsOf("a.ts", source).map((mutant) => [mutant.original, explain(mutant)]);
    expect(told).toContainEqual(["a?.b ?? 0", explanation.reason]);
    expect(told).toContainEqual(["0", explanation.reason]);
    expect(told).toContainEqual(["first === 0", undefined]);
  });

  it("is stale where its code or its file is gone", () => {
    expect(staleExplanations([explanation], () => source)).toEqual([]);
    expect(staleExplanations([explanation], () => "const f = 1;")).toEqual([
      "a.ts: the code of an explained survivor is gone: a?.b ?? 0",
    ]);
    expect(staleExplanations([explanation], () => undefined).join()).toContain("there is no such file");
  });
});
