import type { ClusterIdQuestion, Moment, OtherCall, SyncCall } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
import { callText, count, quoted, seconds } from "./words.ts";

/** A call of GetKubernetesClusterID. */
type Question = OtherCall & { readonly question: ClusterIdQuestion };

/**
 * KAS-CFG-5. The digest's letter case does not count, since the server reads it as a number (protocol.md 5.5). It is
 * judged though nothing was accepted, since an agent that gets no cluster_id uploads nothing.
 */
export const clusterIdAsked: Check = {
  id: "KAS-CFG-5",
  readsContent: false,
  withoutAccepted: "itself",
  run(context) {
    const { caMd5, otherCalls } = context.scenario;
    if (caMd5 === undefined) return notTestable("the record does not say what the cluster's CA is");
    const questions = otherCalls.filter((call): call is Question => call.question !== undefined);
    if (questions.length === 0) return neverAsked(context);
    const wrong = questions.filter(({ question }) => isWrong(context, question, caMd5));
    if (wrong.length > 0) {
      return fail({
        problem: "GetKubernetesClusterID was not asked with the MD5 of the cluster's CA",
        cases: wrong.map((call) => ({ at: call, text: questionText(context, call, caMd5) })),
        consequence:
          "The real server makes the id from the digest alone: another digest is another cluster to it, and one that has not 32 characters is refused.",
        mend: "Send in ca_md5 the lower-case hex MD5 of the bytes of the CA certificate as they stand in ca.crt, not of their base64.",
      });
    }
    return usesAnswer(context, questions);
  },
};

const MEND = "Where no cluster_id is configured, ask GetKubernetesClusterID until it gives one, before the first request.";

function neverAsked({ scenario, oracle, plan }: CheckContext): ScenarioVerdict {
  const [call] = scenario.calls;
  const start = oracle.time.after(oracle.startedAt.t, plan.budgets.start);
  const gone = scenario.agent.lives.at(-1)?.exited;
  const cases: Case[] = call
    ? [{ at: call, text: `${callText(call)} came with cluster_id ${quoted(call.clusterId)}, and nobody was asked for one` }]
    : gone && gone.seq <= oracle.observedUntil.seq
      ? [{ at: gone, text: "the agent ended without having asked" }]
      : hasPassed(start, oracle.observedUntil)
        ? [{ at: oracle.observedUntil, text: `nothing was asked within the start budget of ${seconds(plan.budgets.start)}` }]
        : [];
  if (cases.length === 0) return notTestable("the agent was not observed for long enough to ask for its cluster_id");
  return fail({
    problem: "GetKubernetesClusterID was not asked though no cluster_id was configured",
    cases,
    consequence:
      "The real server drops a request without cluster_id, and under an invented one keeps a cluster that no domain gathers.",
    mend: MEND,
  });
}

function usesAnswer(context: CheckContext, questions: readonly Question[]): ScenarioVerdict {
  const { oracle, plan } = context;
  const asked = questions.find(({ question }) => question.answer?.clusterId);
  const answer = asked?.question.answer;
  if (!asked || !answer) return notTestable("the mock server gave no cluster_id");
  const strange = oracle.calls.filter((call) => call.clusterId !== answer.clusterId);
  const late =
    oracle.calls.length === 0 && hasPassed(oracle.time.after(oracle.startedAt.t, plan.budgets.start), oracle.observedUntil);
  if (strange.length > 0 || late) {
    const silence: Case = { at: answer, text: `${quoted(answer.clusterId)} was answered, and no request came with it` };
    return fail({
      problem: "the answered cluster_id is not used",
      cases: late ? [silence] : strange.map((call) => ({ at: call, text: strangeText(call, answer) })),
      consequence: "The real server keeps each cluster_id as a cluster of its own, and drops a request that has none.",
      mend: MEND,
    });
  }
  const last = oracle.calls.at(-1);
  if (oracle.accepted.length === 0 || !last) return notTestable("the agent asked rightly, and then no request was accepted");
  return pass(
    proofOf(
      context,
      noted(asked, "the agent asked by the MD5 of the CA"),
      noted(last, "the last request, under the answered id"),
    ),
    `asked ${count(questions.length, "time")}, and ${count(oracle.calls.length, "request")} under ${quoted(answer.clusterId)}`,
  );
}

function isWrong({ target }: CheckContext, { service, caMd5 = "" }: ClusterIdQuestion, expected: string): boolean {
  return !target.services.includes(service) || caMd5.toLowerCase() !== expected;
}

function questionText({ target }: CheckContext, { seq, call, question }: Question, expected: string): string {
  const where = `request seq ${seq} (call ${call})`;
  if (!target.services.includes(question.service))
    return `${where} went to ${question.service}.Synchronizer, which is not served`;
  const said = question.answer?.errorMsg ? `, and was refused: ${quoted(question.answer.errorMsg)}` : "";
  return `${where} has ca_md5 ${quoted(question.caMd5)}; the CA's is ${quoted(expected)}${said}`;
}

function strangeText(call: SyncCall, answer: Moment & { readonly clusterId?: string }): string {
  const before = call.seq < answer.seq ? ", before the answer came" : "";
  return `${callText(call)} has cluster_id ${quoted(call.clusterId)}, answered was ${quoted(answer.clusterId)}${before}`;
}
