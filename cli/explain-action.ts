import { canonicalJson, wrap } from "../report/index.ts";
import { defaultTarget, findTarget, otherTargets, targetIds, type Target } from "../server-mock/contract/index.ts";
import { explainFindings, type FindingCode } from "../server-mock/ingest/index.ts";
import { exclusionOf, findRequirement, type Requirement } from "../suites/requirements/index.ts";
import type { ExplainFlags } from "./explain.ts";
import { aboutTarget } from "./explain-target.ts";
import { aboutMutant, aboutMutants, aboutScenario, aboutScenarios } from "./explain-story.ts";
import { findingMeanings } from "./finding-meanings.ts";
import { holdsFor } from "./list-action.ts";
import { UsageError } from "./usage-error.ts";

/** Prints all that is known of a requirement, a finding, a scenario or a mutant, or without an id of a target. */
export function explain(id: string | undefined, flags: ExplainFlags): void {
  const target = targetFor(flags.target ?? defaultTarget);
  if (id === undefined) {
    if (flags.target === undefined) throw new UsageError("nothing to explain: give an id, such as KAS-SNAP-3, or --target");
    return print(aboutTarget(target), flags);
  }
  const requirement = findRequirement(fullId(id));
  if (requirement !== undefined) return print(aboutRequirement(requirement, flags.target), flags);
  if (Object.hasOwn(findingMeanings, id)) return print(aboutFinding(id as FindingCode, target), flags);
  const story = aboutScenario(id) ?? aboutMutant(id);
  if (story !== undefined) return print(story, flags);
  const codes = Object.keys(findingMeanings).join(", ");
  throw new UsageError(
    `there is no requirement "${id}" (the verb list shows them all), scenario or mutant, and no such finding; findings are ${codes}`,
  );
}

function fullId(id: string): string {
  const upper = id.toUpperCase();
  return upper.startsWith("KAS-") ? upper : `KAS-${upper}`;
}

function targetFor(id: string): Target {
  const target = findTarget(id);
  if (target === undefined) throw new UsageError(`unknown target "${id}"; there are ${targetIds.join(", ")}, ${otherTargets}`);
  return target;
}

/** Label and text, in the order in which they are printed. */
type Facts = Readonly<Record<string, string>>;

function aboutRequirement(requirement: Requirement, target: string | undefined): Facts {
  const { id, level, profile, title, text, source, scenarios, mutants, notJudgedBecause } = requirement;
  const { features } = requirement.holdsFor;
  const choice = target === undefined ? undefined : { target, profiles: ["all"], features };
  return {
    id,
    title,
    level,
    profile,
    "holds for": holdsFor(requirement),
    ...(choice === undefined ? {} : { [`for ${target}`]: exclusionOf(requirement, choice) ?? "it holds" }),
    requirement: text,
    source,
    ...(notJudgedBecause === undefined ? { "judged in": scenarios.join(", ") } : { "not judged": notJudgedBecause }),
    ...aboutScenarios(scenarios),
    ...(mutants.length === 0 ? {} : { "broken by the mutants": mutants.join(", ") }),
    ...aboutMutants(mutants),
    "judged alone by": `deepflow-conformance run --profile ${profile}${features.length === 0 ? "" : ` --features ${features.join(",")}`} --only ${id} -- <agent command …>`,
  };
}

function aboutFinding(code: FindingCode, target: Target): Facts {
  const { meaning, requirement } = findingMeanings[code];
  const finding = { code, problem: meaning };
  const [explained] = explainFindings(target, 0, {
    sha256: "",
    type: "*v1.Pod",
    objects: [],
    shape: "object",
    findings: [finding],
    inflatedBytes: 0,
  });
  return {
    finding: code,
    meaning,
    ...(requirement === undefined ? {} : { breaks: requirement }),
    [`for ${target.id}`]: explained?.text ?? "the target accepts it",
  };
}

function print(facts: Facts, flags: ExplainFlags): void {
  if (flags.json === true) {
    process.stdout.write(`${canonicalJson(facts)}\n`);
    return;
  }
  const width = Math.max(...Object.keys(facts).map((label) => label.length)) + 2;
  const lines = Object.entries(facts).flatMap(([label, text]) =>
    wrap(text, 100 - width).map((line, index) => `${(index === 0 ? label : "").padEnd(width)}${line}`),
  );
  process.stdout.write(`${lines.join("\n")}\n`);
}
