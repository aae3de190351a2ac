import { createHash } from "node:crypto";
import { AgentUnstartableError, type AgentDriver } from "../../agents/index.ts";
import { type ClusterProvider, type ClusterRequest, type HostAddress, LOOPBACK } from "../../cluster/index.ts";
import { findTarget } from "../../server-mock/contract/index.ts";
import { startMockServer } from "../../server-mock/index.ts";
import { sha256, type Transcript } from "../../transcript/index.ts";
import type { Plan, PlannedScenario } from "../plan.ts";
import type { Scenario } from "../scenarios/index.ts";
import type { GivenFault } from "../fault-script/index.ts";
import { blameFor, type Blame } from "./blame.ts";
import { createCast } from "./cast.ts";
import { endOfStory } from "./end-of-story.ts";
import type { ClusterReady, RunTrouble, ScenarioEnded, ScenarioStarted } from "./events.ts";
import { firstContact } from "./first-contact.ts";
import { givenFor } from "./given-faults.ts";
import type { LiveHistory } from "./live-history.ts";
import type { AgentTemplate } from "./options.ts";
import { redactOutput, secretsOf } from "./redact.ts";
import { startRelay } from "./relay.ts";
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
  readonly driver: AgentDriver;
  /** Faults that the user scripted. */
  readonly given: readonly GivenFault[];
  /** The agent's configuration file, where the run has one. */
  readonly template?: AgentTemplate;
}

/** Beside the agent's grace. What is deleted in a busy cluster takes its time; only what hangs is left alone. */
const TEARDOWN_MS = 60_000;

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
    const { blame, text } = blameFor(error);
    trouble({ blame, text: `${title} did not end well: ${text}` });
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
    return await tellStory(await setTheStage(context, planned, scenario, tasks), scenario, givenFor(context.given, scenario));
  } catch (error) {
    if (context.signal.aborted) return { unmet: [], aborted: "the run was interrupted" };
    if (error instanceof AgentUnstartableError) return { unmet: [], aborted: error.message };
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
  const { plan, transcript, history, provider, driver, template, given, signal } = context;
  const seed = seedOf(plan, planned);
  const recorder = transcript.tenant(planned.tenant);
  const host = hostFor(driver, provider);
  const mock = await tasks.enter(
    "the mock server",
    () => startMockServer({ target: plan.target, recorder, host: host.listen, port: 0, journalLimit: 0, seed }),
    (server) => server[Symbol.asyncDispose](),
  );
  const cluster = await tasks.enter(
    `the ${provider.kind} cluster`,
    () => provider.open(requestFor(planned, scenario)),
    (opened) => opened[Symbol.asyncDispose](),
  );
  const ending = await tasks.enter(
    "the story's end",
    () => endOfStory(signal, cluster.lost),
    (made) => made[Symbol.dispose](),
  );
  const access = cluster.connection(driver.place);
  const output = await tasks.enter(
    "the agent's output",
    () => redactOutput(recorder, secretsOf(access.kubeconfig)),
    (made) => made.flush(),
  );
  const contact = await tasks.enter(
    "the wait for the agent",
    () => firstContact(transcript, planned.tenant),
    (made) => made[Symbol.dispose](),
  );
  const agent = await tasks.enter(
    "the agent's place",
    () =>
      driver.open({
        tenant: planned.tenant,
        recorder: output,
        settings: {
          host: host.name,
          port: mock.port,
          clusterId: planned.clusterId,
          agentId: planned.agentId,
          intervalMs: plan.intervalMs,
          callTimeoutMs: plan.callTimeoutMs,
          kubernetesResources: JSON.stringify(plan.configuration?.kubernetesResources ?? []),
        },
        access,
        heard: contact.heard,
        ...(template && { template }),
        ...(cluster.inside && { inside: cluster.inside }),
        ...(scenario.underClusterRole === true && plan.clusterRole && { rules: plan.clusterRole.rules }),
        signal,
      }),
    (made) => made[Symbol.asyncDispose](),
  );
  if (scenario.withoutClusterId === true) {
    const caMd5 = createHash("md5").update(access.caPem).digest("hex");
    recorder.record<ClusterReady>({ side: "run", kind: "cluster", caMd5 });
  }
  let lives = 0;
  const startAgent: Stage["startAgent"] = (variant) =>
    tasks.enter(
      "the agent",
      () => {
        lives += 1;
        return agent.start(lives, variant);
      },
      async (running) => void (await running.stop(plan.budgets.grace)),
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
    replicas: new Map(),
    clusterId: planned.clusterId,
    service: findTarget(plan.target)?.services[0] ?? "agent",
    async relay(party) {
      const to = { host: mock.host === "0.0.0.0" ? LOOPBACK.listen : mock.host, port: mock.port };
      const made = await tasks.enter(
        `the relay of ${party}`,
        () => startRelay({ party, listen: host.listen, to, recorder }),
        (relay) => relay[Symbol.asyncDispose](),
      );
      return { host: host.name, port: made.port };
    },
    signal: ending.signal,
  };

  function requestFor({ tenant }: PlannedScenario, { throughProxy, underClusterRole, large }: Scenario): ClusterRequest {
    const rules = underClusterRole === true ? plan.clusterRole?.rules : undefined;
    const faults = throughProxy === true || givenFor(given, scenario).some(({ side }) => side === "api");
    return {
      tenant,
      recorder,
      faults,
      host,
      seed,
      signal,
      ...(rules && { rules }),
      ...(large && plan.scale && { size: plan.scale }),
    };
  }
}

/** Each telling of a scenario draws for itself, and draws the same in each run with the seed. */
function seedOf({ seed }: Plan, { tenant }: PlannedScenario): number {
  return Number.parseInt(sha256(`${seed} ${tenant}`).slice(0, 8), 16);
}

/** By which address the agent finds what this process listens on. */
function hostFor(driver: AgentDriver, provider: ClusterProvider): HostAddress {
  if (driver.place === "pod" && provider.podHost === undefined) {
    throw new Error(`the pods of a cluster of kind ${provider.kind} cannot reach this host`);
  }
  return driver.host ?? (driver.place === "pod" ? provider.podHost : undefined) ?? LOOPBACK;
}
