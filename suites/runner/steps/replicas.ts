import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { startAgent } from "./agent.ts";
import { DONE } from "./waits.ts";

/** Starts one of several agents on one cluster_id, by an address of its own, so that its calls are known as its. */
export async function startReplica(stage: Stage, replica: number): Promise<WaitOutcome> {
  const server = await stage.relay(`replica-${replica}`);
  const outcome = await startAgent(stage, { server });
  if (outcome.satisfied && stage.agent) stage.replicas.set(replica, stage.agent);
  return outcome;
}

/** SIGKILL to the replica whose request came last, and the wait for its end. */
export async function killUploader({ history, tenant, replicas }: Stage): Promise<WaitOutcome> {
  const last = history.scenario(tenant)?.calls.at(-1)?.replica;
  const uploader = last === undefined ? undefined : replicas.get(last);
  if (uploader === undefined) return { satisfied: false, note: "no replica was heard" };
  uploader.signal("SIGKILL");
  await uploader.exited;
  return DONE;
}
