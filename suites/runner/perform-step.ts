import type { ScenarioHistory } from "../history/types.ts";
import { allFired, answeredSince, errorTold, firstRequestAfter, lacks, shows, uploadReached } from "../scenarios/goals.ts";
import type { Step } from "../scenarios/index.ts";
import type { Stage } from "./stage.ts";
import { holdAgent, killAgent, startAgent, stopAgent } from "./steps/agent.ts";
import { breakApi, compact } from "./steps/api-side.ts";
import { changeObjects, createObjects, deleteObjects } from "./steps/objects.ts";
import { outage } from "./steps/outage.ts";
import { quiet, rest } from "./steps/quiet.ts";
import { writeAsOther } from "./steps/other-writer.ts";
import { killUploader, startReplica } from "./steps/replicas.ts";
import { resetUntilAsked } from "./steps/reset.ts";
import { awaited, DONE } from "./steps/waits.ts";
import type { WaitOutcome } from "./wait.ts";

/**
 * Performs one step and says whether it was satisfied; what that means is judged later, from the transcript.
 *
 * @param seq where the step's `began` line stands: what counts as having come after it
 * @throws the abort reason, and whatever the harness itself failed at
 */
export async function performStep(stage: Stage, step: Step, seq: number): Promise<WaitOutcome> {
  switch (step.step) {
    case "start-agent":
      if (step.replica !== undefined) return startReplica(stage, step.replica);
      return startAgent(stage, step.told === undefined ? {} : { told: step.told });
    case "kill-uploader":
      return killUploader(stage);
    case "stop-agent":
      return stopAgent(stage);
    case "kill-agent":
      return killAgent(stage);
    case "pause-agent":
      return holdAgent(stage, "SIGSTOP");
    case "resume-agent":
      return holdAgent(stage, "SIGCONT");
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
      return awaited(stage, step.budget, (scenario) => allFired(scenario, step.of));
    case "await-error": {
      const reached = (scenario: ScenarioHistory) => errorTold(scenario, seq, step.told);
      return step.told ? awaited(stage, "staleness", reached, stage.budgets.heartbeat) : awaited(stage, "api", reached);
    }
    case "quiet":
      return quiet(stage, stage.budgets.quiet);
    case "await-rest":
      return rest(stage);
    case "await-silence":
      return quiet(stage, Math.max(stage.budgets.quiet, 2 * firstRequestAfter(stage.history.scenario(stage.tenant))));
    case "create":
      return createObjects(stage, step.objects);
    case "change":
      return changeObjects(stage, step.changes);
    case "delete":
      return deleteObjects(stage, step.objects);
    case "reset-until-asked":
      return resetUntilAsked(stage);
    case "script-fault":
      return done(() => void stage.mock.addFault(step.fault));
    case "clear-faults":
      return done(() => stage.mock.clearFaults());
    case "write-as-other":
      return writeAsOther(stage);
    case "advance-clock":
      return done(() => stage.mock.advanceClock(step.ms));
    case "send-away":
      return done(() => void stage.mock.sendAway());
    case "cut-connections":
      return done(() => stage.mock.cutConnections());
    case "outage":
      return outage(stage, step.memory, seq);
    case "script-api-fault":
      return breakApi(stage, (faults) => faults.addFault(step.fault));
    case "clear-api-faults":
      return breakApi(stage, (faults) => faults.clearFaults());
    case "cut-api-connections":
      return breakApi(stage, (faults) => faults.cutConnections());
    case "compact":
      return compact(stage);
  }
}

function done(act: () => void): WaitOutcome {
  act();
  return DONE;
}
