import type { Moment } from "../history/types.ts";
import type { CheckContext } from "./check.ts";
import type { Proof } from "./verdict.ts";

/**
 * The proof of something that holds at all times: it was looked for from the first accepted request to the last request
 * that could have broken it.
 *
 * @throws Error where nothing was accepted; the gate keeps that from happening
 */
export function throughout({ oracle }: CheckContext, last: Moment | undefined = oracle.calls.at(-1)): Proof {
  const [accepted] = oracle.accepted;
  if (!accepted || !last) throw new Error("a check asked for proof in a scenario in which nothing was accepted");
  const outcome = last.seq < accepted.seq ? accepted : last;
  return {
    accepted,
    precondition: { seq: accepted.seq, t: accepted.t, note: "the first accepted request" },
    outcome: { seq: outcome.seq, t: outcome.t, note: "the last one that could have broken it" },
  };
}

/** A proof with its own precondition and outcome. */
export function proofOf(
  { oracle }: CheckContext,
  precondition: Moment & { note: string },
  outcome: Moment & { note: string },
): Proof {
  const [accepted] = oracle.accepted;
  if (!accepted) throw new Error("a check asked for proof in a scenario in which nothing was accepted");
  return { accepted, precondition, outcome };
}

/** A moment with a note. */
export function noted({ seq, t }: Moment, note: string): Moment & { note: string } {
  return { seq, t, note };
}
