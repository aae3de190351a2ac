import { Option } from "commander";
import { createCommand } from "../reference/command-line.ts";
import { runAsProcess } from "../reference/run.ts";
import { mutants } from "./catalogue.ts";
import type { Mutant } from "./mutant.ts";

const command = createCommand("deepflow-mutant-agent");
command.addOption(new Option("--mutate <switch>", "the fault").choices(mutants.map(({ name }) => name)).makeOptionMandatory());

runAsProcess(command, (given) => {
  const { mutate } = command.opts<{ mutate: string }>();
  const mutant = mutants.find(({ name }) => name === mutate) as Mutant;
  return { ...(mutant.behaviour && { behaviour: mutant.behaviour() }), ...mutant.settings?.(given) };
});

if (mutants.find(({ name }) => name === command.opts<{ mutate?: string }>().mutate)?.ignoresSigterm) {
  process.removeAllListeners("SIGTERM");
  process.on("SIGTERM", () => {});
}
