export type { EntryReading, Finding, FindingCode, JsonObject } from "./types.ts";
