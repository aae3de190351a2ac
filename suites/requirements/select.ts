import { findTarget, isSince } from "../../server-mock/contract/index.ts";
import { requirements } from "./registry.ts";
import { type Profile, profiles, type Requirement } from "./types.ts";

/** What requirements are chosen for. */
export interface Choice {
  /** Target id: `v7.1`, `document`. */
  readonly target: string;
  /** Profile names; `all` stands for every one. */
  readonly profiles: readonly string[];
  /** What the agent declares. */
  readonly features: readonly string[];
  /** Why a requirement cannot be judged in this run, whoever the agent is; undefined where it can. Default: all can. */
  readonly outOfReach?: (requirement: Requirement) => string | undefined;
  /** Patterns of `--only`; absent or empty: no restriction. */
  readonly only?: readonly string[];
}

/** A selection that selects nothing, said for people. Usage error. */
export class SelectionError extends Error {
  override readonly name = "SelectionError";
}

/**
 * The requirements that hold for a choice, in registry order.
 *
 * A pattern is an id in which `*` stands for any characters and letter case does not count; the leading `KAS-` may be
 * left out (`SNAP-*`). Several patterns may stand in one text, divided by commas.
 *
 * @throws SelectionError where a profile is unknown or has nothing that holds, or where a pattern selects nothing: since
 *   no id is like it, or since profile, target or features exclude every id that is
 */
export function requirementsFor(choice: Choice): readonly Requirement[] {
  for (const profile of choice.profiles) {
    if (profile === "all" || profiles.includes(profile as Profile)) continue;
    throw new SelectionError(`unknown profile "${profile}"; there are ${[...profiles, "all"].join(", ")}`);
  }
  const holding = requirements.filter((requirement) => exclusionOf(requirement, choice) === undefined);
  if (holding.length === 0) throw new SelectionError(emptyProfiles(choice));
  const patterns = (choice.only ?? [])
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
  if (patterns.length === 0) return holding;
  const matchers = patterns.map((pattern) => matcherFor(pattern, choice));
  return holding.filter((requirement) => matchers.some((matches) => matches(requirement.id)));
}

/** Says of the profiles' requirements why none holds. */
function emptyProfiles(choice: Choice): string {
  const reasons = requirements
    .filter(({ profile }) => choice.profiles.includes(profile))
    .map((requirement) => `${requirement.id}: ${exclusionOf(requirement, choice)}`);
  return `profile ${choice.profiles.join(", ")} selects nothing here: ${reasons.join("; ")}`;
}

/** Why a requirement does not hold for a choice, for people; undefined where it does. */
export function exclusionOf(requirement: Requirement, choice: Omit<Choice, "only">): string | undefined {
  const { targets, features } = requirement.holdsFor;
  if (!choice.profiles.includes("all") && !choice.profiles.includes(requirement.profile)) {
    return `it is in profile ${requirement.profile}, which was not asked for`;
  }
  if (!holdsForTarget(targets, choice.target)) {
    return `target ${choice.target} is not one of those it holds for (${targets === "lines" ? "server lines" : targets})`;
  }
  const missing = features.find((feature) => !choice.features.includes(feature));
  if (missing !== undefined) return `it is for agents that declare the feature ${missing}`;
  return choice.outOfReach?.(requirement);
}

/** Lines are their newest tag, so that a line holds whatever began under any of its tags. */
function holdsForTarget(targets: Requirement["holdsFor"]["targets"], target: string): boolean {
  if (targets === "all") return true;
  return targets === "lines" ? findTarget(target)?.line === true : isSince(target, targets.replace(">=", ""));
}

function matcherFor(pattern: string, choice: Choice): (id: string) => boolean {
  const upper = pattern.toUpperCase();
  const source = (upper.startsWith("KAS-") || upper.startsWith("*") ? upper : `KAS-${upper}`)
    .split("*")
    .map((part) => part.replace(/[^A-Z0-9-]/gu, String.raw`\$&`))
    .join(".*");
  const expression = new RegExp(`^${source}$`, "u");
  const matches = (id: string) => expression.test(id);
  const similar = requirements.filter((requirement) => matches(requirement.id));
  if (similar.length === 0) throw new SelectionError(`"${pattern}" matches no requirement; "list" shows them all`);
  const reasons = similar.map((requirement) => exclusionOf(requirement, choice));
  if (reasons.every((reason) => reason !== undefined)) {
    throw new SelectionError(`"${pattern}" selects nothing here: ${similar[0]?.id}: ${reasons[0]}`);
  }
  return matches;
}
