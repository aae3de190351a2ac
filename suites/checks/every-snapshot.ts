import type { Upload } from "../oracle/index.ts";
import type { CheckContext } from "./check.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, type Failure, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
import { count } from "./words.ts";

/** What a snapshot check finds in one upload. */
interface Look {
  readonly cases: readonly Case[];
  /** How many things were looked at that could have been wrong. */
  readonly looked: number;
}

/** Looks at each distinct list of entries once, and is green only where something was there to look at. */
export function everySnapshot(
  context: CheckContext,
  look: (upload: Upload) => Look,
  failure: Omit<Failure, "cases">,
  words: { readonly fine: string; readonly nothing: ScenarioVerdict },
): ScenarioVerdict {
  const { distinctUploads } = context.oracle;
  const looks = distinctUploads.map((upload) => ({ upload, ...look(upload) }));
  const cases = looks.flatMap((each) => each.cases);
  if (cases.length > 0) return fail({ ...failure, cases });
  const seen = looks.filter(({ looked }) => looked > 0);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return words.nothing;
  const most = Math.max(...seen.map(({ looked }) => looked));
  return pass(
    proofOf(context, noted(first.upload.call, "the first snapshot"), noted(last.upload.call, "the last distinct snapshot")),
    `${count(distinctUploads.length, "distinct snapshot")}, up to ${count(most, "object")}: ${words.fine}`,
  );
}

/** Where no snapshot had anything to look at. */
export const NO_OBJECT = notTestable("no uploaded object could be looked at");
