import {
  agentEnvironment,
  fillPlaceholders,
  placeholderValues,
  startCommandAgent,
  type AgentHandout,
} from "../../agents/index.ts";
import { startEmbeddedCluster, type GeneratedObject, type KubernetesRelease } from "../../cluster/index.ts";
import { startMockServer } from "../../server-mock/index.ts";
import type { Transcript } from "../../transcript/index.ts";
import type { Plan, PlannedScenario } from "../plan.ts";
import type { Scenario } from "../scenarios/index.ts";
import { blameFor, messageOf } from "./blame.ts";
import { createCast } from "./cast.ts";
import type { RunTrouble, ScenarioEnded, ScenarioStarted } from "./events.ts";
import { secretsOf, writeKubeconfig } from "./kubeconfig-file.ts";
import type { LiveHistory } from "./live-history.ts";
import { redactOutput } from "./redact.ts";
import type { Stage } from "./stage.ts";
import { createTaskStack, type TaskStack } from "./tasks.ts";
import { tellStory, type StoryOutcome } from "./tell-story.ts";

/** What all tenants of a run share; nothing of it is ever changed by one. */
export interface TenantContext {
  readonly plan: Plan;
  readonly transcript: Transcript;
  readonly history: LiveHistory;
  /** Frozen; every tenant's cluster is filled from it. */
  readonly objects: readonly GeneratedObject[];
  readonly release: KubernetesRelease["id"];
  readonly signal: AbortSignal;
}

/** Longer than the agent's grace, since the agent may need all of that first. */
const TEARDOWN_MS = 10_000;

/**
 * Runs one scenario as a tenant: its own mock server, cluster, agent process and cluster_id. What it set up is taken down
 * in any case. Trouble of the harness or the environment is recorded, not thrown.
 */
export async function runTenant(context: TenantContext, planned: PlannedScenario, scenario: Scenario): Promise<StoryOutcome> {
  const recorder = context.transcript.tenant(planned.tenant);
  const tasks = createTaskStack();
  const trouble = (blame: RunTrouble["blame"], text: string) =>
    recorder.record<RunTrouble>({ side: "run", kind: "trouble", blame, text });

  recorder.record<ScenarioStarted>({ side: "run", kind: "scenario-started", scenario: scenario.name });
  let outcome: StoryOutcome;
  try {
    const stage = await setTheStage(context, planned, tasks);
    outcome = await tellStory(stage, scenario);
  } catch (error) {
    if (context.signal.aborted) {
      outcome = { unmet: [], aborted: "the run was interrupted" };
    } else {
      const { blame, text } = blameFor(error);
      trouble(blame, text);
      outcome = { unmet: [], aborted: `the ${blame} failed: ${text}` };
    }
  }
  for (const { title, error } of await tasks.unwind(TEARDOWN_MS + context.plan.budgets.grace)) {
    trouble("harness", `${title} did not end well: ${messageOf(error)}`);
  }
  recorder.record<ScenarioEnded>({
    side: "run",
    kind: "scenario-ended",
    scenario: scenario.name,
    ...(outcome.aborted === undefined ? {} : { aborted: outcome.aborted }),
  });
  return outcome;
}

async function setTheStage(context: TenantContext, planned: PlannedScenario, tasks: TaskStack): Promise<Stage> {
  const { plan, transcript, history, objects, release, signal } = context;
  const recorder = transcript.tenant(planned.tenant);
  const mock = await tasks.enter(
    "the mock server",
    () => startMockServer({ target: plan.target, recorder, port: 0, journalLimit: 0 }),
    (server) => server[Symbol.asyncDispose](),
  );
  const cluster = await tasks.enter(
    "the embedded cluster",
    () => startEmbeddedCluster({ kubernetesVersion: release, features: plan.features, objects, recorder }),
    (server) => server[Symbol.asyncDispose](),
  );
  const kubeconfig = cluster.kubeconfig();
  const file = await tasks.enter(
    "the kubeconfig file",
    () => writeKubeconfig(kubeconfig),
    (made) => made[Symbol.dispose](),
  );
  const output = await tasks.enter(
    "the agent's output",
    () => redactOutput(recorder, secretsOf(kubeconfig)),
    (made) => made.flush(),
  );
  const handout: AgentHandout = {
    host: mock.host,
    port: mock.port,
    clusterId: planned.clusterId,
    agentId: planned.agentId,
    kubeconfig: file.path,
    intervalMs: plan.intervalMs,
  };
  let lives = 0;
  const startAgent: Stage["startAgent"] = () =>
    tasks.enter(
      "the agent",
      () => {
        lives += 1;
        const command = fillPlaceholders(plan.agent.command, placeholderValues(handout));
        return startCommandAgent({ command, env: agentEnvironment(handout), recorder: output, life: lives });
      },
      async (agent) => void (await agent.stop(plan.budgets.grace)),
    );
  return {
    tenant: planned.tenant,
    recorder,
    budgets: plan.budgets,
    history,
    cluster,
    mock,
    cast: createCast(objects),
    startAgent,
    signal,
  };
}
