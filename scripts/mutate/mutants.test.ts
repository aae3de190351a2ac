import { describe, expect, it } from "vitest";
import { mutantsOf } from "./mutants.ts";

const made = (source: string) =>
  mutantsOf("a.ts", source).map(({ operator, original, mutated }) => `${operator}: ${original} → ${mutated}`);

describe("mutantsOf", () => {
  it.each([
    ["forces a condition", "if (a) b;", ["condition: a → true", "condition: a → false"]],
    ["leaves out each operand", "x = a && b;", ["operand: a && b → a", "operand: a && b → b"]],
    ["negates equality", "x = a === b;", ["equality: a === b → a !== b"]],
    ["moves bounds and turns them round", "x = a < b;", ["boundary: a < b → a <= b", "boundary: a < b → a >= b"]],
    ["moves the bounds of conditions alone, which are forced as well", "if (a < 1) b;", ["boundary: a < 1 → a <= 1"]],
    ["swaps arithmetic", "x = a - b;", ["arithmetic: a - b → a + b"]],
    ["leaves texts that are joined", 'x = a + "b c";', []],
    ["leaves out a negation", "x = !a;", ["negation: !a → a"]],
    [
      "flips and empties literals",
      'x = [true, "ab", "", 3];',
      ["literal: true → false", 'literal: "ab" → ""', 'literal: "" → "?"', "literal: 3 → 4"],
    ],
    ["leaves words for people", 'x = "a sentence"; y = `a ${b === c} d`;', []],
    ["swaps methods", "x = a.some(b);", ["method: a.some(b) → a.every(b)"]],
    ["leaves out filters", "x = a.filter(b).map(c);", ["method: a.filter(b) → a"]],
    ["takes away optional chaining, within the whole chain", "x = a?.b.c;", ["optional chaining: a?.b.c → a.b.c"]],
    ["returns nothing", "const f = () => a(b);", ["return value: a(b) → undefined"]],
    ["leaves out bodies", "function f() { return; }", ["block: { return; } → "]],
    ["leaves out statements", "function f() { a.push(b); }", ["statement: a.push(b); → "]],
    ["leaves types alone", 'type A = "b"; const x = y as "b";', []],
    ["leaves imports alone", 'import { a } from "b"; export { c } from "d";', []],
    ["leaves what is written to alone", "a[0] = b; delete c[0];", []],
  ])("%s", (_name, source, expected) => {
    expect(made(source)).toEqual(expect.arrayContaining([...expected]));
    if (expected.length === 0) expect(made(source).filter((text) => !text.startsWith("statement"))).toEqual([]);
  });

  it("names the place by functions and constants, not by lines", () => {
    const [mutant] = mutantsOf("a.ts", "export const check = { run(context) { if (context) act(); } };");
    expect(mutant?.within).toBe("check.run");
    const again = mutantsOf("a.ts", "\n\nexport const check = { run(context) { if (context) act(); } };");
    expect(again[0]?.key).toBe(mutant?.key);
  });

  it("gives every mutant a key of its own", () => {
    const keys = mutantsOf("a.ts", "const f = () => g(a === b, a === b);").map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("tells apart what runs once, when the file is loaded", () => {
    const statics = mutantsOf("a.ts", 'const a = new Set(["x"]); const c = { id: "y", run: () => z("w") };').filter(
      (one) => one.static,
    );
    expect(statics.map(({ original }) => original)).toEqual(['["x"]', '"x"']);
  });

  it("says where a file cannot be parsed", () => {
    expect(() => mutantsOf("a.ts", "const = ;")).toThrow("a.ts cannot be parsed");
  });
});
