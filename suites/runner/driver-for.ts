import {
  attachDriver,
  commandDriver,
  containerDriver,
  manifestDriver,
  podDriver,
  type AgentDriver,
  type Invitation,
} from "../../agents/index.ts";
import { hostAt } from "../../cluster/index.ts";
import type { Plan } from "../plan.ts";
import type { RunOptions } from "./options.ts";

/** How long somebody who starts the agent may take, who may have to read first. */
const ATTACH_MS = 600_000;
/** How long a pod may take until it runs: its node may have to pull the image. */
const POD_START_MS = 120_000;

/**
 * What puts the planned agent into scenarios.
 *
 * @param invite is told when an agent that somebody else starts is to be started and stopped
 * @throws AgentPlaceError where what it runs on is missing
 */
export async function driverFor(
  { agent: chosen, startTimeoutMs }: Pick<RunOptions, "agent" | "startTimeoutMs">,
  { agent }: Pick<Plan, "agent">,
  invite: (invitation: Invitation) => void,
): Promise<AgentDriver> {
  switch (chosen.form) {
    case "reference":
    case "command":
      return commandDriver(agent.command, agent.noWatchCommand);
    case "image":
      if (agent.place === "container") return containerDriver(chosen.image, agent.command, agent.noWatchCommand);
      return podDriver(chosen.image, agent.command, startTimeoutMs ?? POD_START_MS);
    case "manifest":
      return manifestDriver(chosen.text, startTimeoutMs ?? POD_START_MS);
    case "attach":
      return attachDriver(
        invite,
        startTimeoutMs ?? ATTACH_MS,
        chosen.hostAddress === undefined ? undefined : hostAt(chosen.hostAddress),
      );
  }
}
