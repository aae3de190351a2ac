import type { Requirement } from "../requirements/index.ts";
import { type Baseline, type BaselinedRun, isAbout } from "./types.ts";

/**
 * How often each scenario must be told so that its flaky requirements can show as what they are; 1 for all others.
 *
 * @param planned the requirements that are to be judged
 */
export function repeatsOf(
  { flaky }: Baseline,
  run: Omit<BaselinedRun, "startedAt">,
  planned: readonly Requirement[],
): (scenario: string) => number {
  const about = flaky.filter((entry) => isAbout(entry, run));
  return (scenario) => {
    const times = about
      .filter((entry) => entry.scenario === undefined || entry.scenario === scenario)
      .filter(({ id }) => planned.some((row) => row.id === id && (row.scenarios as readonly string[]).includes(scenario)))
      .map(({ repeat }) => repeat);
    return Math.max(1, ...times);
  };
}
