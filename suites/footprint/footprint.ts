import { minimalRules } from "../permissions/index.ts";
import type { Plan } from "../plan.ts";
import { findScenario, type Scenario } from "../scenarios/index.ts";
import { agentFootprint } from "./by-agent.ts";
import { clusterFootprints } from "./by-cluster.ts";
import type { Footprint, Made, StoryFootprint } from "./types.ts";

/** What every run leaves. */
function filesIn(out: string): Made {
  const files = "transcript.jsonl, results.json, junit.xml, agent.log and what is rendered from them";
  return { what: `folder ${out}: ${files}`, why: "the record and the report", goes: "never" };
}

const MOCK: Made = {
  what: "a mock deepflow-server in this process, on a free port",
  why: "where the agent uploads",
  goes: "with the scenario",
};

/**
 * What a run of this plan would make, and with which rights. Pure: nothing is asked of any cluster.
 *
 * @param out folder for the files of the run
 */
export function footprintOf(plan: Plan, out: string): Footprint {
  const { cluster, agent } = plan;
  const where = clusterFootprints[cluster.readOnly === true ? "read-only" : cluster.kind] ?? {
    machine: [],
    cluster: [],
    ownCluster: false,
    harnessRights: [],
  };
  const who = agentFootprint(agent.form, agent.place);
  const names = [...new Set(plan.scenarios.map(({ name }) => name))];
  return {
    machine: [filesIn(out), MOCK, ...where.machine, ...who.machine],
    cluster: [...where.cluster, ...who.cluster],
    ownCluster: where.ownCluster,
    harnessRights: where.harnessRights,
    agentRights: plan.clusterRole ?? { source: "minimal", rules: minimalRules(plan) },
    stories: names.flatMap((name) => {
      const scenario = findScenario(name);
      return scenario ? [storyFootprint(scenario)] : [];
    }),
  };
}

function storyFootprint({ name, steps }: Scenario): StoryFootprint {
  const creates: Record<string, number> = {};
  let [changes, deletes] = [0, 0];
  for (const step of steps) {
    if (step.step === "create") for (const { resource } of step.objects) creates[resource] = (creates[resource] ?? 0) + 1;
    else if (step.step === "change") changes += step.changes.length;
    else if (step.step === "delete") deletes += step.objects.length;
  }
  return { scenario: name, creates, changes, deletes };
}
