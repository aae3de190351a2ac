import type { RuleCode } from "../rules/codes.ts";

/** A user's file and what must be said about it, completely and in order. */
export interface Case {
  readonly title: string;
  readonly environment: string;
  /** Default: the default line. */
  readonly agent?: string;
  readonly text: string;
  /** Code and line of each finding; none: the file is right. */
  readonly findings: readonly (readonly [RuleCode, number])[];
}

/** YAML in a template string: the first line break and the common indentation are taken off. */
export function yaml(strings: TemplateStringsArray): string {
  const lines = (strings[0] ?? "").replace(/^\n/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return `${lines
    .map((line) => line.slice(indent))
    .join("\n")
    .trimEnd()}\n`;
}
