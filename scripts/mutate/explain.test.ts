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
    const stale = (file: string, text: string) => staleExplanations([explanation], new Map([[file, text]]));
    expect(stale("a.ts", source)).toEqual([]);
    expect(stale("a.ts", "const f = 1;")).toEqual(["a.ts: the code of an explained survivor is gone: a?.b ?? 0"]);
    expect(stale("b.ts", source).join()).toContain("there is no such file");
  });

  it("without a file holds wherever its code stands, and is stale where that is nowhere", () => {
    const { file: _file, ...anywhere } = explanation;
    const told = mutantsOf("b.ts", source).filter((mutant) => createExplainer([anywhere], "b.ts", source)(mutant) !== undefined);
    expect(told.length).toBeGreaterThan(0);
    expect(staleExplanations([anywhere], new Map([["b.ts", source]]))).toEqual([]);
    expect(staleExplanations([anywhere], new Map([["b.ts", "1;"]])).join()).toContain("nowhere");
  });
});
