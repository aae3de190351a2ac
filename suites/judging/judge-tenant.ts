import type { Target } from "../../server-mock/contract/index.ts";
import {
  type CheckContext,
  exitFactsOf,
  findCheck,
  judgeScenario,
  notTestable,
  type NamedVerdict,
  type ScenarioFacts,
  settledVerdict,
} from "../checks/index.ts";
import { explainerOf } from "../explaining/index.ts";
import { isGiven } from "../history/index.ts";
import type { FaultRecord, History, ScenarioHistory } from "../history/types.ts";
import { inventoryResult } from "../inventory.ts";
import { createOracle, type Oracle } from "../oracle/index.ts";
import type { FaultResult, InventoryResult } from "../results.ts";
import type { Row } from "./rows.ts";

/**
 * All that the results say of one scenario run. It holds on to nothing of the history, so that a scenario can be
 * forgotten once it was judged.
 */
export interface TenantJudgement {
  readonly tenant: string;
  /** Where it began, for the order. */
  readonly seq: number;
  /** Milliseconds; absent where no agent was started. */
  readonly agentStarted?: number;
  /** For how many milliseconds the machine had no processor for the agent. */
  readonly starvedMs: number;
  /** By requirement id. */
  readonly verdicts: ReadonlyMap<string, NamedVerdict>;
  readonly inventory?: InventoryResult;
  readonly faults: readonly FaultResult[];
  readonly warnings: readonly string[];
  readonly facts: ScenarioFacts;
  /** Checks that broke: the harness is at fault. */
  readonly problems: readonly string[];
}

/** Judges one scenario run by every check that is to be judged in it. */
export function judgeTenant(
  scenario: ScenarioHistory,
  { plan, troubles, stalls }: History,
  target: Target,
  rows: readonly Row[],
): TenantJudgement {
  const oracle = createOracle(scenario, plan, target, [...stalls, ...scenario.agent.starved]);
  const context: CheckContext = { scenario, plan, target, oracle };
  const lost = oracle.lostBetween(oracle.startedAt, scenario.ended);
  const own = troubles.filter(({ tenant }) => tenant === scenario.tenant);
  const name = plan.scenarios.find(({ tenant }) => tenant === scenario.tenant)?.name;
  const explain = explainerOf(context);
  const problems: string[] = [];
  const verdicts = new Map<string, NamedVerdict>();
  for (const { requirement, excluded } of rows) {
    const check = findCheck(requirement.id);
    if (check === undefined || excluded !== undefined || !(requirement.scenarios as readonly unknown[]).includes(name)) continue;
    try {
      const judgeBy = (by: Oracle) => judgeScenario(check, { ...context, oracle: by }, own);
      const verdict = settledVerdict(judgeBy, oracle, lost);
      const failure = verdict.verdict === "fail" && { context: explain(verdict) };
      verdicts.set(check.id, { ...named(scenario, verdict), ...failure });
    } catch (error) {
      const problem = `the check of ${check.id} failed in ${scenario.tenant}: ${error instanceof Error ? error.message : String(error)}`;
      problems.push(problem);
      verdicts.set(check.id, named(scenario, notTestable(`the harness is at fault: ${problem}`)));
    }
  }
  const inventory = inventoryResult(scenario, context.oracle.accepted, target);
  const agentStarted = scenario.agent.lives[0]?.started.t;
  return {
    tenant: scenario.tenant,
    seq: scenario.started.seq,
    ...(agentStarted === undefined ? {} : { agentStarted }),
    starvedMs: scenario.agent.starved.reduce((sum, { ms }) => sum + ms, 0),
    verdicts,
    ...(inventory && { inventory }),
    faults: scenario.faults.map((fault) => faultResult(scenario, fault)),
    warnings: warningsOf(scenario),
    facts: exitFactsOf(scenario),
    problems,
  };
}

/** A verdict without its proof, which holds on to whole calls. */
function named({ tenant }: ScenarioHistory, { verdict, message, evidence, durationMs }: NamedVerdict["verdict"]): NamedVerdict {
  return { name: tenant, verdict: { verdict, message, evidence, durationMs } };
}

function faultResult(scenario: ScenarioHistory, fault: FaultRecord): FaultResult {
  return {
    scripted: fault.fault,
    fired: fault.fired !== undefined,
    scenario: scenario.tenant,
    hits: fault.hits.length,
    ...(isGiven(fault, scenario) && { given: true }),
  };
}

function warningsOf({ tenant, steps, ended: end }: ScenarioHistory): readonly string[] {
  return [
    ...steps
      .filter((step) => step.ended?.satisfied === false)
      .map(({ step, note }) => `${tenant}: step ${step} was not satisfied in time${note === undefined ? "" : ` (${note})`}`),
    ...(end?.aborted === undefined ? [] : [`${tenant}: ended early: ${end.aborted}`]),
  ];
}
