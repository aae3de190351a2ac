import type { Recorder } from "../../../transcript/index.ts";
import type { AgentExit, ClusterHand, RunningAgent } from "../driver.ts";
import type { AgentComing, AgentExited, AgentRestarted, AgentSignalled, AgentStarted } from "../events.ts";
import { createOutputKeeper, OUTPUT_LIMIT_BYTES } from "../output.ts";
import { within } from "../within.ts";
import { type Crew, type CrewPod, untilEach } from "./crew.ts";
import { followLogs } from "./logs.ts";
import type { PodState } from "./pod-state.ts";
import type { Power } from "./power.ts";
import { recordResources } from "./resource-use.ts";
import { awaitBeginning } from "./beginning.ts";

/** What one life of an agent in pods is made from. */
export interface PodLife {
  readonly hand: ClusterHand;
  readonly crew: Crew;
  readonly power: Power;
  readonly recorder: Recorder;
  readonly life: number;
  readonly image?: string;
  readonly args: readonly string[];
  /** How long pods may take until they run. */
  readonly startTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** How long after its end the kubelet may take to tell of it. */
const REPORT_MS = 2_000;
/** How long forced pods may take to be gone, and logs to end. */
const GONE_MS = 10_000;
/** More than any grace that is measured here: the kubelet shall not kill before the harness does. */
const SPARE_GRACE_S = 30;
/** So many ends in a row, with the kubelet waiting longer each time, count as the end of the life. */
const ENDS_OF_A_LOOP = 3;

/**
 * Lets the pods come, and waits until they run.
 *
 * @throws AgentUnstartableError where they do not come to run; ApiRefusal where the server refuses
 */
export async function beginLife(options: PodLife): Promise<RunningAgent> {
  const { hand, crew, power, recorder, life } = options;
  const output = createOutputKeeper(recorder, OUTPUT_LIMIT_BYTES);
  const logs = followLogs(hand, output);
  const counted = new Set<string>();
  let last: AgentExit = { code: null, signal: null };
  let oomKilled = false;
  let ended = false;
  let told: Promise<void> = Promise.resolve();
  let tellTerm = () => {};
  let settle: (exit: AgentExit) => void = () => {};
  const exited = new Promise<AgentExit>((resolve) => (settle = resolve));

  recorder.record<AgentComing>({ side: "agent", kind: "coming", life });
  await power.on();
  let began: CrewPod;
  try {
    began = await awaitBeginning(options);
  } catch (error) {
    await power.off(0);
    throw error;
  }
  const pod = `${began.state.namespace}/${began.state.name}`;
  const { image, args } = options;
  recorder.record<AgentStarted>({ side: "agent", kind: "started", life, command: args, ...(image && { image }), pod });
  const leave = crew.onChange((changed) => look(changed?.state));
  for (const { state } of crew.pods.values()) look(state);

  function look(pod: PodState | undefined): void {
    if (pod !== undefined) {
      logs.see(pod);
      readEnds(pod);
    }
    const pods = [...crew.pods.values()].map(({ state }) => state);
    const looping = pods.some(({ leaving, containers }) => !leaving && containers.some(loops));
    if (looping || crew.lost !== undefined || pods.every(isOver)) end();
  }

  /** What the kubelet starts again is no end of the life. */
  function readEnds(pod: PodState): void {
    for (const { ended: end, restarts } of pod.containers) {
      if (end === undefined || counted.has(end.id)) continue;
      counted.add(end.id);
      last = { code: end.code, signal: null };
      oomKilled = end.reason === "OOMKilled";
      if (pod.leaving || pod.over) continue;
      recorder.record<AgentRestarted>({
        side: "agent",
        kind: "restarted",
        life,
        pod: `${pod.namespace}/${pod.name}`,
        code: end.code,
        reason: end.reason,
        count: Math.max(1, restarts),
      });
    }
  }

  function end(): void {
    if (ended) return;
    tellTerm();
    ended = true;
    leave();
    recorder.record<AgentExited>({ side: "agent", kind: "exited", life, ...last, ...(oomKilled && { oomKilled }) });
    settle(last);
  }

  function signal(name: NodeJS.Signals): void {
    if (ended || (name !== "SIGTERM" && name !== "SIGKILL")) return;
    const record = () => void recorder.record<AgentSignalled>({ side: "agent", kind: "signalled", life, signal: name });
    const off = name === "SIGKILL" ? (record(), power.off(0)) : terminate(record);
    told = off.catch(end); // a cluster that is gone ends the life, too
  }

  /** The agent's grace begins when its pod has been told, and not when the controllers are. */
  function terminate(record: () => void): Promise<void> {
    tellTerm = () => {
      tellTerm = () => {};
      record();
    };
    return power.off(SPARE_GRACE_S, () => tellTerm());
  }

  async function stop(graceMs: number): Promise<"left" | "killed"> {
    if (!ended) await recordResources(hand, began.object, recorder, life);
    signal("SIGTERM");
    await told;
    const outcome = ended || (await within(exited, graceMs + REPORT_MS)) ? "left" : "killed";
    if (outcome === "killed") signal("SIGKILL");
    await gone();
    return outcome;
  }

  /** The life is over, and nothing of it is left that could be taken for the next one. */
  async function gone(): Promise<void> {
    await power.off(0);
    await within(emptied(crew), GONE_MS);
    end();
    await within(logs.ended(), REPORT_MS);
    logs.cut();
    output.finish();
  }

  return {
    life,
    exited,
    signal,
    stop,
    async [Symbol.asyncDispose]() {
      signal("SIGKILL");
      await gone();
    },
  };
}

/** Its containers have ended, and will not be started again. */
function isOver({ over, leaving, containers }: PodState): boolean {
  return over || (leaving && containers.length > 0 && containers.every(({ running, ended, id }) => !running && ended?.id === id));
}

function loops({ waiting, restarts }: PodState["containers"][number]): boolean {
  return waiting?.reason === "CrashLoopBackOff" && restarts >= ENDS_OF_A_LOOP - 1;
}

/** Resolves when the crew has no pods, or can no longer tell. */
function emptied(crew: Crew): Promise<void> {
  return untilEach(crew, () => false);
}
