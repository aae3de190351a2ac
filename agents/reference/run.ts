import { CommanderError, type Command } from "commander";
import { startPseudoAgent, type PseudoAgentOptions } from "./agent.ts";
import { readCommandLine } from "./command-line.ts";
import { ConfigurationError } from "./kubernetes/access.ts";
import { stderrLog } from "./log.ts";
import { serveMetrics } from "./metrics.ts";

const USAGE = 64;

/**
 * Runs an agent as this process until SIGTERM or SIGINT, then exits with 0. Exits with 64 where flags or configuration
 * cannot work. `adjust` has the last word on the settings.
 */
export function runAsProcess(
  command: Command,
  adjust: (given: PseudoAgentOptions) => Partial<PseudoAgentOptions> = () => ({}),
): void {
  try {
    command.exitOverride().parse();
    const { agent, metrics } = readCommandLine(command);
    const running = startPseudoAgent({ ...agent, ...adjust(agent) });
    if (metrics !== undefined) serveMetrics(metrics, () => running.metrics());
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        stderrLog("info", "leaving", { signal });
        void running.stop().finally(() => process.exit(0));
      });
    }
  } catch (error) {
    if (error instanceof ConfigurationError) stderrLog("error", error.message);
    else if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : USAGE;
  }
}
