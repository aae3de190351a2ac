export { HistoryError } from "./error.ts";
export { createHistoryReader, type HistoryReader } from "./reader.ts";
export type * from "./types.ts";
