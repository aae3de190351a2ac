export { createOracle } from "./create-oracle.ts";
export { at, listAt, textAt } from "./json.ts";
export type { Commit, CompleteList, Oracle, QuietWindow, Snapshot, SnapshotItem, Upload } from "./types.ts";
