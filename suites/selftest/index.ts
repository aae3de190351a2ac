export { killMatrix, seenFailures } from "./matrix.ts";
export { placesFor } from "./places.ts";
export { leftOpen, problemsOf, problemsOfOne } from "./rules.ts";
export { runSubjects } from "./run-subjects.ts";
export { selectSubjects, SelftestSelectionError, type Selection } from "./select.ts";
export { folderOf, nameOf, subjectsOf } from "./subjects.ts";
export { syntheticOnly } from "./synthetic-only.ts";
export type { KillMatrix, Problem, Subject, SubjectOutcome } from "./types.ts";
