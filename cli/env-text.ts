import {
  describeRange,
  type CheckResult,
  type Environment,
  type Finding,
  type HostFacts,
  type HostJudgement,
} from "../environments/index.ts";

/** The environments as a table. Pure. */
export function listText(environments: readonly Environment[]): string {
  const rows = environments.map((environment) => [
    environment.name,
    environment.title,
    describeRange(environment.agents ?? {}),
    environment.parts.join(", "),
  ]);
  return table([["NAME", "ENVIRONMENT", "AGENTS", "PARTS"], ...rows]);
}

/** The environments as a JSON array. Pure. */
export function listJson(environments: readonly Environment[]): string {
  const rows = environments.map(({ name, title, summary, source, agents, parts }) => ({
    name,
    title,
    summary,
    source,
    agents: agents ?? {},
    parts,
  }));
  return json(rows);
}

/** A check's outcome for people: one paragraph a finding, then what was looked at. Pure. */
export function checkText({ environment, agent, findings, judged, notJudged }: CheckResult): string {
  const looked = judged.map(({ file, line, part }) => `${part} (${file}:${line})`).join(", ") || "nothing";
  const missing = notJudged.length === 0 ? "" : `Not judged, since no file holds it: ${notJudged.join(", ")}\n`;
  const verdict = `${environment}, agents ${agent}: ${count(findings, "error")}, ${count(findings, "warning")}`;
  return `${findings.map(findingText).join("")}Judged: ${looked}\n${missing}${verdict}\n`;
}

/** A check's outcome as one JSON object; `ok` is true without errors. Pure. */
export function checkJson(result: CheckResult): string {
  return json({ ok: result.findings.every(({ level }) => level !== "error"), ...result });
}

/** A host's outcome for people. Pure. */
export function hostText({ cgroup }: HostFacts, { findings, unknown, holds }: HostJudgement): string {
  const told = [...holds.map((text) => `holds: ${text}`), ...unknown.map((text) => `cannot tell: ${text}`)];
  const verdict = `cgroup ${cgroup}: ${count(findings, "error")}, ${count(findings, "warning")}, ${unknown.length} that cannot be told`;
  return `${findings.map(findingText).join("")}${told.map((line) => `${line}\n`).join("")}${verdict}\n`;
}

/** A host's outcome as one JSON object; `ok` is null where something cannot be told. Pure. */
export function hostJson(environment: string, facts: HostFacts, judgement: HostJudgement): string {
  const right = judgement.findings.every(({ level }) => level !== "error");
  return json({ ok: judgement.unknown.length > 0 ? null : right, environment, facts, ...judgement });
}

function findingText({ level, rule, file, line, column, path, problem, consequence, mend, source }: Finding): string {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  const where = path === "" || problem.startsWith(path) ? "" : `  at:   ${path}\n`;
  return `${place}: ${level} [${rule}] ${problem}\n${where}  then: ${consequence}\n  mend: ${mend}\n  from: ${source}\n\n`;
}

function count(findings: readonly Finding[], level: Finding["level"]): string {
  const number = findings.filter((finding) => finding.level === level).length;
  return `${number} ${level}${number === 1 ? "" : "s"}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
