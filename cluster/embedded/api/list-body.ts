import { Buffer } from "node:buffer";
import { partialObjectMetadataOf, tableOf, type KubernetesRelease } from "../catalog/index.ts";
import type { ListPage } from "./list.ts";
import type { Media } from "./negotiate.ts";
import { single, type Body } from "./respond.ts";
import { ApiError } from "./status.ts";
import { encodedFor, objectFor, type Target } from "./target.ts";

/** Pieces of about this size are handed to the connection. */
const CHUNK = 256 * 1024;
const COMMA = 0x2c;
const BRACE = 0x7b;

/**
 * The JSON of a list in the form asked for.
 * @param now ms since the epoch, for the ages in a Table
 * @throws ApiError 406 for a form that a list cannot take
 */
export function listBody(
  release: KubernetesRelease,
  target: Target,
  page: ListPage,
  media: Media,
  query: URLSearchParams,
  now: number,
): Body {
  const metadata: Readonly<Record<string, unknown>> = {
    resourceVersion: String(page.revision),
    ...(page.continue === undefined ? {} : { continue: page.continue }),
    ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
  };
  const version = media.version === "v1beta1" ? "v1beta1" : "v1";
  if (media.as === "Table") {
    const objects = page.objects.map((stored) => objectFor(target, stored));
    return jsonBody(tableOf(target.definition, objects, { now, metadata, version, includeObject: includeObject(query) }));
  }
  if (media.as === "PartialObjectMetadataList") {
    const items = page.objects.map((stored) => partialObjectMetadataOf(stored.object, version));
    const { ["remainingItemCount"]: _, ...uncounted } = metadata;
    // Old releases forgot to copy the count.
    const shown = release.id === "1.20" ? uncounted : metadata;
    return jsonBody({ kind: "PartialObjectMetadataList", apiVersion: `meta.k8s.io/${version}`, metadata: shown, items });
  }
  if (media.as !== "object") {
    throw new ApiError(406, "NotAcceptable", `you requested ${media.as}, but the requested object is a list`);
  }
  return itemsBody(target, page, metadata);
}

/** `?includeObject=` of a Table. */
export function includeObject(query: URLSearchParams): "None" | "Metadata" | "Object" {
  const value = query.get("includeObject");
  return value === "None" || value === "Object" ? value : "Metadata";
}

function jsonBody(value: unknown): Body {
  return single(Buffer.from(`${JSON.stringify(value)}\n`));
}

/**
 * Items as they were encoded once, copied into a few large pieces. Items of built-in kinds carry no type in a list;
 * those of custom kinds do, as the server does not know their Go type.
 */
function itemsBody(target: Target, page: ListPage, metadata: object): Body {
  const { custom, listKind } = target.definition;
  const [kind, apiVersion, meta] = [JSON.stringify(listKind), JSON.stringify(target.apiVersion), JSON.stringify(metadata)];
  const head = custom
    ? `{"apiVersion":${apiVersion},"items":[`
    : `{"kind":${kind},"apiVersion":${apiVersion},"metadata":${meta},"items":[`;
  const tail = custom ? `],"kind":${kind},"metadata":${meta}}\n` : "]}\n";
  const [headBytes, tailBytes] = [Buffer.from(head), Buffer.from(tail)];
  const items = page.objects.map((stored) => {
    const { bytes, untypedFrom } = encodedFor(target, stored);
    return custom ? { bytes, from: 0 } : { bytes, from: untypedFrom };
  });
  let length = headBytes.length + tailBytes.length + Math.max(0, items.length - 1);
  for (const { bytes, from } of items) length += itemLength(bytes, from);
  return { length, chunks: pieces(headBytes, items, tailBytes) };
}

interface Item {
  readonly bytes: Buffer;
  /** Where the bytes without the type begin, which then need a brace in front; 0 for the whole. */
  readonly from: number;
}

function itemLength(bytes: Buffer, from: number): number {
  return from === 0 ? bytes.length : bytes.length - from + 1;
}

function* pieces(head: Buffer, items: readonly Item[], tail: Buffer): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(Math.max(CHUNK, head.length));
  let used = head.copy(piece);
  for (const [index, { bytes, from }] of items.entries()) {
    if (used + bytes.length + 2 > piece.length) {
      if (used > 0) yield piece.subarray(0, used);
      piece = Buffer.allocUnsafe(Math.max(CHUNK, bytes.length + 2));
      used = 0;
    }
    if (index > 0) piece[used++] = COMMA;
    if (from > 0) piece[used++] = BRACE;
    used += bytes.copy(piece, used, from);
  }
  if (used > 0) yield piece.subarray(0, used);
  yield tail;
}
