import { requirementSet, requirementSetSha256, type Requirement } from "../../suites/requirements/index.ts";

const INTRODUCTION = `# Requirements

Written from the registry by \`npm run gen:docs\`. Ids, levels and meaning are API: never renumbered, never reused. MUST decides the verdict; SHOULD does so
only under \`--fail-on should\`. Sources: *doc* is the deepflow documentation for agents in special environments (its section), rows and sections are those of
[protocol.md](protocol.md), *ours* is ours. \`deepflow-conformance explain ID\` says more about one.

This is set **${requirementSet}**, SHA-256 \`${requirementSetSha256}\` over [its canonical text](requirement-sets/${requirementSet}.json): id, level,
profile, scope and wording of each. Every plan, transcript and results.json names both. A set that was released does not change; another wording is another set.
`;

/** The page of all requirements, a section an area, with the scenarios that exercise and the mutants that break each. */
export function requirementsPage(all: readonly Requirement[]): string {
  const areas = [...new Set(all.map(areaOf))];
  const judged = all.filter((requirement) => requirement.judged).length;
  const sections = areas.map((area) =>
    section(
      area,
      all.filter((requirement) => areaOf(requirement) === area),
    ),
  );
  return [INTRODUCTION, `${all.length} requirements, ${judged} of them judged so far.`, "", ...sections].join("\n");
}

function section(area: string, rows: readonly Requirement[]): string {
  return [
    `## ${area}`,
    "",
    "| id | level | profile | requirement | source | broken by |",
    "|---|---|---|---|---|---|",
    ...rows.map(row),
    "",
  ].join("\n");
}

function row(requirement: Requirement): string {
  const brokenBy = requirement.judged
    ? requirement.mutants.map((name) => `\`${name}\``).join(" ")
    : `not judged yet: ${requirement.notJudgedBecause}`;
  const cells = [requirement.id, requirement.level, requirement.profile, sentence(requirement), requirement.source, brokenBy];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function sentence({ text, holdsFor: { targets, features } }: Requirement): string {
  const limits = [
    ...(targets === "all" ? [] : [targets === "lines" ? "server lines" : targets]),
    ...features.map((name) => `feature \`${name}\``),
  ];
  return limits.length === 0 ? text : `${text} (${limits.join(", ")})`;
}

function areaOf({ id }: Requirement): string {
  return id.split("-")[1] ?? "";
}
