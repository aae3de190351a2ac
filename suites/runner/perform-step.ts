import { AgentUnstartableError } from "../../agents/index.ts";
import type { ScenarioHistory } from "../history/types.ts";
import { allFired, answeredSince, lacks, shows, triedToConnect, uploadReached } from "../scenarios/goals.ts";
import type { Step } from "../scenarios/index.ts";
import { placeOf } from "./cast.ts";
import type { Stage } from "./stage.ts";
import { waitFor, type WaitOutcome } from "./wait.ts";

/**
 * After a lost connection nothing but the time tells that an agent stays away, and times in which the harness stood still
 * do not count: it is observed for a little longer than the budget.
 */
const LATE_MS = 2_000;

const DONE: WaitOutcome = { satisfied: true };

/**
 * Performs one step and says whether it was satisfied; what that means is judged later, from the transcript.
 *
 * @param seq where the step's `began` line stands: what counts as having come after it
 * @throws the abort reason, and whatever the harness itself failed at
 */
export async function performStep(stage: Stage, step: Step, seq: number): Promise<WaitOutcome> {
  switch (step.step) {
    case "start-agent":
      return start(stage);
    case "stop-agent":
      return stop(stage);
    case "await-upload":
      return awaited(stage, step.budget, (scenario) => uploadReached(scenario, step.until));
    case "await-call":
      return awaited(stage, step.budget, (scenario) => answeredSince(scenario, seq), step.afterTimeout && stage.callTimeoutMs);
    case "await-shown": {
      const expected = stage.cast.expectations(step.objects);
      return awaited(stage, step.budget, (scenario) => shows(scenario, expected));
    }
    case "await-gone": {
      const uids = stage.cast.uids(step.objects);
      return awaited(stage, step.budget, (scenario) => lacks(scenario, uids));
    }
    case "await-fault":
      return awaited(stage, step.budget, allFired);
    case "quiet":
      return quiet(stage);
    case "create":
      for (const { as, resource, build } of step.objects) {
        stage.cast.keep(as, { resource, object: await stage.cluster.create(resource, build(stage.cast.world)) });
      }
      return DONE;
    case "change":
      for (const { of, patch, shows: shown = patch } of step.changes) {
        const { resource, object } = stage.cast.member(of);
        const changed = await stage.cluster.patch(resource, placeOf(object), patch(stage.cast.world));
        stage.cast.keep(of, { resource, object: changed }, shown(stage.cast.world));
      }
      return DONE;
    case "delete":
      for (const { as, resource, choose } of step.objects) {
        if (resource !== undefined && choose !== undefined) stage.cast.keep(as, { resource, object: choose(stage.cast.world) });
        const member = stage.cast.member(as);
        await stage.cluster.delete(member.resource, placeOf(member.object));
      }
      return DONE;
    case "kill-agent":
      stage.agent?.signal("SIGKILL");
      await stage.agent?.exited;
      return DONE;
    case "reset-mock":
      stage.mock.reset();
      return DONE;
    case "script-fault":
      stage.mock.addFault(step.fault);
      return DONE;
    case "clear-faults":
      stage.mock.clearFaults();
      return DONE;
    case "cut-connections":
      stage.mock.cutConnections();
      return DONE;
    case "outage":
      return outage(stage, step.memory, seq);
  }
}

async function start(stage: Stage): Promise<WaitOutcome> {
  try {
    stage.agent = await stage.startAgent();
    return DONE;
  } catch (error) {
    if (error instanceof AgentUnstartableError) return { satisfied: false, note: error.message };
    throw error;
  }
}

async function stop(stage: Stage): Promise<WaitOutcome> {
  if (stage.agent === undefined) return { satisfied: false, note: "the agent was never started" };
  const outcome = await stage.agent.stop(stage.budgets.grace);
  return outcome === "left" ? DONE : { satisfied: false, note: `killed after ${stage.budgets.grace} ms` };
}

/** Nothing is awaited but the end of the time; without an agent there is nothing to be quiet about. */
async function quiet({ tenant, history, signal, budgets }: Stage): Promise<WaitOutcome> {
  const gone = (scenario: ScenarioHistory) => agentIsGone(scenario) !== undefined;
  const ended = await waitFor(history, { tenant, until: gone, budgetMs: budgets.quiet, signal });
  return ended.satisfied ? { satisfied: false, note: "the agent ended" } : DONE;
}

/** Two tries: the first may be the one that finds the old connection gone. It is no fault of an agent to wait longer. */
async function outage(stage: Stage, memory: "kept" | "lost", seq: number): Promise<WaitOutcome> {
  stage.mock.goDown();
  if (memory === "lost") stage.mock.reset();
  await awaited(stage, "outage", (scenario) => triedToConnect(scenario, seq, 2));
  stage.mock.comeBack();
  return DONE;
}

function awaited(
  stage: Stage,
  budget: keyof Stage["budgets"],
  until: (scenario: ScenarioHistory) => boolean,
  extraMs = 0,
): Promise<WaitOutcome> {
  const { tenant, history, signal, budgets } = stage;
  const budgetMs = budgets[budget] + extraMs + (budget === "transport" ? LATE_MS : 0);
  return waitFor(history, { tenant, until, hopeless: agentIsGone, budgetMs, signal });
}

/** An agent that has ended sends nothing more. */
function agentIsGone(scenario: ScenarioHistory): string | undefined {
  const exit = scenario.agent.lives.at(-1)?.exited;
  if (exit === undefined) return undefined;
  return exit.signal === null ? `the agent exited with code ${exit.code}` : `the agent was ended by ${exit.signal}`;
}
