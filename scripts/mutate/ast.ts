import { parseSync } from "oxc-parser";

/** A node of the syntax tree (ESTree with TypeScript), read by name where a mutation needs more of it. */
export interface Node {
  readonly type: string;
  /** Offsets into the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** @throws Error where the file has a syntax error */
export function parse(file: string, source: string): Node {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  return program as unknown as Node;
}

/** What runs below a node, in the order of the text; types are left out. */
export function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([field, value]) => {
    if (field === "key" && node["computed"] !== true) return [];
    return (Array.isArray(value) ? value : [value]).filter((child): child is Node => isNode(child) && runs(child));
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string" && "start" in value;
}

const TRANSPARENT: ReadonlySet<string> = new Set(["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"]);

function runs({ type, ...rest }: Node): boolean {
  if (type.startsWith("TS")) return TRANSPARENT.has(type);
  if (type === "ExportNamedDeclaration" && rest["source"] != null) return false;
  return type !== "ImportDeclaration" && type !== "ExportAllDeclaration" && type !== "PrivateIdentifier";
}
