export { DocumentError, readDocument, type ReadDocument } from "./read.ts";
export type { Schema } from "./schema.ts";
