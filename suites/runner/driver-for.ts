import { commandDriver, containerDriver, type AgentDriver } from "../../agents/index.ts";
import type { Plan } from "../plan.ts";
import type { RunOptions } from "./options.ts";

/**
 * What puts the planned agent into scenarios.
 *
 * @throws AgentPlaceError where what it runs on is missing
 */
export async function driverFor(
  { agent: chosen }: Pick<RunOptions, "agent">,
  { agent }: Pick<Plan, "agent">,
): Promise<AgentDriver> {
  switch (chosen.form) {
    case "reference":
    case "command":
      return commandDriver(agent.command, agent.noWatchCommand);
    case "image":
      if (agent.place === "container") return containerDriver(chosen.image, agent.command, agent.noWatchCommand);
      throw new Error("an image in a pod is not built");
    case "manifest":
    case "attach":
      throw new Error(`agents of the form ${chosen.form} are not built`);
  }
}
