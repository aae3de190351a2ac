/**
 * Requirements that no agent can be made to break, and the test whose synthetic transcripts fail their check: one that
 * fails it and one that passes it.
 */
export const syntheticPairs: Readonly<Record<string, string>> = {};
