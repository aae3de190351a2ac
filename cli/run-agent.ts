import type { RunOptions } from "../suites/runner/index.ts";
import type { RunFlags } from "./run.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Which agent is meant.
 *
 * @param command what follows `--`
 * @throws UsageError where it is none, or more than one
 */
export function agentFor(command: readonly string[], flags: Pick<RunFlags, "agent" | "image" | "agentIn">): RunOptions["agent"] {
  const { agent, image, agentIn } = flags;
  const forms = [agent && `--agent ${agent}`, image && "--image"].filter((form) => form !== undefined);
  if (forms.length > 1) throw new UsageError(`${forms.join(" and ")} are ${forms.length} agents; give one of them`);
  if (agentIn !== undefined && image === undefined)
    throw new UsageError("--agent-in says where an --image runs, and there is none");
  if (image !== undefined) {
    return { form: "image", image, args: command, ...(agentIn === undefined ? {} : { place: agentIn }) };
  }
  if (agent !== undefined) {
    if (agent !== "reference") throw new UsageError(`unknown agent form "${agent}"; there is: reference`);
    if (command.length > 0) throw new UsageError("--agent and a command after -- are two agents; give one of them");
    return { form: "reference" };
  }
  if (command.length > 0) return { form: "command", command };
  throw new UsageError(
    "no agent: give its command after --, as in `run -- ./my-agent --server {server}`, or --agent reference, or --image",
  );
}
