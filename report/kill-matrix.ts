import type { KillMatrix, MatrixMutant } from "../suites/selftest/types.ts";

const INTRODUCTION = `# Kill matrix

A *mutant* is the reference agent with one deliberate fault. Each row below was run as a process of its own against the mock server and the embedded cluster:
it fails the requirements named in its row **and no others**. So every check is known to be able to fail, and to blame nothing else.
\`deepflow-conformance selftest\` runs all of it again; \`--check\` compares what it sees with this page.
`;

const RULES: Readonly<Record<string, string>> = {
  "fails-none": "fails nothing and leaves nothing open",
  "fails-no-must": "fails no MUST",
  "passes-none": "passes nothing",
};

/** The matrix as a Markdown page: rows by mutant, a column for each area, then the requirements with their killers. */
export function killMatrixPage(matrix: KillMatrix): string {
  const areas = [...new Set(matrix.requirements.map(({ id }) => areaOf(id)))].filter((area) =>
    matrix.requirements.some(
      ({ id, because, failedBy }) => areaOf(id) === area && (because === undefined || failedBy.length > 0),
    ),
  );
  const judged = matrix.requirements.filter(({ failedBy }) => failedBy.length > 0).length;
  return [
    INTRODUCTION,
    `Requirement set ${matrix.requirementSet}, target ${matrix.target}: ${matrix.mutants.length} mutants fail ${judged} requirements.`,
    "",
    "## Agents that bound the checks from the other side",
    "",
    "Each is run in every run that some mutant asks for.",
    "",
    ...table(
      ["agent", "what it is", "must hold"],
      matrix.controls.map(({ name, describes, rule }) => [`\`${name}\``, describes, RULES[rule] ?? rule]),
    ),
    "",
    "## Mutants",
    "",
    "A cell holds the numbers of the requirements that the mutant fails: `3` under SNAP is KAS-SNAP-3. Without another run named, the profile is `core`.",
    "",
    ...table(
      ["mutant", "what it does wrong", "run", ...areas],
      matrix.mutants.map((mutant) => [
        `\`${mutant.name}\``,
        mutant.thread === undefined ? mutant.describes : `${mutant.describes} (${mutant.thread})`,
        runOf(mutant),
        ...areas.map((area) => numbersIn(area, mutant.fails)),
      ]),
    ),
    "",
    "## Faults that real agents had",
    "",
    "Mutants that stand for a fault of a real agent, or for one that its users met, with the thread in which it was told.",
    "",
    ...table(
      ["thread", "mutant", "what it does wrong", "fails"],
      matrix.mutants
        .flatMap(({ thread, ...mutant }) => (thread === undefined ? [] : [{ thread, ...mutant }]))
        .map(({ thread, name, describes, fails }) => [thread, `\`${name}\``, describes, fails.join(" ")]),
    ),
    "",
    "## Requirements",
    "",
    ...table(
      ["id", "level", "requirement", "failed by"],
      matrix.requirements.map(({ id, level, title, failedBy, because }) => [
        id,
        level,
        title,
        failedBy.length === 0 ? `none: ${because ?? ""}` : failedBy.map((name) => `\`${name}\``).join(" "),
      ]),
    ),
    "",
  ].join("\n");
}

function runOf({ profiles, features }: MatrixMutant): string {
  if (features.length === 0) return profiles.join() === "core" ? "" : profiles.join(", ");
  return `${profiles.join(", ")}; features ${features.join(", ")}`;
}

function numbersIn(area: string, ids: readonly string[]): string {
  return ids
    .filter((id) => areaOf(id) === area)
    .map((id) => id.split("-")[2])
    .join(" ");
}

function areaOf(id: string): string {
  return id.split("-")[1] ?? "";
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---|").join("")}`, ...rows.map(line)];
}
