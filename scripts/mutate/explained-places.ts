import type { Explanation } from "./explanations.ts";

/** Survivors that were looked into, and stay, each where it stands. */
export const ofPlaces: readonly Explanation[] = [
  {
    file: "suites/checks/gate.ts",
    code: "trouble === undefined || moment.seq < trouble.seq",
    reason: "equivalent: it is asked only where there is trouble",
  },
  {
    file: "suites/checks/gate.ts",
    code: "if (own && verdict) return",
    reason: "equivalent: where the check is the cause itself it was run, so that there is a verdict",
  },
  {
    file: "suites/checks/gate.ts",
    code: 'CAUSE_OF_ROW[call.answer?.row ?? ""]',
    reason: "equivalent: no row has the name that stands in for none",
  },
  {
    file: "suites/checks/versions.ts",
    code: "!first || !last",
    reason: "equivalent: a list that has a first has a last; both are asked for the types",
  },
  {
    file: "suites/checks/presence.ts",
    code: "!first || !last || used.size === 0",
    reason: "equivalent: a namespace is in use only where there is a snapshot, which is the first and the last then",
  },
  {
    file: "suites/checks/presence.ts",
    code: "!first || !last || most === 0",
    reason: "equivalent: owners were kept only where there is a snapshot, which is the first and the last then",
  },
  {
    file: "suites/checks/presence.ts",
    code: "readings.get(item.object) ?? { owner: readOwner(item, life) }",
    reason: "equivalent: the memory only saves reading an object again that many snapshots share",
  },
  {
    file: "suites/checks/presence.ts",
    code: "readings.set(item.object, known);",
    reason: "equivalent: the memory only saves reading an object again that many snapshots share",
  },
  {
    file: "suites/checks/presence.ts",
    code: "if (name !== undefined && !inUse.has(name))",
    reason: "equivalent for verdicts: another object of the same namespace is told as the example",
  },
  {
    file: "suites/checks/versions.ts",
    code: "if (!shown || !commit)",
    reason: "equivalent: the one is there where the other is; both are asked for the types",
  },
  {
    file: "suites/checks/versions.ts",
    code: "(after.version ?? 0n) < (before.version ?? 0n)",
    reason: "equivalent: only two versions that differ, and neither absent, are compared",
  },
  {
    file: "suites/checks/deletion.ts",
    code: "upload.call.seq < commit.seq",
    reason: "equivalent: no commit has the seq of a request",
  },
  {
    file: "suites/checks/deletion.ts",
    code: "(other.forms[0]?.seq ?? 0) > seq || (other.deleted?.seq ?? Infinity) <= seq",
    reason:
      "equivalent: each life has a form; a deletion that never came is neither before nor after; no creation has the seq of a deletion",
  },
  {
    file: "suites/checks/deletion.ts",
    code: "(life.deleted?.seq ?? Infinity) <= (deleted?.seq ?? 0)",
    reason: "equivalent: it is asked of a life that was deleted, and what never was compares as false",
  },
];
