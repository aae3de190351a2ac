/** Why the mutants of a piece of code may live. */
export interface Explanation {
  /** Path from the root; absent where it holds wherever the code stands. */
  readonly file?: string;
  /** The code as it stands in the file, blanks folded. It explains each survivor that lies in it. */
  readonly code: string;
  readonly reason: string;
}

/** Survivors that were looked into, and stay. */
export const explanations: readonly Explanation[] = [
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
];
