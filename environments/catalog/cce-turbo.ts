import type { Environment } from "../types.ts";
import { macvlan } from "./macvlan.ts";

/** Huawei Cloud CCE Turbo: its pods are attached as with macvlan, and so is all the rest. */
export const cceTurbo: Environment = {
  ...macvlan,
  name: "cce-turbo",
  title: "Huawei Cloud CCE Turbo",
  summary: `As with MACVlan. ${macvlan.summary}`,
  source: "special environments 1.2; protocol.md 6.1, 6.4",
  steps: macvlan.steps.map((step) => ({
    ...step,
    ...(step.commands ? { commands: step.commands.map((command) => command.replace("create macvlan", "create cce-turbo")) } : {}),
  })),
};
