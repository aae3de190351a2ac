export {
  agentEnvironment,
  AgentUnstartableError,
  fillPlaceholders,
  placeholderValues,
  startCommandAgent,
  type AgentExit,
  type AgentHandout,
  type CommandAgentOptions,
  type LogTarget,
  type RunningAgent,
} from "./drivers/command/index.ts";
export type { AgentEvent, AgentExited, AgentOutput, AgentSignalled, AgentStarted, AgentUnstartable } from "./drivers/events.ts";
export { mutantCommand, referenceAgentCommand } from "./drivers/own-agents.ts";
export { mutants } from "./mutants/catalogue.ts";
export type { Mutant } from "./mutants/mutant.ts";
