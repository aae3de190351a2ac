import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type Pair } from "yaml";

/** Where nodes of one text stand. Nested texts (a ConfigMap's) have an origin in the outer one. */
export interface Origin {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** Path of the text in its wrapper, with the separator: `data["x.yaml"] > `. */
  readonly prefix: string;
  readonly place: (line: number, column: number) => Place;
}

/** 1-based line and column in the file. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A place in a YAML document that can be descended from without ever failing: what is not there is `absent`. */
export interface Cursor extends Place {
  readonly file: string;
  readonly path: string;
  readonly kind: "map" | "list" | "scalar" | "absent";
  /** The scalar's value; undefined for everything else. */
  readonly value: unknown;
  /** The scalar as text; empty for everything else. */
  readonly text: string;
  /** The raw node, for who must read a nested text. */
  readonly node: Node | undefined;
  keys(): string[];
  get(...keys: string[]): Cursor;
  items(): Cursor[];
}

/** A cursor at the root of a document. */
export function rootCursor(origin: Origin): Cursor {
  return createCursor(origin, origin.document.contents ?? undefined, [], origin.place(1, 1));
}

type Segment = string | number;

function createCursor(
  origin: Origin,
  given: Node | undefined,
  segments: readonly Segment[],
  fallback: Place,
  key?: Node,
): Cursor {
  const node = isAlias(given) ? given.resolve(origin.document) : given;
  const place = placeOf(origin, key) ?? placeOf(origin, given) ?? fallback;
  const child = (next: Node | undefined, segment: Segment, at?: Node) =>
    createCursor(origin, next, [...segments, segment], place, at);
  const kind = kindOf(node);
  return {
    ...place,
    file: origin.file,
    path: segments.length === 0 ? origin.prefix.replace(/ > $/, "") : origin.prefix + pathText(segments),
    kind,
    value: isScalar(node) ? node.value : undefined,
    text: isScalar(node) ? textOf(node.value) : "",
    node,
    keys: () => (isMap(node) ? node.items.map(keyOf) : []),
    get: (...keys) => {
      const [first, ...rest] = keys;
      if (first === undefined) return createCursor(origin, given, segments, fallback, key);
      const pair = isMap(node) ? node.items.find((item) => keyOf(item) === first) : undefined;
      const next = child((pair?.value ?? undefined) as Node | undefined, first, pair?.key as Node | undefined);
      return rest.length === 0 ? next : next.get(...rest);
    },
    items: () => (isSeq(node) ? node.items.map((item, index) => child(item as Node, index)) : []),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function kindOf(node: Node | undefined): Cursor["kind"] {
  if (isMap(node)) return "map";
  if (isSeq(node)) return "list";
  return isScalar(node) ? "scalar" : "absent";
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? textOf(pair.key.value) : String(pair.key);
}

function placeOf(origin: Origin, node: Node | undefined): Place | undefined {
  const offset = node?.range?.[0];
  if (offset === undefined) return undefined;
  const { line, col } = origin.lines.linePos(offset);
  return line === 0 ? undefined : origin.place(line, col);
}

/** Keys that could be misread in a path are quoted. */
function pathText(segments: readonly Segment[]): string {
  return segments
    .map((segment, index) => {
      if (typeof segment === "number") return `[${segment}]`;
      if (!/^[\w-]+$/.test(segment)) return `[${JSON.stringify(segment)}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join("");
}
