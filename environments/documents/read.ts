import { LineCounter, Scalar, isScalar, parseAllDocuments, type Document } from "yaml";
import type { Finding, InputFile } from "../types.ts";
import { classify, type ClassifiedDocument } from "./classify.ts";
import { rootCursor, type Cursor, type Place } from "./cursor.ts";

/** What a set of files holds: documents that could be read, and findings on those that could not. */
export interface Reading {
  readonly documents: readonly ClassifiedDocument[];
  readonly findings: readonly Finding[];
}

interface Wrapper {
  readonly prefix: string;
  readonly place: (line: number, column: number) => Place;
}

const NO_WRAPPER: Wrapper = { prefix: "", place: (line, column) => ({ line, column }) };

/** Reads YAML (JSON is YAML), any number of documents a file, Lists and ConfigMaps opened. Never throws. */
export function readDocuments(files: readonly InputFile[]): Reading {
  const readings = files.map((file) => readText(file, NO_WRAPPER));
  return { documents: readings.flatMap(({ documents }) => documents), findings: readings.flatMap(({ findings }) => findings) };
}

function readText({ file, text }: InputFile, wrapper: Wrapper): Reading {
  const lines = new LineCounter();
  const documents: ClassifiedDocument[] = [];
  const findings: Finding[] = [];
  for (const document of parse(text, lines)) {
    if (typeof document === "string") {
      findings.push(unreadable(file, wrapper, 1, 1, document, text));
      continue;
    }
    const error = document.errors[0];
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      findings.push(unreadable(file, wrapper, line || 1, col || 1, error.message, text));
      continue;
    }
    const root = rootCursor({ file, document, lines, prefix: wrapper.prefix, place: wrapper.place });
    if (root.kind === "absent" || root.value === null) continue;
    const opened = open(root, { file, text }, wrapper !== NO_WRAPPER);
    documents.push(...opened.documents);
    findings.push(...opened.findings);
  }
  return { documents, findings };
}

/** The documents of a text, or the reason why the parser gave up (nesting beyond its stack). */
function parse(text: string, lines: LineCounter): readonly (Document | string)[] {
  try {
    const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ""), { lineCounter: lines, prettyErrors: false });
    return Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** A document, or what it wraps. */
function open(root: Cursor, file: InputFile, wrapped: boolean): Reading {
  if (root.get("kind").value === "ConfigMap" && root.get("data").kind === "map" && !wrapped) return openConfigMap(root, file);
  const items = root.get("items");
  if (root.get("kind").value === "List" && items.kind === "list") {
    const readings = items.items().map((item) => open(item, file, wrapped));
    return { documents: readings.flatMap(({ documents }) => documents), findings: readings.flatMap(({ findings }) => findings) };
  }
  return { documents: [classify(root, wrapped)], findings: [] };
}

function openConfigMap(root: Cursor, { file, text }: InputFile): Reading {
  const readings = root
    .get("data")
    .keys()
    .map((key) => root.get("data", key))
    .filter((entry) => typeof entry.value === "string" && /\.ya?ml"?\]?$|config/i.test(entry.path))
    .map((entry) => readText({ file, text: entry.text }, wrapperOf(entry, text)));
  const documents = readings.flatMap((reading) => reading.documents.filter(({ part }) => part !== "unknown"));
  return { documents, findings: readings.flatMap(({ findings }) => findings) };
}

/** Lines of a literal block follow its header one by one; of every other style only the beginning is known. */
function wrapperOf(entry: Cursor, text: string): Wrapper {
  const node = entry.node;
  const prefix = `${entry.path} > `;
  if (!isScalar(node) || node.type !== Scalar.BLOCK_LITERAL) return { prefix, place: () => entry };
  const outer = text.split("\n").slice(entry.line);
  const indent = indentOf(outer) - indentOf(entry.text.split("\n"));
  return { prefix, place: (line, column) => ({ line: entry.line + line, column: column + indent }) };
}

/** Blanks before the first line that holds something. */
function indentOf(lines: readonly string[]): number {
  return /^ */.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0].length ?? 0;
}

function unreadable(file: string, wrapper: Wrapper, line: number, column: number, message: string, text: string): Finding {
  const template = /\{\{.*\}\}/.test(text);
  return {
    level: "error",
    rule: "unreadable",
    file,
    ...wrapper.place(line, column),
    path: wrapper.prefix.replace(/ > $/, ""),
    problem: `not YAML: ${message}`,
    consequence: "Nothing in this document could be judged, and nothing that reads YAML will take it.",
    mend: template
      ? "This looks like a template: render it first (`helm template`), then check the result."
      : "Correct the syntax at this place.",
    source: "YAML 1.2",
  };
}
