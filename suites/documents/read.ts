import { LineCounter, parseDocument } from "yaml";
import type { Schema } from "./schema.ts";
import { type Path, type Problem, validate } from "./validate.ts";

/** A file of the user that is not what it must be: every problem with its line, for people. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
}

/** A document that fits its schema. */
export interface ReadDocument {
  readonly value: unknown;
  /** The line on which something stands, from 1; undefined where it stands nowhere. */
  lineOf(path: Path): number | undefined;
}

/** More than any file that a person writes. */
const MAX_BYTES = 4 * 2 ** 20;
const SHOWN = 20;

/**
 * Reads YAML 1.2 or JSON and holds it against a schema. Pure.
 *
 * @param name of the file, for messages
 * @throws DocumentError with all that is wrong
 */
export function readDocument(text: string, schema: Schema, name: string): ReadDocument {
  if (text.length > MAX_BYTES) throw new DocumentError(`${name} is larger than ${MAX_BYTES} bytes`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new DocumentError(`${name}:${line}:${col} is not YAML: ${syntax.message}`);
  }
  const lineOf = (path: Path): number | undefined => {
    const node = document.getIn(path, true) as { readonly range?: readonly number[] | null } | undefined;
    const start = node?.range?.[0];
    return start === undefined ? undefined : lines.linePos(start).line;
  };
  const value = toValue(document, name);
  const problems = validate(value, schema);
  if (problems.length > 0) throw new DocumentError(tell(problems, name, lineOf));
  return { value, lineOf };
}

/** Aliases that multiply (a "billion laughs") are refused by the reader. */
function toValue(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw new DocumentError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function tell(problems: readonly Problem[], name: string, lineOf: (path: Path) => number | undefined): string {
  const told = problems.slice(0, SHOWN).map(({ path, text }) => {
    const line = lineOf(path) ?? lineOf(path.slice(0, -1));
    return `${name}${line === undefined ? "" : `:${line}`}: ${text}`;
  });
  const more = problems.length - told.length;
  return [...told, ...(more === 0 ? [] : [`and ${more} more problems`])].join("\n");
}
