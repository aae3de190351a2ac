import type { Explanation } from "./explanations.ts";
import type { Mutant } from "./mutants.ts";
import type { MutationResults } from "./results.ts";

type Place = Pick<Mutant, "start" | "end"> & Partial<Pick<Mutant, "within" | "operator" | "original" | "mutated">>;

/** Why a mutant may live: its place lies in code that is explained. The first explanation that holds is told. */
export function createExplainer(explanations: readonly Explanation[], file: string, source: string) {
  const known = explanations
    .filter((explanation) => explanation.file === undefined || explanation.file === file)
    .map((explanation) => ({ explanation, ranges: placesOf(explanation, source) }));
  return (mutant: Place): string | undefined =>
    known.find(
      ({ explanation, ranges }) =>
        isMeant(explanation, mutant) && ranges.some(([start, end]) => start <= mutant.start && mutant.end <= end),
    )?.explanation.reason;
}

function isMeant({ within, operators, original: looks, becomes }: Explanation, mutant: Place): boolean {
  const { within: name = "", operator, original = "", mutated = "" } = mutant;
  if (within !== undefined && name !== within && !name.startsWith(`${within}.`)) return false;
  if (operators !== undefined && !operators.some((one) => one === operator)) return false;
  if (looks !== undefined && !looks.test(original)) return false;
  switch (becomes) {
    case undefined:
      return true;
    case "left":
      return mutated !== "" && original.startsWith(mutated);
    case "right":
      return mutated !== "" && original.endsWith(mutated);
    case "with-equals":
      return original !== mutated && original.replaceAll("=", "") === mutated.replaceAll("=", "");
    default:
      return mutated === becomes.text;
  }
}

/** Explanations of code that is not there any more. @param sources of the files that are mutated, by path */
export function staleExplanations(explanations: readonly Explanation[], sources: ReadonlyMap<string, string>): readonly string[] {
  return explanations.flatMap((explanation) => {
    const { file } = explanation;
    const places = [...sources].filter(([name]) => file === undefined || name === file);
    if (places.length === 0) return [`${file}: there is no such file, whose survivors are explained`];
    if (places.some(([, source]) => placesOf(explanation, source).length > 0)) return [];
    const what = explanation.code ?? explanation.within;
    return [`${file ?? "nowhere"}: the code of an explained survivor is gone: ${what instanceof RegExp ? what.source : what}`];
  });
}

/** Explanations that explain no survivor any more, since all that they were of are killed. @param files of the results, by path */
export function idleExplanations(explanations: readonly Explanation[], files: MutationResults["files"]): readonly string[] {
  const used = new Set<string>();
  for (const [file, { survivors }] of Object.entries(files))
    for (const { redIn, reason } of survivors)
      if (redIn === undefined && reason !== undefined) used.add(keyOf(file, reason)).add(reason);
  return explanations
    .filter(({ file, reason }) => !used.has(file === undefined ? reason : keyOf(file, reason)))
    .map(({ file, reason }) => `${file ?? "everywhere"}: no survivor is explained any more by: ${reason}`);
}

const keyOf = (file: string, reason: string) => `${file} ${reason}`;

/** Where explained code stands in a text, whatever the blanks. Where only a function is named, that is all of a text that has it. */
function placesOf({ code, within }: Explanation, source: string): readonly (readonly [number, number])[] {
  if (code === undefined) {
    const names = within?.split(".") ?? [];
    return names.every((name) => source.includes(name)) ? [[0, source.length]] : [];
  }
  if (code instanceof RegExp) return matches(code, source);
  const words = code
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return matches(new RegExp(words.join(String.raw`\s+`), "g"), source);
}

function matches(pattern: RegExp, source: string): readonly (readonly [number, number])[] {
  return [...source.matchAll(pattern)].map(({ index, 0: text }) => [index, index + text.length]);
}
