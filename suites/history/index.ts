export { GIVEN_FAULTS, isGiven, overAt, scriptOf } from "./fault-specs.ts";
export { HistoryError } from "./error.ts";
export { createHistoryReader } from "./reader.ts";
export type * from "./types.ts";
export { statusText } from "./status-text.ts";
