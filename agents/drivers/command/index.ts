export { commandDriver } from "./driver.ts";
export { startCommandAgent, type CommandAgent, type CommandAgentOptions } from "./start.ts";
