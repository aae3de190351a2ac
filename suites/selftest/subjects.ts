import { mutantCommand, type Mutant, referenceAgentCommand } from "../../agents/index.ts";
import type { Expectation, RunChoice, Subject } from "./types.ts";

/** An agent that runs in every run of the mutants. */
interface Control {
  readonly name: string;
  readonly describes: string;
  readonly command: () => readonly string[];
  /** One of our own, which takes the reference agent's arguments. */
  readonly ours?: true;
  readonly expects: Exclude<Expectation, { readonly rule: "fails-exactly" }>;
  readonly budgetScale?: number;
}

/** It is known that nothing will come; waiting the full budgets would show nothing more. */
const SHORT = 0.2;

/** The agents that bound the checks from the other side: nothing of theirs may be blamed, or nothing of theirs may be green. */
export const controls: readonly Control[] = [
  {
    name: "reference",
    describes: "the reference agent",
    command: () => referenceAgentCommand(),
    ours: true,
    expects: { rule: "fails-none" },
  },
  {
    name: "polling",
    describes: "an agent that lists everything each interval and never watches",
    command: () => mutantCommand("poll"),
    ours: true,
    expects: { rule: "fails-no-must" },
  },
  {
    name: "silent",
    describes: "a process that does nothing",
    command: () => ["sleep", "86400"],
    expects: { rule: "passes-none" },
    budgetScale: SHORT,
  },
  {
    name: "exits",
    describes: "a process that exits at once",
    command: () => ["true"],
    expects: { rule: "passes-none" },
    budgetScale: SHORT,
  },
  {
    name: "heartbeats",
    describes: "an agent that only ever sends heartbeats",
    command: () => mutantCommand("heartbeat-only"),
    ours: true,
    expects: { rule: "passes-none" },
    budgetScale: SHORT,
  },
];

const CORE: RunChoice = { profiles: ["core"], features: [] };

/** The run in which a mutant shows. */
export function choiceOf(mutant: Mutant): RunChoice {
  return mutant.run ?? CORE;
}

/** Every run that some mutant asks for, once, in the order of the catalogue. */
export function choicesOf(mutants: readonly Mutant[]): readonly RunChoice[] {
  return [...new Map(mutants.map((mutant) => [nameOf(choiceOf(mutant)), choiceOf(mutant)])).values()];
}

/** A run in words. */
export function nameOf({ profiles, features }: RunChoice): string {
  return [profiles.join(","), ...(features.length === 0 ? [] : [`with ${features.join(",")}`])].join(" ");
}

/** The folder of a subject's run among those of the others. */
export function folderOf({ name, choice }: Subject): string {
  return `${name}-${nameOf(choice).replaceAll(/[^a-z]+/g, "-")}`;
}

/** Every mutant in its run, and every control in every run. */
export function subjectsOf(mutants: readonly Mutant[]): readonly Subject[] {
  return [
    ...mutants.map((mutant): Subject => ({
      name: mutant.name,
      describes: mutant.describes,
      choice: choiceOf(mutant),
      ...commandsOf(mutantCommand(mutant.name), choiceOf(mutant), true),
      expects: { rule: "fails-exactly", ids: mutant.fails },
    })),
    ...controls.flatMap(({ command, ours = false, ...control }) =>
      choicesOf(mutants).map((choice): Subject => ({ ...control, choice, ...commandsOf(command(), choice, ours) })),
    ),
  ];
}

/** How replicas of ours agree on one of them. */
const ELECTION: readonly string[] = ["--leader-elect", "--lease-duration", "3s"];

/** What the agent is started by, and what tells it not to watch. */
function commandsOf(
  command: readonly string[],
  { features }: RunChoice,
  ours: boolean,
): Pick<Subject, "command" | "noWatchCommand"> {
  const told = ours && features.includes("ha") ? [...command, ...ELECTION] : command;
  return { command: told, noWatchCommand: ours ? [...told, "--no-watch"] : told };
}
