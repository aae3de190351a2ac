import { isUntold } from "../checks/index.ts";
import type { Results } from "../results.ts";
import type { Cell, Subject, SubjectOutcome } from "./types.ts";

/** What came of a subject, by what was judged. Only what has a check is a cell: the rest says nothing of any agent. */
export function outcomeOf(subject: Subject, results: Results): SubjectOutcome {
  const judged = results.checks.filter(({ scenarios }) => scenarios.length > 0);
  const cells = new Map(
    judged.map(({ id, level, verdict, message, scenarios }): [string, Cell] => {
      const untold = verdict === "not-testable" && scenarios.some(isUntold);
      return [id, { level, verdict, message, ...(untold && { untold }) }];
    }),
  );
  return { subject, exitCode: results.exitCode, cells, warnings: results.warnings };
}
