import { writeAgentFiles } from "../agent-files.ts";
import type { AgentDriver, AgentVariant } from "../driver.ts";
import { powersLacking } from "../forms.ts";
import { agentEnvironment, type AgentHandout, fillPlaceholders, placeholderValues } from "../placeholders.ts";
import { startCommandAgent } from "./start.ts";

/**
 * Agents as processes of this host, one for each scenario.
 *
 * @param command program and arguments, placeholders not filled in; no shell is involved
 * @param noWatchCommand the one that tells the same agent not to watch
 */
export function commandDriver(command: readonly string[], noWatchCommand?: readonly string[]): AgentDriver {
  return {
    place: "host",
    lacks: powersLacking("command", "host", noWatchCommand),
    jobs: Infinity,
    async open(request) {
      const { recorder } = request;
      const written = [writeAgentFiles(request)];
      const handoutFor = ({ server }: AgentVariant) => {
        if (server === undefined) return written[0]?.handout as AgentHandout;
        const files = writeAgentFiles({ ...request, settings: { ...request.settings, ...server } });
        written.push(files);
        return files.handout;
      };
      return {
        start(life, variant = {}) {
          const handout = handoutFor(variant);
          const given = variant.told === undefined ? command : (noWatchCommand ?? []);
          return startCommandAgent({
            command: fillPlaceholders(given, placeholderValues(handout)),
            env: agentEnvironment(handout),
            recorder,
            life,
          });
        },
        async [Symbol.asyncDispose]() {
          for (const files of written) files[Symbol.dispose]();
        },
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
