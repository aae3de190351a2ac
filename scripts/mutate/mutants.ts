import { childrenOf, type Node, parse } from "./ast.ts";
import { type Change, changesOf, type Operator } from "./operators.ts";

/** One deliberate fault in one file. */
export interface Mutant {
  readonly file: string;
  /** The function or constant it lies in, as a path of names; `` at the top of the file. */
  readonly within: string;
  readonly operator: Operator;
  /** Of the expression or statement that holds it, as offsets into the file. */
  readonly start: number;
  readonly end: number;
  /** The expression or statement as it is, and as it becomes, `` where it is left out; blanks are folded, and the middle of what is long is left out. */
  readonly original: string;
  readonly mutated: string;
  /** 1 but where the same is found more than once in the same place: in its order. */
  readonly nth: number;
  /** Tells the mutant apart from every other one, and stays when lines move. */
  readonly key: string;
  /** True where it runs when the file is loaded, and never again. */
  readonly static: boolean;
}

/** A place in the text at which the switch for its mutants stands. */
export interface Site {
  readonly start: number;
  readonly end: number;
  readonly form: "expression" | "statement" | "function" | "loop" | "getter";
  /** What stands there for each mutant; absent for statements and bodies, which are left out. */
  readonly mutants: readonly { readonly mutant: Mutant; readonly text: string }[];
}

/** All mutants of a file, with the places at which they are switched on. Outer places come before those within them. */
export function sitesOf(file: string, source: string): readonly Site[] {
  const finder = createFinder(file, source);
  finder.visit(parse(file, source), { within: [], inFunction: false });
  return finder.sites();
}

/** All mutants of a file. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  return sitesOf(file, source).flatMap(({ mutants }) => mutants.map(({ mutant }) => mutant));
}

interface Where {
  readonly within: readonly string[];
  readonly inFunction: boolean;
}
interface Found extends Omit<Site, "mutants"> {
  readonly mutants: { readonly mutant: Mutant; readonly text: string }[];
}

function createFinder(file: string, source: string) {
  const found = new Map<string, Found>();
  const keys = new Map<string, number>();

  function add(host: Node, form: Site["form"], { within, inFunction }: Where, changes: readonly Change[]): void {
    for (const { operator, start, end, replacement } of changes) {
      const place = found.get(`${form} ${host.start} ${host.end}`) ?? { start: host.start, end: host.end, form, mutants: [] };
      found.set(`${form} ${host.start} ${host.end}`, place);
      const text = `${source.slice(host.start, start)}${replacement}${source.slice(end, host.end)}`;
      const [original, mutated] = [folded(source.slice(host.start, host.end)), folded(text)];
      const name = within.join(".");
      const base = [file, name, operator, original, mutated].join(" | ");
      const nth = (keys.get(base) ?? 0) + 1;
      keys.set(base, nth);
      const key = nth === 1 ? base : `${base} | ${nth}`;
      const isStatic = !inFunction && form !== "getter";
      place.mutants.push({
        mutant: { file, within: name, operator, start: host.start, end: host.end, original, mutated, nth, key, static: isStatic },
        text,
      });
    }
  }

  /** @param spine the optional chain of which the node is a link: a link cannot be put into brackets alone */
  function visit(node: Node, where: Where, spine?: Node, isTest = false, form: Site["form"] = "expression"): void {
    add(spine ?? node, form, where, changesOf(node, source, isTest));
    const inner = within(node, where);
    for (const child of childrenOf(node)) visitChild(node, child, inner, spine);
  }

  function visitChild(node: Node, child: Node, where: Where, spine: Node | undefined): void {
    if (isUntouchable(node, child)) return;
    if (node.type === "ChainExpression") return visit(child, where, node);
    const isLink = child === (node["object"] ?? node["callee"]) || node.type === "TSNonNullExpression";
    if (spine && isLink && LINKS.has(child.type)) return visit(child, where, spine);
    if (!spine && child === node["callee"] && child.type === "MemberExpression") {
      for (const below of childrenOf(child)) if (below !== child["property"]) visit(below, within(below, where));
      return;
    }
    if (child === node["property"] && node["computed"] !== true) return;
    if (child.type === "ExpressionStatement" && child["directive"] == null)
      add(child, "statement", where, [gone("statement", child)]);
    const body = child.type === "BlockStatement" && bodyOf(node);
    if (body) add(child, body, where, [gone("block", child)]);
    const isResult = node.type === "ArrowFunctionExpression" && child === node["body"] && child.type !== "BlockStatement";
    if ((isResult && !isTruth(child)) || (node.type === "ReturnStatement" && !isTruth(child)))
      add(child, "expression", where, [
        { operator: "return value", start: child.start, end: child.end, replacement: "undefined" },
      ]);
    const isGetter = node.type === "Property" && !where.inFunction && child.type === "Literal" && child === node["value"];
    if (isGetter) return add(node, "getter", where, changesOf(child, source, false));
    visit(child, where, undefined, child === node["test"] && BRANCHES.has(node.type));
  }

  return {
    visit,
    sites: (): readonly Site[] => [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end || rank(a) - rank(b)),
  };
}

