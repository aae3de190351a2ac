import type { GivenFault } from "../fault-script/index.ts";
import { GIVEN_FAULTS } from "../history/index.ts";
import type { Scenario, Step } from "../scenarios/index.ts";
import type { ScenarioStep } from "./events.ts";
import type { Stage } from "./stage.ts";

/** The user's faults that are for a scenario. */
export function givenFor(faults: readonly GivenFault[], scenario: Scenario): readonly GivenFault[] {
  return faults.filter((fault) => fault.scenario === undefined || fault.scenario === scenario.name);
}

/**
 * Scripts the user's faults of one moment, between two lines by which they are told from those of the story. A story that
 * clears its faults clears these too.
 */
export function scriptGiven(stage: Stage, faults: readonly GivenFault[], at: GivenFault["at"]): void {
  const due = faults.filter((fault) => fault.at === at);
  if (due.length === 0) return;
  const line = { side: "run", kind: "step", step: GIVEN_FAULTS } as const;
  stage.recorder.record<ScenarioStep>({ ...line, event: "began", note: due.map(({ spec }) => spec.fault).join(", ") });
  for (const fault of due) {
    if (fault.side === "server") stage.mock.addFault(fault.spec);
    else if (stage.faults !== undefined) stage.faults.addFault(fault.spec);
    else throw new Error(`${fault.spec.fault} was scripted, and the cluster has no fault proxy`);
  }
  stage.recorder.record<ScenarioStep>({ ...line, event: "ended", satisfied: true });
}

/** The last step of a story's opening: its first accepted upload, else the start of its agent. */
export function openingOf({ steps }: Scenario): Step | undefined {
  const accepted = steps.find((step) => step.step === "await-upload" && step.until === "accepted");
  return accepted ?? steps.find(({ step }) => step === "start-agent");
}
