import type { Command } from "commander";

/** The page of all verbs: what `--help` prints, verb by verb. */
export function commandLinePage(program: Command): string {
  const verbs = [program, ...program.commands.flatMap((command) => [command, ...command.commands])];
  const sections = verbs.map((command) => [`## ${path(command)}`, "", "```text", helpOf(command), "```", ""].join("\n"));
  return ["# Command line", "", "What `--help` prints, written by `npm run gen:docs`.", "", ...sections].join("\n");
}

function path(command: Command): string {
  return command.parent === null ? command.name() : `${path(command.parent)} ${command.name()}`;
}

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (chunk) => void (text += chunk),
    getOutHelpWidth: () => 120,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
}
