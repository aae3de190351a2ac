import { mutants } from "../agents/index.ts";
import { requirements } from "../suites/requirements/index.ts";
import { findScenario } from "../suites/scenarios/index.ts";

type Facts = Readonly<Record<string, string>>;
type Mutant = (typeof mutants)[number];

/** Scenarios by name, each with what it tells. */
export function aboutScenarios(names: readonly string[]): Facts {
  return Object.fromEntries(names.map((name) => [`in ${name}`, findScenario(name)?.title ?? ""]));
}

/** Mutant agents by name, each with what it does wrong. */
export function aboutMutants(names: readonly string[]): Facts {
  return Object.fromEntries(names.map((name) => [`mutant ${name}`, describe(mutants.find((mutant) => mutant.name === name))]));
}

/** All that is known of one scenario: its steps, and what is judged in it. Undefined where there is none of this name. */
export function aboutScenario(name: string): Facts | undefined {
  const scenario = findScenario(name);
  if (scenario === undefined) return undefined;
  const judged = requirements.filter(({ scenarios }) => (scenarios as readonly string[]).includes(name)).map(({ id }) => id);
  return {
    scenario: name,
    tells: scenario.title,
    profile: scenario.profile,
    steps: scenario.steps.map(({ step }) => step).join(", "),
    judges: judged.join(", "),
  };
}

/** All that is known of one mutant agent. Undefined where there is none of this name. */
export function aboutMutant(name: string): Facts | undefined {
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined) return undefined;
  const { profiles, features } = mutant.run ?? { profiles: ["core"], features: [] };
  return {
    mutant: name,
    "does wrong": describe(mutant),
    fails: mutant.fails.join(", "),
    "shows in profile": profiles.join(", "),
    ...(features.length === 0 ? {} : { "with the features": features.join(", ") }),
  };
}

function describe(mutant: Mutant | undefined): string {
  if (mutant === undefined) return "";
  return mutant.thread === undefined ? mutant.describes : `${mutant.describes} (as in ${mutant.thread})`;
}
