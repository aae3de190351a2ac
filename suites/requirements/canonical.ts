import { createHash } from "node:crypto";
import type { Requirement } from "./types.ts";

/**
 * The text that a set of requirements is known by: a JSON array of `{id, level, profile, holdsFor, text}`, one a line,
 * by id. What says how they are judged (scenarios, mutants, checks) and the short titles are no part of it.
 */
export function canonicalRequirements(all: readonly Requirement[]): string {
  const lines = all
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, level, profile, holdsFor: { targets, features }, text }) =>
      JSON.stringify({ id, level, profile, holdsFor: { targets, features: features.toSorted() }, text }),
    );
  return `[\n${lines.join(",\n")}\n]\n`;
}

/** SHA-256 of the canonical text in UTF-8, lower-case hex. */
export function hashOfRequirements(all: readonly Requirement[]): string {
  return createHash("sha256").update(canonicalRequirements(all), "utf8").digest("hex");
}
