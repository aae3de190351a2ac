import { everywhere } from "./explained-everywhere.ts";
import { ofPlaces } from "./explained-places.ts";
import type { Operator } from "./operators.ts";

/** Why the mutants of a piece of code may live. It explains each survivor of which all that it names is true. */
export interface Explanation {
  /** Path from the root; absent where it holds wherever the code stands. */
  readonly file?: string;
  /** The code as it stands in the file, blanks folded, or what it looks like: the survivor lies in it. */
  readonly code?: string | RegExp;
  /** The function that the survivor lies in, as the page names it. */
  readonly within?: string;
  readonly operators?: readonly Operator[];
  /** What the expression that is changed looks like. */
  readonly original?: RegExp;
  /** What is left: one operand alone; a bound with or without its equals sign; this text. */
  readonly becomes?: "left" | "right" | "with-equals" | { readonly text: string };
  readonly reason: string;
}

/** Why survivors stay. What is said of a place comes before what holds everywhere. */
export const explanations: readonly Explanation[] = [...ofPlaces, ...everywhere];
