import { trackedFiles } from "../lib/files.ts";

/** What judges agents: a fault in it could let a broken one pass. */
const MUTATED = [/^suites\/(checks|oracle|judging)\/(?!testing\/|index\.ts|words\.ts)/, /^suites\/judge\.ts$/];

/** Tests that judge transcripts, and run in this process alone. */
const COVERING = /^suites\/(checks|oracle|judging)\/.*\.test\.ts$/;

/** The files that are mutated, as paths from the root. */
export function mutatedFiles(root: string): readonly string[] {
  return trackedFiles(root).filter((file) => !file.endsWith(".test.ts") && MUTATED.some((pattern) => pattern.test(file)));
}

/** The test files that are to kill the mutants. */
export function coveringTests(root: string): readonly string[] {
  return trackedFiles(root).filter((file) => COVERING.test(file));
}

/** Tests that look at verdicts and at nothing that is said beside them. They are many, and they are long. */
export const verdictsAlone: readonly string[] = ["kill-matrix", "conforming"].map((name) => `suites/checks/${name}.test.ts`);
