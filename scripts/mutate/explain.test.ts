import type { Explanation } from "./explanations.ts";
import { describe, expect, it } from "vitest";
import { createExplainer, idleExplanations, staleExplanations } from "./explain.ts";
import { mutantsOf } from "./mutants.ts";
import { fileResult } from "./results.ts";

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

  it("may be of a function, of an operator and of what is left alone", () => {
    const told = (explanation: Omit<Explanation, "reason">) => {
      const explain = createExplainer([{ ...explanation, reason: "so" }], "a.ts", source);
      return mutantsOf("a.ts", source).flatMap((mutant) =>
        explain(mutant) === "so" ? [`${mutant.original} ${mutant.mutated}`] : [],
      );
    };
    expect(told({ within: "f", operators: ["operand"] })).toEqual(["a?.b ?? 0 a?.b", "a?.b ?? 0 0"]);
    expect(told({ within: "f", operators: ["operand"], becomes: "left" })).toEqual(["a?.b ?? 0 a?.b"]);
    expect(told({ within: "g" })).toEqual([]);
    expect(told({ code: /\w+ === \d/g, becomes: { text: "first !== 0" } })).toEqual(["first === 0 first !== 0"]);
  });

  it("may be of a bound that tells only what is the same apart", () => {
    const bound = "const f = (a, b) => use(a.t > b.t);";
    const explain = createExplainer([{ code: "a.t > b.t", becomes: "with-equals", reason: "so" }], "a.ts", bound);
    expect(mutantsOf("a.ts", bound).flatMap((mutant) => (explain(mutant) ? [mutant.mutated] : []))).toEqual(["a.t >= b.t"]);
  });

  it("without a file holds wherever its code stands, and is stale where that is nowhere", () => {
    const { file: _file, ...anywhere } = explanation;
    const told = mutantsOf("b.ts", source).filter((mutant) => createExplainer([anywhere], "b.ts", source)(mutant) !== undefined);
    expect(told.length).toBeGreaterThan(0);
    expect(staleExplanations([anywhere], new Map([["b.ts", source]]))).toEqual([]);
    expect(staleExplanations([anywhere], new Map([["b.ts", "1;"]])).join()).toContain("nowhere");
  });

  it("is idle where no survivor of its file is explained by it, or only what the kill matrix kills", () => {
    const { file: _file, ...anywhere } = explanation;
    const idle = (file: string, redIn?: string) => {
      const mutants = mutantsOf(file, source);
      const lived = mutants.map(() => "survived" as const);
      const result = fileResult(mutants, lived, undefined, createExplainer([anywhere], file, source));
      const survivors = result.survivors.map((survivor) => ({ ...survivor, ...(redIn !== undefined && { redIn }) }));
      return idleExplanations([explanation, anywhere], { [file]: { ...result, survivors } }).map((text) => text.split(":")[0]);
    };
    expect(idle("a.ts")).toEqual([]);
    expect(idle("b.ts")).toEqual(["a.ts"]);
    expect(idle("a.ts", "gzip (core)")).toEqual(["a.ts", "everywhere"]);
  });
});
