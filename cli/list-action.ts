import { canonicalJson } from "../report/index.ts";
import { findCheck } from "../suites/checks/index.ts";
import { requirements, requirementSet, requirementSetSha256, type Requirement } from "../suites/requirements/index.ts";
import type { ListFlags } from "./list.ts";
import { UsageError } from "./usage-error.ts";

/** Prints the requirements, one a line, or all of them as one JSON array. */
export function list(flags: ListFlags): void {
  const chosen = matching(flags.only ?? []);
  const rows = chosen.map((row) => ({ ...row, requirementSet, requirementSetSha256 }));
  process.stdout.write(flags.json === true ? `${canonicalJson(rows)}\n` : `${table(chosen)}\n\n${summary(chosen)}\n`);
}

/** How much of what is listed can be judged, and by what. */
function summary(chosen: readonly Requirement[]): string {
  const judged = chosen.filter(({ id }) => findCheck(id) !== undefined);
  const told = new Set(chosen.flatMap(({ scenarios }) => scenarios));
  const wrong = new Set(chosen.flatMap(({ mutants }) => mutants));
  return [
    `${chosen.length} requirements: ${judged.length} judged, ${chosen.length - judged.length} not judged; ${told.size} scenarios, ${wrong.size} mutant agents that fail them`,
    `requirement set ${requirementSet}, SHA-256 ${requirementSetSha256}`,
  ].join("\n");
}

/** Unlike in a plan, profile, target and features exclude nothing here. */
function matching(patterns: readonly string[]): readonly Requirement[] {
  if (patterns.length === 0) return requirements;
  const expressions = patterns.map((pattern) => {
    const bare = pattern.toUpperCase().replace(/^KAS-/, "");
    const expression = new RegExp(`^KAS-${bare.split("*").map(escapeExpression).join(".*")}$`);
    if (!requirements.some(({ id }) => expression.test(id))) throw new UsageError(`"${pattern}" matches no requirement`);
    return expression;
  });
  return requirements.filter(({ id }) => expressions.some((expression) => expression.test(id)));
}

function table(rows: readonly Requirement[]): string {
  const header = ["id", "level", "profile", "holds for", "title"];
  const cells = rows.map((row) => [
    row.id,
    row.level,
    row.profile,
    holdsFor(row),
    row.judged ? row.title : `${row.title} (not judged yet)`,
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  return [header, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The targets and features that a requirement holds for, in a word or two. */
export function holdsFor({ holdsFor: { targets, features } }: Requirement): string {
  const where = { all: "everywhere", lines: "server lines" }[targets as string] ?? targets.replace(">=", "since ");
  return [where, ...features.map((feature) => `feature ${feature}`)].join(", ");
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[^A-Z0-9-]/g, String.raw`\$&`);
}
