import type { Explanation } from "./explanations.ts";
import type { Mutant } from "./mutants.ts";

/** Why a mutant may live: its place lies in code that is explained. */
export function createExplainer(explanations: readonly Explanation[], file: string, source: string) {
  const ranges = explanations
    .filter((explanation) => explanation.file === undefined || explanation.file === file)
    .flatMap(({ code, reason }) => placesOf(code, source).map(([start, end]) => ({ start, end, reason })));
  return ({ start, end }: Pick<Mutant, "start" | "end">): string | undefined =>
    ranges.find((range) => range.start <= start && end <= range.end)?.reason;
}

/** Explanations of code that is not there any more. @param sources of the files that are mutated, by path */
export function staleExplanations(explanations: readonly Explanation[], sources: ReadonlyMap<string, string>): readonly string[] {
  return explanations.flatMap(({ file, code }) => {
    const places = [...sources].filter(([name]) => file === undefined || name === file);
    if (places.length === 0) return [`${file}: there is no such file, whose survivors are explained`];
    if (places.some(([, source]) => placesOf(code, source).length > 0)) return [];
    return [`${file ?? "nowhere"}: the code of an explained survivor is gone: ${code}`];
  });
}

/** Where code stands in a text, whatever the blanks. */
function placesOf(code: string, source: string): readonly (readonly [number, number])[] {
  const words = code
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return [...source.matchAll(new RegExp(words.join(String.raw`\s+`), "g"))].map(({ index, 0: text }) => [
    index,
    index + text.length,
  ]);
}
