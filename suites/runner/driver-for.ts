import { commandDriver, containerDriver, manifestDriver, podDriver, type AgentDriver } from "../../agents/index.ts";
import type { Plan } from "../plan.ts";
import type { RunOptions } from "./options.ts";

/** How long a pod may take until it runs: its node may have to pull the image. */
const POD_START_MS = 120_000;

/**
 * What puts the planned agent into scenarios.
 *
 * @throws AgentPlaceError where what it runs on is missing
 */
export async function driverFor(
  { agent: chosen, startTimeoutMs = POD_START_MS }: Pick<RunOptions, "agent" | "startTimeoutMs">,
  { agent }: Pick<Plan, "agent">,
): Promise<AgentDriver> {
  switch (chosen.form) {
    case "reference":
    case "command":
      return commandDriver(agent.command, agent.noWatchCommand);
    case "image":
      if (agent.place === "container") return containerDriver(chosen.image, agent.command, agent.noWatchCommand);
      return podDriver(chosen.image, agent.command, startTimeoutMs);
    case "manifest":
      return manifestDriver(chosen.text, startTimeoutMs);
    case "attach":
      throw new Error(`agents of the form ${chosen.form} are not built`);
  }
}
