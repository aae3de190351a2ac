import { createHash } from "node:crypto";
import { extname } from "node:path";
import {
  agentEnvironment,
  fillPlaceholders,
  placeholderValues,
  startCommandAgent,
  type AgentHandout,
} from "../../agents/index.ts";
import type { ClusterProvider, ClusterRequest } from "../../cluster/index.ts";
import { startMockServer } from "../../server-mock/index.ts";
import type { Transcript } from "../../transcript/index.ts";
import type { Plan, PlannedScenario } from "../plan.ts";
import type { Scenario } from "../scenarios/index.ts";
import { blameFor, messageOf, type Blame } from "./blame.ts";
import { createCast } from "./cast.ts";
import type { ClusterReady, RunTrouble, ScenarioEnded, ScenarioStarted } from "./events.ts";
import { type KubeconfigFile, secretsOf, writeKubeconfig } from "./kubeconfig-file.ts";
import type { LiveHistory } from "./live-history.ts";
import type { AgentTemplate } from "./options.ts";
import { redactOutput } from "./redact.ts";
import type { Stage } from "./stage.ts";
import { createTaskStack, type TaskStack, type TeardownFailure } from "./tasks.ts";
import { tellStory, type StoryOutcome } from "./tell-story.ts";

/** What all tenants of a run share; nothing of it is ever changed by one. */
export interface TenantContext {
  readonly plan: Plan;
  readonly transcript: Transcript;
  readonly history: LiveHistory;
  /** Where every tenant has its cluster from. */
  readonly provider: ClusterProvider;
  readonly signal: AbortSignal;
  /** The agent's configuration file, where the run has one. */
  readonly template?: AgentTemplate;
}

/** Longer than the agent's grace, since the agent may need all of that first. */
const TEARDOWN_MS = 10_000;

/**
 * Runs one scenario as a tenant: its own mock server, cluster, agent process and cluster_id. What it set up is taken down
 * in any case. Trouble of the harness or the environment is recorded, not thrown.
 *
 * @throws only where the transcript itself cannot be written
 */
export async function runTenant(context: TenantContext, planned: PlannedScenario, scenario: Scenario): Promise<StoryOutcome> {
  const recorder = context.transcript.tenant(planned.tenant);
  const trouble = ({ blame, text }: Blame) => void recorder.record<RunTrouble>({ side: "run", kind: "trouble", blame, text });
  const tasks = createTaskStack();
  let outcome: StoryOutcome;
  let failures: readonly TeardownFailure[] = [];

  recorder.record<ScenarioStarted>({ side: "run", kind: "scenario-started", scenario: scenario.name });
  try {
    outcome = await attempt(context, planned, scenario, tasks, trouble);
  } finally {
    failures = await tasks.unwind(TEARDOWN_MS + context.plan.budgets.grace);
  }
  for (const { title, error } of failures) {
    trouble({ blame: "harness", text: `${title} did not end well: ${messageOf(error)}` });
  }
  const { aborted } = outcome;
  recorder.record<ScenarioEnded>({
    side: "run",
    kind: "scenario-ended",
    scenario: scenario.name,
    ...(aborted === undefined ? {} : { aborted }),
  });
  return outcome;
}

async function attempt(
  context: TenantContext,
  planned: PlannedScenario,
  scenario: Scenario,
  tasks: TaskStack,
  trouble: (blame: Blame) => void,
): Promise<StoryOutcome> {
  try {
    return await tellStory(await setTheStage(context, planned, scenario, tasks), scenario);
  } catch (error) {
    if (context.signal.aborted) return { unmet: [], aborted: "the run was interrupted" };
    const blame = blameFor(error);
    trouble(blame);
    return { unmet: [], aborted: `the ${blame.blame} failed: ${blame.text}` };
  }
}

async function setTheStage(
  context: TenantContext,
  planned: PlannedScenario,
  scenario: Scenario,
  tasks: TaskStack,
): Promise<Stage> {
  const { plan, transcript, history, provider, signal } = context;
  const recorder = transcript.tenant(planned.tenant);
  const mock = await tasks.enter(
    "the mock server",
    () => startMockServer({ target: plan.target, recorder, port: 0, journalLimit: 0 }),
    (server) => server[Symbol.asyncDispose](),
  );
  const cluster = await tasks.enter(
    `the ${provider.kind} cluster`,
    () => provider.open(requestFor(planned, scenario)),
    (opened) => opened[Symbol.asyncDispose](),
  );
  const { caPem, kubeconfig } = cluster.connection("host");
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
  const handout = withConfig(context.template, file, {
    host: mock.host,
    port: mock.port,
    clusterId: planned.clusterId,
    agentId: planned.agentId,
    kubeconfig: file.path,
    intervalMs: plan.intervalMs,
    callTimeoutMs: plan.callTimeoutMs,
    ca: file.add("ca.crt", caPem),
    kubernetesResources: JSON.stringify(plan.configuration?.kubernetesResources ?? []),
  });
  if (scenario.withoutClusterId === true) {
    const caMd5 = createHash("md5").update(caPem).digest("hex");
    recorder.record<ClusterReady>({ side: "run", kind: "cluster", caMd5 });
  }
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
    callTimeoutMs: plan.callTimeoutMs,
    history,
    cluster,
    ...(cluster.faults && { faults: cluster.faults }),
    ...(cluster.compact && { compact: cluster.compact }),
    mock,
    cast: createCast(cluster.filled),
    startAgent,
    signal,
  };

  function requestFor({ tenant }: PlannedScenario, { throughProxy }: Scenario): ClusterRequest {
    return { tenant, recorder, faults: throughProxy === true, seed: plan.seed, signal };
  }
}

/** Renders the agent's configuration file beside its kubeconfig. */
function withConfig(template: AgentTemplate | undefined, file: KubeconfigFile, handout: AgentHandout): AgentHandout {
  if (template === undefined) return handout;
  const [text = ""] = fillPlaceholders([template.text], placeholderValues(handout));
  return { ...handout, config: file.add(`config${extname(template.name)}`, text) };
}
