/**
 * The sets that were released, by name, with the SHA-256 of their canonical text (`docs/requirement-sets/NAME.json`).
 * An entry is never changed: another wording, level, profile or scope is a new set under a new name.
 */
export const frozenSets: Readonly<Record<string, string>> = {
  "2026.1": "d12c8616a30b83f7b3087b6015edf0f2855aafda4fa2e7a892a185f85f721385",
};
