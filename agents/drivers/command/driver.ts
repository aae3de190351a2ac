import { writeAgentFiles } from "../agent-files.ts";
import type { AgentDriver } from "../driver.ts";
import { agentEnvironment, fillPlaceholders, placeholderValues } from "../placeholders.ts";
import { startCommandAgent } from "./start.ts";

/**
 * Agents as processes of this host, one for each scenario.
 *
 * @param command program and arguments, placeholders not filled in; no shell is involved
 */
export function commandDriver(command: readonly string[]): AgentDriver {
  return {
    place: "host",
    lacks: {},
    jobs: Infinity,
    async open(request) {
      const { recorder } = request;
      const files = writeAgentFiles(request);
      return {
        start: (life) =>
          startCommandAgent({
            command: fillPlaceholders(command, placeholderValues(files.handout)),
            env: agentEnvironment(files.handout),
            recorder,
            life,
          }),
        [Symbol.asyncDispose]: async () => files[Symbol.dispose](),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
