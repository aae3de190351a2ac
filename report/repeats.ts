import type { RepeatResult, Results } from "../suites/results.ts";

/** What came and went among the scenarios that were told several times, a line each; empty where none was. */
export function repeatTexts({ repeats }: Results): readonly string[] {
  if (repeats === undefined) return [];
  const flakes = repeats.filter(({ passed, failed }) => passed > 0 && failed > 0);
  const told = flakes.length === 0 ? ["nothing failed in one telling and passed in another"] : flakes.map(flakeText);
  const open = repeats.filter(({ notTestable, runs }) => notTestable > 0 && notTestable < runs);
  return [
    ...told,
    ...open.map(({ id, scenario, notTestable, runs }) => `${id} in ${scenario}: not testable in ${notTestable} of ${runs}`),
  ];
}

/** A rate in per cent says little of few tellings, so both numbers stand before it. */
function flakeText({ id, scenario, failed, passed, runs, failureRate }: RepeatResult): string {
  const settled = passed + failed === runs ? String(runs) : `${passed + failed} that could be judged, of ${runs}`;
  return `${id} in ${scenario}: failed ${failed} of ${settled}, flake rate ${Math.round(failureRate * 1000) / 10} %`;
}
