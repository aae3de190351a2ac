import { type Mutant, type Site, sitesOf } from "./mutants.ts";

/** A file with all its mutants in it, and the mutants by the number under which the switch knows them. */
export interface Instrumented {
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

/** Name of the switch: `$mutant(n)` is true where mutant n is on. */
export const SWITCH = "$mutant";

/** Compiles all mutants of a file into it, so that one load serves every one of them. @param first number of its first mutant */
export function instrument(file: string, source: string, first: number): Instrumented {
  const sites = sitesOf(file, source);
  const mutants = sites.flatMap((site) => site.mutants.map(({ mutant }) => mutant));
  const numbers = new Map(mutants.map((mutant, index) => [mutant.key, first + index]));
  let next = 0;

  /** The text from one offset to another; takes the sites that lie in it. */
  function emit(start: number, end: number): string {
    const parts: string[] = [];
    let at = start;
    for (let site = sites[next]; site && site.start >= at && site.end <= end; site = sites[next]) {
      next += 1;
      parts.push(source.slice(at, site.start), switched(site));
      at = site.end;
    }
    return [...parts, source.slice(at, end)].join("");
  }

  function switched({ start, end, form, mutants: ways }: Site): string {
    const isOn = ({ mutant }: Site["mutants"][number]) => `${SWITCH}(${numbers.get(mutant.key)})`;
    const any = ways.map(isOn).join(" || ");
    if (form === "function" || form === "loop")
      return `{ if (${any}) ${form === "loop" ? "continue" : "return"}; ${emit(start + 1, end)}`;
    // Braces keep an `else` that follows with its own `if`.
    if (form === "statement") return `{ if (!(${any})) ${emit(start, end)} }`;
    const choice = ways.map((way) => `${isOn(way)} ? (${way.text}) : `).join("");
    if (form === "expression") return `(${choice}(${emit(start, end)}))`;
    const colon = source.slice(start, end).indexOf(":");
    const value = (text: string) => text.slice(colon + 1).trim();
    const choices = ways.map((way) => `${isOn(way)} ? ${value(way.text)} : `).join("");
    return `get ${source.slice(start, start + colon)}() { return ${choices}${value(emit(start, end))}; }`;
  }

  return { code: emit(0, source.length), mutants };
}
