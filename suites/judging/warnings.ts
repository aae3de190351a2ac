import type { History } from "../history/types.ts";
import type { TenantJudgement } from "./judge-tenant.ts";

/** What a reader of the results should know beside the verdicts. @param judged the scenarios, in the order in which they began */
export function warningsOf(history: History, judged: readonly TenantJudgement[], faults: readonly string[]): readonly string[] {
  const { troubles, ended, interrupted } = history;
  return [
    ...faults,
    ...troubles.map(({ tenant, blame, text }) => `${tenant === "" ? "" : `${tenant}: `}${blame}: ${text}`),
    ...judged.flatMap(({ warnings }) => warnings),
    ...stallWarning(history, judged),
    ...starvedWarning(judged),
    ...(ended || interrupted ? [] : ["the transcript breaks off before the end of the run"]),
  ];
}

/** Small stalls change nothing that a reader would notice. */
const WORTH_A_WARNING_MS = 2_000;

/** What the harness does before the first agent starts keeps nobody waiting. */
function stallWarning({ stalls }: History, judged: readonly TenantJudgement[]): readonly string[] {
  const began = judged.reduce((first, { agentStarted }) => Math.min(first, agentStarted ?? Infinity), Infinity);
  const total = stalls.reduce((sum, { t, ms }) => sum + Math.max(0, Math.min(ms, t - began)), 0);
  if (total < WORTH_A_WARNING_MS) return [];
  return [
    `the harness itself stood still for ${Math.round(total / 100) / 10} s in all (the machine is overloaded, or slept); no budget of the agent counts that time`,
  ];
}

/** So much is lost whenever several processes start at a time. */
const STARVED_A_SCENARIO_MS = 2_000;

function starvedWarning(judged: readonly TenantJudgement[]): readonly string[] {
  const starved = judged.filter(({ starvedMs }) => starvedMs >= STARVED_A_SCENARIO_MS);
  const [worst] = starved.toSorted((a, b) => b.starvedMs - a.starvedMs);
  if (worst === undefined) return [];
  return [
    `the machine had no processor for the agent for ${Math.round(worst.starvedMs / 100) / 10} s in ${worst.tenant}${starved.length > 1 ? `, and for long in ${starved.length - 1} more of the scenarios` : ""} (it is overloaded; --jobs asks less of it); what that leaves open is not testable`,
  ];
}
