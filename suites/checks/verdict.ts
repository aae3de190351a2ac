import type { Moment } from "../history/types.ts";
import type { Evidence } from "../results.ts";

declare const proven: unique symbol;

/** A moment that a verdict rests on, with what it is. */
type Noted = Moment & { readonly note?: string };

/** What a pass is made from: an accepted request of the agent, the situation, and its good end. */
export interface Proof {
  readonly accepted: Noted;
  readonly precondition: Noted;
  readonly outcome: Noted;
}

/**
 * What the one pass is made from that rests on a control run: an accepted request of the same agent there, the situation,
 * and its good end. It is for something that an agent shall not do, which a silent one would not do either.
 */
export interface ControlProof {
  readonly control: Noted;
  readonly precondition: Noted;
  readonly outcome: Noted;
}

interface Said {
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Transcript time from precondition to outcome, or from the first to the last piece of evidence. */
  readonly durationMs: number;
}

/** Green. Only `pass` makes one. */
export type Pass = Said & { readonly verdict: "pass"; readonly proof: Proof; readonly [proven]: true };
/** Green by a control run. Only `passByControl` makes one, and only a `ControlledCheck` may give it. */
export type ControlledPass = Said & { readonly verdict: "pass"; readonly proof: ControlProof; readonly [proven]: true };
export type Fail = Said & { readonly verdict: "fail" };
/** Neither red nor green: the situation did not come about, or an earlier failure hides it. */
export type NotTestable = Said & { readonly verdict: "not-testable" };
/** The situation cannot arise: target or feature exclude it, or the agent took a permitted way around it. */
export type NotApplicable = Said & { readonly verdict: "not-applicable" };

/** What one check says of one scenario. */
export type ScenarioVerdict = Pass | Fail | NotTestable | NotApplicable;
/** The same of a check that may pass by a control run. */
export type ControlledVerdict = ScenarioVerdict | ControlledPass;

/**
 * The only way to say pass.
 *
 * @param message what was seen, in numbers
 * @throws Error where the outcome lies before its precondition: a fault of the check
 */
export function pass(proof: Proof, message: string): Pass {
  const { accepted, precondition, outcome } = proof;
  const first = { seq: accepted.seq, note: accepted.note ?? "an accepted request of the agent" };
  return { verdict: "pass", message, ...spanOf(first, precondition, outcome), proof } as unknown as Pass;
}

/**
 * The way to say pass of what an agent does not do, though it could: in a control run it did.
 *
 * @param message what was seen, in numbers
 * @throws Error where the situation does not lie behind the control run, or the outcome not behind the situation
 */
export function passByControl(proof: ControlProof, message: string): ControlledPass {
  const { control, precondition, outcome } = proof;
  if (precondition.seq < control.seq)
    throw new Error(`the precondition (seq ${precondition.seq}) lies before the control run (seq ${control.seq})`);
  const first = { seq: control.seq, note: control.note ?? "an accepted request of the control run" };
  return { verdict: "pass", message, ...spanOf(first, precondition, outcome), proof } as unknown as ControlledPass;
}

function spanOf(first: Evidence, precondition: Noted, outcome: Noted): Pick<Said, "evidence" | "durationMs"> {
  if (outcome.seq < precondition.seq)
    throw new Error(`the outcome (seq ${outcome.seq}) lies before its precondition (seq ${precondition.seq})`);
  const evidence = [
    first,
    { seq: precondition.seq, note: precondition.note ?? "precondition" },
    { seq: outcome.seq, note: outcome.note ?? "outcome" },
  ];
  return { evidence, durationMs: between(precondition, outcome) };
}

/** One case of a failure: what was expected and what was there, and where. */
export interface Case {
  readonly at: Moment;
  readonly text: string;
}

/** What a failure tells. */
export interface Failure {
  /** What is wrong, without the details; no final stop. */
  readonly problem: string;
  readonly cases: readonly Case[];
  /** What the real server would do. A whole sentence. */
  readonly consequence: string;
  /** How to mend it. A whole sentence. */
  readonly mend: string;
}

const SHOWN = 5;

/** Red, with the first cases and how many there are in all. */
export function fail({ problem, cases, consequence, mend }: Failure): Fail {
  const shown = cases.slice(0, SHOWN);
  const more = cases.length > shown.length ? `; and ${cases.length - shown.length} more` : "";
  const first = cases[0]?.at;
  const last = cases.at(-1)?.at;
  return {
    verdict: "fail",
    message: `${problem}: ${shown.map(({ text }) => text).join("; ")}${more}. ${consequence} ${mend}`,
    evidence: shown.map(({ at, text }) => ({ seq: at.seq, note: text })),
    durationMs: first && last ? between(first, last) : 0,
  };
}

/** Neither red nor green; the message says why. */
export function notTestable(message: string, evidence: readonly Evidence[] = []): NotTestable {
  return { verdict: "not-testable", message, evidence, durationMs: 0 };
}

/** Cannot arise; the message says why, and names the SHOULD that records an agent's choice. */
export function notApplicable(message: string, evidence: readonly Evidence[] = []): NotApplicable {
  return { verdict: "not-applicable", message, evidence, durationMs: 0 };
}

function between(from: Moment, to: Moment): number {
  return Math.max(0, Math.round((to.t - from.t) * 1000) / 1000);
}
