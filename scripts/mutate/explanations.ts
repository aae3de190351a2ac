/** Why the mutants of a piece of code may live. */
export interface Explanation {
  /** Path from the root. */
  readonly file: string;
  /** The code as it stands in the file, blanks folded. It explains each survivor that lies in it. */
  readonly code: string;
  readonly reason: string;
}

/** Survivors that were looked into, and stay. */
export const explanations: readonly Explanation[] = [];
