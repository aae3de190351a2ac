import type { Requirement } from "../requirements/index.ts";
import type { Subject } from "./types.ts";

/** The part of a self-test that patterns choose. */
export interface Selection {
  readonly subjects: readonly Subject[];
  /** The requirements that are held against the mutants as a whole. */
  readonly judged: readonly Requirement[];
}

/** A pattern that matches no agent and no requirement. Usage error. */
export class SelftestSelectionError extends Error {
  override readonly name = "SelftestSelectionError";
}

/**
 * Chooses agents by name, and by the id of a requirement those that are declared to fail it. `*` stands for any
 * characters; the `KAS-` of an id may be left out; letter case does not count. No patterns choose everything.
 *
 * @throws SelftestSelectionError naming the pattern that chooses nothing
 */
export function selectSubjects({ subjects, judged }: Selection, patterns: readonly string[]): Selection {
  if (patterns.length === 0) return { subjects, judged };
  const matchers = patterns.map((pattern) => {
    const byName = matcher(pattern);
    const byId = matcher(/^(kas-|\*)/i.test(pattern) ? pattern : `KAS-${pattern}`);
    const chooses = (subject: Subject) => byName(subject.name) || declared(subject).some(byId);
    const ids = judged.filter(({ id }) => byId(id));
    if (!subjects.some(chooses) && ids.length === 0) {
      throw new SelftestSelectionError(`"${pattern}" matches no agent of the self-test, and no requirement that is judged`);
    }
    return { chooses, ids };
  });
  return {
    subjects: subjects.filter((subject) => matchers.some(({ chooses }) => chooses(subject))),
    judged: judged.filter((requirement) => matchers.some(({ ids }) => ids.includes(requirement))),
  };
}

function declared({ expects }: Subject): readonly string[] {
  return expects.rule === "fails-exactly" ? expects.ids : [];
}

function matcher(pattern: string): (text: string) => boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[^\w-]/g, String.raw`\$&`));
  const expression = new RegExp(`^${parts.join(".*")}$`, "i");
  return (text) => expression.test(text);
}
