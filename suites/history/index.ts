export { HistoryError } from "./error.ts";
export { createHistoryReader } from "./reader.ts";
export type * from "./types.ts";
