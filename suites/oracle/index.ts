export { createOracle } from "./create-oracle.ts";
export { at, listAt, textAt } from "./json.ts";
export type { Commit, Oracle, SnapshotItem, Upload } from "./types.ts";
