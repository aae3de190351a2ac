export { agentEnvironment, fillPlaceholders, placeholderValues, type AgentHandout } from "./placeholders.ts";
export type { LogTarget } from "./output.ts";
export {
  AgentUnstartableError,
  startCommandAgent,
  type AgentExit,
  type CommandAgentOptions,
  type RunningAgent,
} from "./start.ts";
