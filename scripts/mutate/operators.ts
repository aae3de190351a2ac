import { childrenOf, type Node } from "./ast.ts";

/** One way to break an expression: what stands in place of a part of its text. */
export interface Change {
  readonly operator: Operator;
  /** Of the part that is replaced, as offsets into the file. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** The kinds of faults. They are API of the page: an explanation is keyed by them. */
export type Operator =
  | "condition"
  | "operand"
  | "equality"
  | "boundary"
  | "arithmetic"
  | "negation"
  | "literal"
  | "method"
  | "optional chaining"
  | "return value"
  | "statement"
  | "block";

const EQUALITY: Readonly<Record<string, readonly string[]>> = {
  "===": ["!=="],
  "!==": ["==="],
  "==": ["!="],
  "!=": ["=="],
};
const BOUNDARY: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
};
const ARITHMETIC: Readonly<Record<string, readonly string[]>> = { "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "+": ["-"] };

/** What a method is swapped for. */
const SWAPPED: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  find: "findLast",
  findLast: "find",
  findIndex: "findLastIndex",
  indexOf: "lastIndexOf",
  startsWith: "endsWith",
  endsWith: "startsWith",
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
};
/** Methods that give back something of the kind they are called on, so that the call can be left out. */
const LEFT_OUT: ReadonlySet<string> = new Set(["filter", "sort", "toSorted", "reverse", "toReversed", "slice", "trim", "concat"]);

/** How an expression can be broken. @param isTest true where it decides a branch, so that both outcomes are tried */
export function changesOf(node: Node, source: string, isTest: boolean): readonly Change[] {
  const whole = (operator: Operator, ...replacements: readonly string[]): readonly Change[] =>
    replacements.map((replacement) => ({ operator, start: node.start, end: node.end, replacement }));
  const forced = isTest ? whole("condition", "true", "false") : [];
  const textOf = ({ start, end }: Node) => source.slice(start, end);
  switch (node.type) {
    case "BinaryExpression":
      return [...forced, ...binary(node, source, isTest)];
    case "LogicalExpression":
      return [...forced, ...whole("operand", textOf(node["left"] as Node), textOf(node["right"] as Node))];
    case "UnaryExpression":
      if (node["operator"] !== "!" || isTest) return forced;
      return whole("negation", textOf(node["argument"] as Node));
    case "UpdateExpression":
      return whole(
        "arithmetic",
        textOf(node).replace(/\+\+|--/, (operator) => (operator === "++" ? "--" : "++")),
      );
    case "AssignmentExpression":
      return [...forced, ...compound(node, source)];
    case "Literal":
      return [...forced, ...literal(node, whole)];
    case "ArrayExpression":
      return childrenOf(node).length === 0 ? [] : whole("literal", "[]");
    case "ObjectExpression":
      return childrenOf(node).length === 0 || holdsFunctions(node) ? [] : whole("literal", "{}");
    case "CallExpression":
      return [...forced, ...call(node, source)];
    case "MemberExpression":
      return [...forced, ...(node["optional"] === true ? unchained(node, source) : [])];
    default:
      return forced;
  }
}

function binary(node: Node, source: string, isTest: boolean): readonly Change[] {
  const operator = node["operator"] as string;
  const [left, right] = [node["left"] as Node, node["right"] as Node];
  const between = source.slice(left.end, right.start);
  const at = left.end + between.indexOf(operator);
  const swapped = (kind: Operator, to: readonly string[]): readonly Change[] =>
    to.map((replacement) => ({ operator: kind, start: at, end: at + operator.length, replacement }));
  const texts = [left, right].some(({ type, ...rest }) => type === "TemplateLiteral" || typeof rest["value"] === "string");
  if (EQUALITY[operator]) return isTest ? [] : swapped("equality", EQUALITY[operator]);
  if (BOUNDARY[operator]) return swapped("boundary", isTest ? BOUNDARY[operator].slice(0, 1) : BOUNDARY[operator]);
  return texts ? [] : swapped("arithmetic", ARITHMETIC[operator] ?? []);
}

function compound(node: Node, source: string): readonly Change[] {
  const operator = node["operator"] as string;
  const to = { "+=": "-=", "-=": "+=", "||=": "&&=", "&&=": "||=" }[operator];
  if (to === undefined) return [];
  const left = node["left"] as Node;
  const at = left.end + source.slice(left.end, node.end).indexOf(operator);
  return [{ operator: "arithmetic", start: at, end: at + operator.length, replacement: to }];
}

/** Texts with a blank are words for people: no verdict rests on them. */
function literal(node: Node, whole: (operator: Operator, text: string) => readonly Change[]): readonly Change[] {
  const { value } = node as { value?: unknown };
  if (typeof value === "boolean") return whole("literal", String(!value));
  if (typeof value === "number" && node["raw"] !== undefined) return whole("literal", String(value + 1));
  if (typeof value !== "string" || /\s/.test(value)) return [];
  return whole("literal", value === "" ? '"?"' : '""');
}

function holdsFunctions(node: Node): boolean {
  return childrenOf(node).some(({ type, ...rest }) => {
    const value = rest["value"] as Node | undefined;
    return type === "Property" && (value?.type === "FunctionExpression" || value?.type === "ArrowFunctionExpression");
  });
}

function call(node: Node, source: string): readonly Change[] {
  const callee = node["callee"] as Node;
  const optional = node["optional"] === true ? unchained(node, source) : [];
  if (callee.type !== "MemberExpression" || callee["computed"] === true) return optional;
  const [object, property] = [callee["object"] as Node, callee["property"] as Node];
  const name = source.slice(property.start, property.end);
  const to = SWAPPED[name];
  if (to !== undefined) return [...optional, { operator: "method", start: property.start, end: property.end, replacement: to }];
  if (!LEFT_OUT.has(name)) return optional;
  return [...optional, { operator: "method", start: object.end, end: node.end, replacement: "" }];
}

/** The link without its question mark. */
function unchained(node: Node, source: string): readonly Change[] {
  const before = (node["object"] ?? node["callee"]) as Node;
  const at = before.end + source.slice(before.end, node.end).indexOf("?.");
  const isPlain = node.type === "MemberExpression" && node["computed"] !== true;
  return [{ operator: "optional chaining", start: at, end: at + 2, replacement: isPlain ? "." : "" }];
}
