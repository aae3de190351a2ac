export { createOracle } from "./create-oracle.ts";
export { isSelective, isWatchRequest, queryOf } from "./api-requests.ts";
export type { Delivered, Told } from "./delivered.ts";
export { at, listAt, textAt } from "./json.ts";
export { lostTime } from "./unstalled-time.ts";
export type { Commit, Oracle, QuietWindow, SnapshotItem, Upload } from "./types.ts";
