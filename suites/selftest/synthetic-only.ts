/**
 * Judged requirements that no agent can be made to fail on purpose, with the reason and the test whose pair of synthetic
 * transcripts proves instead that the check can fail. By id. An entry that a mutant fails after all is an error.
 */
export const syntheticOnly: Readonly<Record<string, string>> = {};
