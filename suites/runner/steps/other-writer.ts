import { writeOtherSnapshot } from "../../../agents/index.ts";
import type { Stage } from "../stage.ts";
import type { WaitOutcome } from "../wait.ts";
import { DONE } from "./waits.ts";

/** Writes another snapshot under the agent's cluster_id; its call is known as nobody's. */
export async function writeAsOther({ relay, history, tenant, clusterId, service, callTimeoutMs }: Stage): Promise<WaitOutcome> {
  const { port } = await relay("other-writer");
  // Any version that the agent does not have will do; each time another one.
  const version = BigInt(1 + (history.scenario(tenant)?.foreignCalls.length ?? 0));
  await writeOtherSnapshot({ server: `127.0.0.1:${port}`, service, clusterId, version, callTimeoutMs });
  return DONE;
}
