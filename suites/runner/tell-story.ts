import type { GivenFault } from "../fault-script/index.ts";
import type { ScenarioStep } from "./events.ts";
import type { Scenario, Step } from "../scenarios/index.ts";
import { isWatching } from "../scenarios/goals.ts";
import { openingOf, scriptGiven } from "./given-faults.ts";
import { performStep } from "./perform-step.ts";
import type { Stage } from "./stage.ts";
import type { WaitOutcome } from "./wait.ts";

/** How a story went, for the progress line. */
export interface StoryOutcome {
  /** Steps whose wait was not satisfied, with what they said. */
  readonly unmet: readonly string[];
  /** Why it did not come to its end. */
  readonly aborted?: string;
}

/**
 * Performs a scenario's steps in order and records each. It ends early where the agent cannot be started or has gone by
 * itself, and where an essential wait was not satisfied.
 *
 * @param given faults of the user, beside those of the story
 * @throws the abort reason, and what the harness failed at
 */
export async function tellStory(stage: Stage, scenario: Scenario, given: readonly GivenFault[] = []): Promise<StoryOutcome> {
  const unmet: string[] = [];
  const opening = openingOf(scenario);
  scriptGiven(stage, given, "start");
  for (const step of scenario.steps) {
    const problem = await tellStep(stage, step);
    if (problem !== undefined) unmet.push(`${step.step}: ${problem}`);
    const aborted = whyItEnds(stage, step, problem);
    if (aborted !== undefined) return { unmet, aborted };
    if (step === opening) scriptGiven(stage, given, "opening");
  }
  return { unmet };
}

/** What waits for a watch would never come about with an agent that has none, as it may. */
function isPassedOver({ history, tenant }: Stage, { onlyFor }: Step): boolean {
  const scenario = history.scenario(tenant);
  return onlyFor === "watching" && scenario !== undefined && !isWatching(scenario);
}

/** Performs one step between its two lines. Gives why it was not satisfied. */
async function tellStep(stage: Stage, step: Step): Promise<string | undefined> {
  const line = { side: "run", kind: "step", step: step.step } as const;
  const note = noteOf(step);
  const began = stage.recorder.record<ScenarioStep>({ ...line, event: "began", ...(note === undefined ? {} : { note }) });
  const passedOver = isPassedOver(stage, step);
  const outcome: WaitOutcome = passedOver ? { satisfied: true } : await performStep(stage, step, began.seq);
  const problem = outcome.satisfied ? undefined : outcome.note;
  stage.recorder.record<ScenarioStep>({
    ...line,
    event: "ended",
    satisfied: outcome.satisfied,
    ...(passedOver ? { passedOver } : {}),
    ...(problem === undefined ? {} : { note: problem }),
  });
  return problem;
}

function whyItEnds(stage: Stage, step: Step, problem: string | undefined): string | undefined {
  if (step.step === "start-agent") return problem;
  if (step.step === "await-upload" && step.essential === true && problem !== undefined) {
    const what = step.until === "entries" ? "no request with entries was answered" : "no request was accepted";
    return `${what}: ${problem}`;
  }
  if (step.step === "await-fault" && problem !== undefined) return `a scripted fault never fired: ${problem}`;
  if (step.step === "await-call" && step.essential === true && problem !== undefined) return `no request came: ${problem}`;
  if ((step.step === "await-shown" || step.step === "await-gone") && step.essential === true && problem !== undefined)
    return `${step.objects.join(", ")}: not ${step.step === "await-shown" ? "shown" : "gone"}: ${problem}`;
  if (step.step === "stop-agent") return undefined;
  const life = stage.history.scenario(stage.tenant)?.agent.lives.at(-1);
  const exit = life?.exited;
  // The agent that a story killed is started again by it.
  if (exit === undefined || life?.signals.some(({ signal }) => signal === "SIGKILL")) return undefined;
  return `the agent ended by itself (${exit.signal ?? `code ${exit.code}`}) during ${step.step}`;
}

function noteOf(step: Step): string | undefined {
  switch (step.step) {
    case "start-agent":
      return step.replica === undefined ? step.told : `replica ${step.replica}`;
    case "await-upload":
      return step.until;
    case "script-fault":
    case "script-api-fault":
      return step.fault.fault;
    case "await-error":
      return step.told ? "told" : "none";
    case "outage":
      return `memory ${step.memory}`;
    case "create":
    case "delete":
      return step.objects.map((object) => object.as).join(", ");
    case "change":
      return listed(step.changes.map((change) => change.of));
    case "await-shown":
    case "await-gone":
      return step.objects.join(", ");
    default:
      return undefined;
  }
}

const SHOWN = 12;

/** Each name once, and no more than a line of them. */
function listed(names: readonly string[]): string {
  const once = [...new Set(names)];
  const more = once.length > SHOWN ? `, and ${once.length - SHOWN} more` : "";
  return `${once.slice(0, SHOWN).join(", ")}${more}`;
}
