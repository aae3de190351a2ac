import { AgentUnstartableError, type AgentVariant } from "../../../agents/index.ts";
import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { DONE } from "./waits.ts";

/** Starts the agent. @throws what the harness failed at; an agent that cannot be started is an outcome */
export async function startAgent(stage: Stage, variant?: AgentVariant): Promise<WaitOutcome> {
  try {
    stage.agent = await stage.startAgent(variant);
    return DONE;
  } catch (error) {
    if (error instanceof AgentUnstartableError) return { satisfied: false, note: error.message };
    throw error;
  }
}

/** Times in which the harness stood still do not count as grace. */
const LATE_MS = 2_000;

/** Of every replica, where there are several: SIGTERM, the grace and a little longer, and SIGKILL where it was not enough. */
export async function stopAgent({ agent, replicas, budgets }: Stage): Promise<WaitOutcome> {
  const running = replicas.size > 0 ? [...replicas.values()] : agent === undefined ? [] : [agent];
  if (running.length === 0) return { satisfied: false, note: "the agent was never started" };
  const outcomes = await Promise.all(running.map((each) => each.stop(budgets.grace + LATE_MS)));
  return outcomes.includes("killed") ? { satisfied: false, note: `not gone within ${budgets.grace} ms, and killed` } : DONE;
}

/** SIGKILL, and the wait for the end. */
export async function killAgent({ agent }: Stage): Promise<WaitOutcome> {
  agent?.signal("SIGKILL");
  await agent?.exited;
  return DONE;
}

/** SIGSTOP or SIGCONT: the agent stands still as a whole, as on a node that is starved of time, and goes on. */
export function holdAgent({ agent }: Stage, signal: "SIGSTOP" | "SIGCONT"): WaitOutcome {
  if (agent === undefined) return { satisfied: false, note: "the agent was never started" };
  agent.signal(signal);
  return DONE;
}
