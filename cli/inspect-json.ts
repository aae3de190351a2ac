import type { KubeObject, SnapshotEntry } from "../server-mock/contract/index.ts";
import { DEFAULT_LIMITS } from "../server-mock/ingest/limits.ts";
import { readShape } from "../server-mock/ingest/shape.ts";
import { readText } from "../server-mock/ingest/text.ts";
import { UsageError } from "./usage-error.ts";

/** A parsed source: objects of the API, or entries as a server stored them. */
export type SnapshotPart = { readonly objects: readonly KubeObject[] } | { readonly entries: readonly SnapshotEntry[] };

const VERSION_INFO = "*version.Info";

/**
 * Reads one JSON text: objects of the API (one, a List, or the body of GET /version), or a map from type name to JSON
 * texts, bare or inside an outer object.
 *
 * @throws UsageError saying where the text breaks, or what it is instead
 */
export function readSnapshotText(path: string, text: string): SnapshotPart {
  const value = parse(path, text);
  if (!isObject(value))
    throw new UsageError(`${path} holds ${Array.isArray(value) ? "an array" : typeof value}, not an object; ${EXPECTED}`);
  const { kind, items, gitVersion } = value;
  if (typeof kind === "string") {
    if (!Array.isArray(items)) return { objects: [value] };
    const itemKind = kind.replace(/List$/, "");
    const strange = items.findIndex((item) => !isObject(item));
    if (strange >= 0) throw new UsageError(`${path}: items[${strange}] is no object`);
    // Lists of one kind, as the API itself gives them, do not say the kind in their items.
    return {
      objects: (items as readonly KubeObject[]).map((item) => (item["kind"] === undefined ? { ...item, kind: itemKind } : item)),
    };
  }
  if (typeof gitVersion === "string") return { objects: [value] };
  const stored =
    storedTexts(value) ??
    Object.values(value)
      .map(storedTexts)
      .find((found) => found !== undefined);
  if (!stored) throw new UsageError(`${path} is neither of what can be inspected; ${EXPECTED}`);
  return { entries: Object.entries(stored).flatMap(([type, texts]) => texts.map((entry) => storedEntry(type, entry))) };
}

/** What an agent would upload of these objects: one entry each, and a `*version.Info` if none of them is one. */
export function snapshotOfObjects(objects: readonly KubeObject[]): {
  readonly entries: readonly SnapshotEntry[];
  readonly notes: readonly string[];
} {
  const isVersion = (object: KubeObject) => object["kind"] === undefined && typeof object["gitVersion"] === "string";
  const given = objects.some(isVersion);
  const entries = objects.map((object) => entryOf(isVersion(object) ? VERSION_INFO : typeName(object), object));
  const info = given ? [] : [entryOf(VERSION_INFO, { gitVersion: "v0.0.0" })];
  const note = `no ${VERSION_INFO} is in the source; one is assumed, as every agent has to send it`;
  return { entries: [...info, ...entries], notes: given ? [] : [note] };
}

const EXPECTED =
  "give a transcript, the output of kubectl get … -o json, or the answer of a server's /v1/kubernetes-info/<cluster_id>/ (type name to a list of JSON strings)";

/** Agents send Routes, and Ingresses of every group, as `*v1.Ingress`. */
function typeName({ kind }: KubeObject): string {
  const name = typeof kind === "string" ? kind : "";
  if (name === "Route") return "*v1.Ingress";
  return name === "StatefulSetPlus" ? "*v1.StatefulSet" : `*v1.${name}`;
}

function entryOf(type: string, object: KubeObject): SnapshotEntry {
  return { type, objects: [object], shape: "object", findings: [] };
}

function storedEntry(type: string, text: string): SnapshotEntry {
  const { document, findings } = readText(Buffer.from(text, "utf8"), DEFAULT_LIMITS.maxDepth);
  return document ? { type, findings, ...readShape(document.value) } : { type, findings, objects: [], shape: "unreadable" };
}

/** A map from type name to lists of strings; undefined where the value is none. */
function storedTexts(value: unknown): Readonly<Record<string, readonly string[]>> | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  const lists = Object.entries(value).every(
    ([type, texts]) => type.startsWith("*") && Array.isArray(texts) && texts.every((text) => typeof text === "string"),
  );
  return lists ? (value as Record<string, readonly string[]>) : undefined;
}

function parse(path: string, text: string): unknown {
  const { document, findings } = readText(Buffer.from(text, "utf8"), DEFAULT_LIMITS.maxDepth);
  const [finding] = findings.filter(({ code }) => code !== "byte-order-mark" && code !== "not-utf8");
  if (document && !finding) return document.value;
  throw new UsageError(`${path}${placeOf(text, finding?.offset)}: ${finding?.problem ?? "no JSON"}; ${EXPECTED}`);
}

function placeOf(text: string, offset: number | undefined): string {
  if (offset === undefined) return "";
  const lines = Buffer.from(text, "utf8").subarray(0, offset).toString("utf8").split("\n");
  return `:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

function isObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
