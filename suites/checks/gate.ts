import { isOutOfReach } from "../history/fault-specs.ts";
import type { History, Moment } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { contentTrouble } from "./encoding.ts";
import { type ControlledVerdict, notTestable } from "./verdict.ts";
import { callText } from "./words.ts";

/** What stands in the way of every check of a scenario alike. */
type Trouble = History["troubles"][number];

/**
 * Runs a check where its verdict can mean something.
 *
 * - Where the target accepted nothing, the one cause is red and nothing else is judged.
 * - Where an entry cannot be read, what depends on content is not-testable because of the requirement to blame.
 * - Where harness or environment failed in this scenario, only what was settled before stands.
 * - Where nothing tells what was delivered to the agent, what depends on it is not-testable.
 * - Where a scripted fault never fired, nothing is green.
 *
 * @throws Error where the check itself is at fault
 */
export function judgeScenario(check: Check, context: CheckContext, troubles: readonly Trouble[]): ControlledVerdict {
  const verdict = judgeRequirement(check, context);
  if (verdict.verdict === "pass") {
    assertProven("control" in verdict.proof ? verdict.proof.control : verdict.proof.accepted, context);
  }
  const [trouble] = troubles;
  const settled = (moment: { readonly seq: number }) => trouble === undefined || moment.seq < trouble.seq;
  if (trouble && verdict.verdict !== "not-applicable" && !(verdict.evidence.length > 0 && verdict.evidence.every(settled))) {
    return notTestable(`${trouble.blame === "harness" ? "the harness" : "the environment"} failed: ${trouble.text}`, [
      { seq: trouble.seq, note: trouble.text },
    ]);
  }
  const unfired = context.scenario.faults.find((fault) => fault.fired === undefined && !isOutOfReach(fault, context.scenario));
  if (unfired && verdict.verdict === "pass") {
    return notTestable(`the fault "${unfired.fault}" was scripted and never fired`, [
      { seq: unfired.scripted.seq, note: "scripted" },
    ]);
  }
  return verdict;
}

function judgeRequirement(check: Check, context: CheckContext): ControlledVerdict {
  const { scenario, oracle } = context;
  const { unstartable } = scenario.agent;
  if (unstartable)
    return notTestable(`the agent could not be started: ${unstartable.problem}`, [
      { seq: unstartable.seq, note: unstartable.problem },
    ]);
  if (scenario.agent.lives.length === 0) return notTestable("the agent was never started");
  if (oracle.accepted.length === 0 && check.withoutAccepted !== "itself") {
    const cause = causeOfSilence(context);
    const own = check.withoutAccepted === "cause" && check.id === cause.id;
    const beside = typeof check.withoutAccepted === "object" && check.withoutAccepted.beside === cause.id;
    const verdict = own || beside ? check.run(context) : undefined;
    if (verdict?.verdict === "fail") return verdict;
    if (own && verdict) return notTestable(`no request was accepted, and ${cause.id} does not say why: ${verdict.message}`);
    return notTestable(`no request was accepted, because of ${cause.id}: ${cause.text}`);
  }
  if (check.readsDelivery === true && oracle.deliveryUnseen) return notTestable(UNSEEN);
  const content = check.readsContent ? contentTrouble(context) : undefined;
  if (content && content.id !== check.id) {
    return notTestable(`the content cannot be judged, because of ${content.id}: ${content.text}`, [
      { seq: content.seq, note: content.text },
    ]);
  }
  return check.run(context);
}

const UNSEEN = "the agent went to the API server itself (--no-proxy), so that nothing tells what it asked for and was given";

/** A pass may rest on a request of this scenario alone, and on one that was accepted. */
function assertProven(accepted: Moment, { oracle }: CheckContext): void {
  if (oracle.accepted.some(({ seq }) => seq === accepted.seq)) return;
  throw new Error(`a pass rests on seq ${accepted.seq}, which is no accepted request of this scenario`);
}

/** The requirements that can be the one reason for which nothing was accepted, by the row that dropped the request. */
const CAUSE_OF_ROW: Readonly<Record<string, { readonly id: string; readonly text: string }>> = {
  "1": { id: "KAS-VER-1", text: "its version is absent or 0" },
  "2": { id: "KAS-ENV-1", text: "its cluster_id is absent or empty" },
  "3": { id: "KAS-ENV-5", text: "its team_id is unknown" },
};

/** Why nothing was accepted: the first request with entries decides, since the same agent sends the same again. */
function causeOfSilence({ scenario, oracle }: CheckContext): { readonly id: string; readonly text: string } {
  if (oracle.calls.length === 0 && scenario.calls.length > 0) {
    return { id: "KAS-CONN-1", text: "every request went to a service that the target does not serve" };
  }
  const full = oracle.calls.filter(({ entriesHash }) => entriesHash !== undefined);
  for (const call of full) {
    const cause = CAUSE_OF_ROW[call.answer?.row ?? ""];
    if (cause) return { id: cause.id, text: `${callText(call)} was dropped: ${cause.text}` };
  }
  if (full[0]) return { id: "KAS-LIFE-1", text: `${callText(full[0])} was not stored` };
  return { id: "KAS-LIFE-1", text: "no request with entries came" };
}
