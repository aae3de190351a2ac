import type { Counts, FileResult, MutationResults, Survivor } from "./results.ts";

const INTRODUCTION = `# Mutated checks

The [kill matrix](kill-matrix.md) proves by broken agents that each check can fail. This page proves by broken *checks* that the tests would notice: \`npm run mutate\`
makes one small fault at a time in the code that judges, and runs the tests that pass it. A mutant is *killed* where a test turns red, and counts as *timeout* where it
would not end. One that *survived* changed nothing that a test looks at; one that is *not covered* was run by no test. \`npm run mutate -- FILES\` does so for
some files, and writes their part of this page anew; \`--survivors\` judges only what lived, \`--tests FILE\` by some tests alone, and \`--page\` only reads the explanations again.
What no test kills the *kill matrix* may: \`npm run mutate -- --matrix DIR\` judges every run that \`selftest --keep --out DIR\` kept again, with the mutant in the judge. It is killed where the
agent's row breaks a rule of the self-test then: another set of failed requirements, a check that throws or does not end, something open or failed for the reference agent, something green for an
agent that does nothing. \`selftest --check\`, which is a gate, would be red.
Before is the first run, without the tests that its survivors made necessary; – where that was not measured with all tests of that time.

The faults: a condition forced to true and to false · one operand of \`&&\`, \`||\` and \`??\` left out (a swap of the operators would show nothing more) · equality negated ·
bounds moved and turned round · arithmetic · a negation left out · literals emptied, flipped or off by one · \`some\` for \`every\`, \`find\` for \`findLast\` and their like,
\`filter\`, \`sort\`, \`slice\` left out · \`?.\` without its question mark · nothing returned · a statement or a block left out.
Texts with a blank, and what stands in them, are words for people, on which no verdict rests: they are not mutated.
`;

/** docs/check-mutation.md. */
export function mutationPage({ files }: MutationResults): string {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = entries.map(([, result]) => result).reduce(sum, { counts: ZERO, before: ZERO, red: 0, explained: 0 });
  return [
    INTRODUCTION,
    "## Numbers",
    "",
    "| file | mutants | killed | timeout | by the kill matrix | survived | not covered | of these explained | left | before: mutants | killed | timeout | survived | not covered |",
    `|---|${"--:|".repeat(13)}`,
    ...entries.map(([file, result]) => row(`\`${file}\``, result, result.before, redOf(result).length, explained(result))),
    row("all", total.counts, total.before, total.red, total.explained),
    "",
    ...notAsked(entries),
    ...leftOut(entries),
    "## Survivors with their reason",
    "",
    ...entries.flatMap(([file, result]) => reasons(file, result)),
    "## Survivors that nobody looked into yet",
    "",
    ...entries.flatMap(([file, result]) => open(file, result)),
  ].join("\n");
}

/** The tests that were left out, with the files of which more may be killed by them. */
function leftOut(entries: readonly (readonly [string, FileResult])[]): readonly string[] {
  const files = new Map<string, string[]>();
  for (const [file, { leftOut: tests }] of entries) {
    const names = tests?.map((test) => `\`${test}\``).join(", ");
    if (names !== undefined) files.set(names, [...(files.get(names) ?? []), `\`${file}\``]);
  }
  return [...files].flatMap(([tests, those]) => [
    `Judged without ${tests}, in which more may be killed, before as well: ${those.length === entries.length ? "all of them" : those.join(", ")}.`,
    "",
  ]);
}

/** Of what the runs of the kill matrix say nothing, or not all. */
function notAsked(entries: readonly (readonly [string, FileResult])[]): readonly string[] {
  const without = entries.flatMap(([file, { matrix }]) => (matrix === undefined ? [`\`${file}\``] : []));
  const cut = entries.reduce((sum, [, { matrix }]) => sum + (matrix?.cut ?? 0), 0);
  return [
    ...(without.length === 0 ? [] : [`Not judged by the kill matrix: ${without.join(", ")}.`, ""]),
    ...(cut === 0
      ? []
      : [
          `Of ${cut} that turned no run of the kill matrix red not all runs were asked: each takes long, and those that may tell most came first.`,
          "",
        ]),
  ];
}

const ZERO: Counts = { mutants: 0, killed: 0, timeout: 0, survived: 0, notCovered: 0 };

interface Total {
  readonly counts: Counts;
  readonly before: Counts;
  readonly red: number;
  readonly explained: number;
}

function sum(total: Total, result: FileResult): Total {
  return {
    counts: plus(total.counts, alive(result)),
    before: plus(total.before, result.before ?? ZERO),
    red: total.red + redOf(result).length,
    explained: total.explained + explained(result),
  };
}

const redOf = ({ survivors }: FileResult) => survivors.filter(({ redIn }) => redIn !== undefined);

/** The counts without those that the kill matrix kills. */
function alive(result: FileResult): Counts {
  const red = redOf(result);
  const notCovered = red.filter(({ status }) => status === "not covered").length;
  return { ...result, survived: result.survived - (red.length - notCovered), notCovered: result.notCovered - notCovered };
}

function plus(a: Counts, b: Counts): Counts {
  return {
    mutants: a.mutants + b.mutants,
    killed: a.killed + b.killed,
    timeout: a.timeout + b.timeout,
    survived: a.survived + b.survived,
    notCovered: a.notCovered + b.notCovered,
  };
}

const isExplained = ({ redIn, reason }: Survivor) => redIn === undefined && reason !== undefined;
const explained = ({ survivors }: FileResult) => survivors.filter(isExplained).length;

function row(name: string, result: Counts | FileResult, before: Counts | undefined, red: number, told: number): string {
  const { mutants, killed, timeout, survived, notCovered } = "survivors" in result ? alive(result) : result;
  const first = before && [before.mutants, before.killed, before.timeout, before.survived, before.notCovered];
  return `| ${[name, mutants, killed, timeout, red, survived, notCovered, told, survived + notCovered - told, ...(first ?? ["–", "–", "–", "–", "–"])].join(" | ")} |`;
}

/** A line for each reason, with the mutants that it explains. */
function reasons(file: string, { survivors }: FileResult): readonly string[] {
  const byReason = new Map<string, Survivor[]>();
  for (const survivor of survivors.filter(isExplained)) {
    if (survivor.reason !== undefined) byReason.set(survivor.reason, [...(byReason.get(survivor.reason) ?? []), survivor]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].flatMap(([reason, those]) => [`- ${reason}`, ...those.map((each) => `  - ${told(each)}`)]);
  return [`### \`${file}\``, "", ...lines, ""];
}

function open(file: string, { survivors }: FileResult): readonly string[] {
  const those = survivors.filter(({ redIn, reason }) => redIn === undefined && reason === undefined);
  return those.length === 0 ? [] : [`### \`${file}\``, "", ...those.map((each) => `- ${told(each)}`), ""];
}

function told({ within, status, original, mutated }: Survivor): string {
  const place = within === "" ? "" : `${within}: `;
  const change = mutated === "" ? `${code(original)} left out` : `${code(original)} → ${code(mutated)}`;
  return `${place}${change}${status === "survived" ? "" : " (not covered)"}`;
}

const code = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);
