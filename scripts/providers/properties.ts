import type { ProviderProperty } from "./types.ts";

/** What providers are or do, by which verdicts may differ. An explanation that explains nothing is an error. */
export const providerProperties: readonly ProviderProperty[] = [];
