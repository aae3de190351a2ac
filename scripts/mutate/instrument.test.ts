import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { instrument } from "./instrument.ts";

/** What a function gives, unchanged and under each of its mutants. */
function runs(body: string, given: readonly unknown[] = []) {
  const { code, mutants } = instrument("a.ts", `const f = ${body};`, 0);
  const run = (on: number): unknown => {
    const ask = (mutant: number) => mutant === on;
    const made = runInThisContext(`($mutant) => { ${code} return f; }`) as (asked: typeof ask) => (...args: unknown[]) => unknown;
    return made(ask)(...given);
  };
  return {
    original: run(-1),
    mutants: Object.fromEntries(mutants.map((mutant, on) => [`${mutant.original} → ${mutant.mutated}`, run(on)])),
  };
}

describe("instrument", () => {
  it("compiles all mutants in, and is the original while none is on", () => {
    expect(runs("(a, b) => a && b < 2", [true, 1])).toEqual({
      original: true,
      mutants: { "a && b < 2 → a": true, "a && b < 2 → b < 2": true, "b < 2 → b <= 2": true, "b < 2 → b >= 2": false },
    });
  });

  it("keeps an else with its own if where a statement before it is left out", () => {
    const { original, mutants } = runs("(a) => { const x = []; if (a) x.push(1); else x.push(2); return x; }", [true]);
    expect(original).toEqual([1]);
    expect(mutants["x.push(1); → "]).toEqual([]);
    expect(mutants["x.push(2); → "]).toEqual([1]);
  });

  it("passes over the body of a loop, and leaves that of a function", () => {
    const { mutants } = runs("(list) => { let sum = 0; for (const each of list) { sum += each; } return sum; }", [[1, 2]]);
    expect(mutants["{ sum += each; } → "]).toBe(0);
    expect(Object.entries(mutants).find(([name]) => name.startsWith("{ let sum"))?.[1]).toBe(undefined);
  });

  it("keeps optional chains whole", () => {
    const { original, mutants } = runs("(a) => a?.list.filter((each) => each > 1).length", [{ list: [1, 2] }]);
    expect(original).toBe(1);
    expect(mutants["a?.list.filter((each) => each > 1).length → a?.list.length"]).toBe(2);
  });

  it("switches constants of objects each time they are read", () => {
    const { code, mutants } = instrument("a.ts", 'const check = { id: "A-1", readsContent: true };', 0);
    let on = -1;
    const made = runInThisContext(`($mutant) => { ${code} return check; }`) as (ask: (mutant: number) => boolean) => {
      readonly id: string;
    };
    const check = made((mutant) => mutant === on);
    expect(check.id).toBe("A-1");
    on = mutants.findIndex(({ mutated }) => mutated === 'id: ""');
    expect(check.id).toBe("");
  });
});
