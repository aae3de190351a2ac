import { AgentUnstartableError, type ClusterHand } from "../driver.ts";
import { call } from "./api.ts";
import type { Crew, CrewPod } from "./crew.ts";
import { whyNotBegun } from "./pod-state.ts";

/** What a beginning is awaited of. */
interface Awaited {
  readonly hand: ClusterHand;
  readonly crew: Crew;
  readonly startTimeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Waits for a pod whose containers run, or have run.
 *
 * @throws AgentUnstartableError where a pod is stuck, or none has begun in time; the signal's reason
 */
export async function awaitBeginning({ hand, crew, startTimeoutMs, signal }: Awaited): Promise<CrewPod> {
  const outcome = await new Promise<CrewPod | "late">((resolve, reject) => {
    const settle = (act: () => void) => {
      leave();
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const look = () => {
      const pods = [...crew.pods.values()].filter(({ state }) => !state.leaving);
      const begun = pods.find(({ state }) => state.began);
      const stuck = pods.find(({ state }) => state.stuck !== undefined);
      const { lost } = crew;
      if (lost !== undefined) return settle(() => reject(lost));
      if (begun !== undefined) return settle(() => resolve(begun));
      if (stuck === undefined) return;
      const { namespace, name, stuck: why } = stuck.state;
      settle(() => reject(new AgentUnstartableError(`pod ${namespace}/${name} never ran: ${why}`)));
    };
    const onAbort = () => settle(() => reject(signal.reason as Error));
    const timer = setTimeout(() => settle(() => resolve("late")), startTimeoutMs);
    const leave = crew.onChange(look);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    else look();
  });
  if (outcome !== "late") return outcome;
  throw new AgentUnstartableError(
    `no pod of the agent ran within ${startTimeoutMs} ms (--start-timeout): ${await lastWords(hand, crew)}`,
  );
}

/** What the cluster says of pods that do not come, or do not run. */
async function lastWords(hand: ClusterHand, crew: Crew): Promise<string> {
  const [pod] = crew.pods.values();
  if (pod !== undefined) return `pod ${pod.state.namespace}/${pod.state.name}: ${whyNotBegun(pod.object)}`;
  const { items = [] } = (await call(hand, "/api/v1/events?fieldSelector=type%3DWarning&limit=500")) as {
    readonly items?: readonly { readonly message?: string; readonly involvedObject?: { kind?: string; name?: string } }[];
  };
  const told = items.at(-1);
  if (told === undefined) return "none was made, and no event says why";
  return `none was made; the last warning in the cluster is of ${told.involvedObject?.kind} ${told.involvedObject?.name}: ${told.message}`;
}
