import type { AgentVersion } from "../agent-version.ts";
import type { ClassifiedDocument } from "../documents/classify.ts";
import type { Cursor } from "../documents/cursor.ts";
import type { Environment, Finding } from "../types.ts";
import type { RuleCode } from "./codes.ts";

/** What a group of rules is given: everything that was read, at once. */
export interface Subject {
  readonly environment: Environment;
  readonly agent: AgentVersion;
  readonly documents: readonly ClassifiedDocument[];
}

/** A group of rules: pure. Adding a group is adding a file and a line in `rules/index.ts`. */
export type RuleGroup = (subject: Subject) => readonly Finding[];

/** The words of a finding. */
export interface Words {
  readonly problem: string;
  readonly consequence: string;
  readonly mend: string;
  readonly source: string;
}

/** A finding that is certainly wrong. */
export function error(rule: RuleCode, at: Cursor, words: Words): Finding {
  return { level: "error", rule, ...placed(at), ...words };
}

/** A finding that may be meant so. */
export function warning(rule: RuleCode, at: Cursor, words: Words): Finding {
  return { level: "warning", rule, ...placed(at), ...words };
}

function placed({ file, line, column, path }: Cursor): Pick<Finding, "file" | "line" | "column" | "path"> {
  return { file, line, column, path };
}

/** The documents of some parts. */
export function documentsOf(subject: Subject, ...parts: readonly ClassifiedDocument["part"][]): ClassifiedDocument[] {
  return subject.documents.filter(({ part }) => parts.includes(part));
}