const LINKS: ReadonlySet<string> = new Set(["MemberExpression", "CallExpression", "TSNonNullExpression"]);
const FUNCTIONS: ReadonlySet<string> = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const LOOPS: ReadonlySet<string> = new Set([
  "ForStatement",
  "ForOfStatement",
  "ForInStatement",
  "WhileStatement",
  "DoWhileStatement",
]);

const BRANCHES: ReadonlySet<string> = new Set(["IfStatement", "ConditionalExpression"]);

const rank = ({ form }: { readonly form: Site["form"] }) => (form === "expression" ? 1 : 0);
const gone = (operator: Operator, { start, end }: Node): Change => ({ operator, start, end, replacement: "" });
const bodyOf = ({ type }: Node) => (FUNCTIONS.has(type) ? "function" : LOOPS.has(type) && "loop");

/** On one line, and short enough for a list. */
function folded(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 140 ? line : `${line.slice(0, 90)} … ${line.slice(-40)}`;
}

/** What is written to, or is no value of its own. */
function isUntouchable(node: Node, child: Node): boolean {
  if (node.type === "AssignmentExpression") return child === node["left"];
  if (node.type === "UpdateExpression" || isWording(node)) return true;
  if (isComparison(node) && typeof child["value"] === "number") return true;
  if (node.type === "UnaryExpression") return node["operator"] === "delete";
  return node.type === "TaggedTemplateExpression" || child.type === "TemplateElement" || child.type === "Super";
}

/** Texts with a blank, and nouns that are counted, are words for people: no verdict rests on them, or on what they hold. */
function isWording(node: Node): boolean {
  if (node.type === "CallExpression") return (node["callee"] as Node)["name"] === "count";
  if (node.type !== "TemplateLiteral") return false;
  return (node["quasis"] as readonly { readonly value: { readonly raw: string } }[]).some(({ value }) => /\s/.test(value.raw));
}

/** Its bounds are moved by the operator. */
function isComparison({ type, ...rest }: Node): boolean {
  return type === "BinaryExpression" && /^[<>=!]/.test(rest["operator"] as string);
}

/** Whose other outcome is tried by its own operators already. */
function isTruth({ type, ...rest }: Node): boolean {
  if (type === "Literal") return typeof rest["value"] === "boolean";
  return type === "Identifier" ? rest["name"] === "undefined" : type === "LogicalExpression" || type === "BinaryExpression";
}

/** The place of what lies in a node. */
function within(node: Node, where: Where): Where {
  const inFunction = where.inFunction || FUNCTIONS.has(node.type);
  const name = nameOf(node, where);
  return { within: name === undefined ? where.within : [...where.within, name], inFunction };
}

function nameOf(node: Node, { inFunction }: Where): string | undefined {
  const named = (field: string) => {
    const value = node[field] as Node | null | undefined;
    return typeof value?.["name"] === "string" ? value["name"] : undefined;
  };
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return named("id");
  const holds = (node["init"] ?? node["value"]) as Node | null | undefined;
  const isNamed = holds && (FUNCTIONS.has(holds.type) || !inFunction);
  if (!isNamed) return undefined;
  if (node.type === "VariableDeclarator") return named("id");
  return node.type === "Property" || node.type === "MethodDefinition" ? named("key") : undefined;
}
