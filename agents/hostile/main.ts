import { Option } from "commander";
import { createCommand } from "../reference/command-line.ts";
import { runAsProcess } from "../reference/run.ts";
import { hostiles } from "./catalogue.ts";

const command = createCommand("deepflow-hostile-agent").addOption(
  new Option("--be <name>", "the offence").choices(hostiles.map(({ name }) => name)).makeOptionMandatory(),
);
// Read twice: here for the name alone, below for what an agent is told.
const name = process.argv[process.argv.indexOf("--be") + 1];
const hostile = hostiles.find((candidate) => candidate.name === name);
hostile?.act?.();
const behaviour = hostile?.uploads;
// A name that does not exist is told by the command line.
if (hostile === undefined || behaviour !== undefined) runAsProcess(command, () => ({ ...(behaviour && { behaviour }) }));
