export { attachDriver, type Invitation } from "./drivers/attach/index.ts";
export { commandDriver, startCommandAgent, type CommandAgent, type CommandAgentOptions } from "./drivers/command/index.ts";
export { containerDriver, presentImages } from "./drivers/container/index.ts";
export { imagesOf, manifestDriver, ManifestError } from "./drivers/manifest/index.ts";
export { podDriver } from "./drivers/pod/index.ts";
export { powersLacking, type AgentForm } from "./drivers/forms.ts";
export {
  AgentPlaceError,
  AgentUnstartableError,
  type AgentDriver,
  type AgentExit,
  type AgentPlace,
  type AgentPower,
  type AgentVariant,
  type AgentRequest,
  type PowersLacking,
  type RunningAgent,
  type ScenarioAgent,
} from "./drivers/driver.ts";
export { startTimeLimit } from "./drivers/within.ts";
export type { LogTarget } from "./drivers/output.ts";
export { fillPlaceholders, placeholderValues, type AgentHandout, type AgentSettings } from "./drivers/placeholders.ts";
export type { AgentEvent, AgentExited, AgentOutput, AgentSignalled, AgentStarted, AgentUnstartable } from "./drivers/events.ts";
export { mutantCommand, referenceAgentCommand } from "./drivers/own-agents.ts";
export { writeOtherSnapshot } from "./other-writer/write-snapshot.ts";
export { mutants } from "./mutants/catalogue.ts";
export type { Mutant } from "./mutants/mutant.ts";
