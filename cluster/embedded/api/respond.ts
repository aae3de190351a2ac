import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { constants, createGzip } from "node:zlib";
import { drained, header, write, type Exchange } from "./exchange.ts";
import { isTrue } from "./request-info.ts";
import type { Status } from "./status.ts";

/** Answers shorter than this are never compressed (the API server's own threshold). */
const GZIP_THRESHOLD = 128 * 1024;

const HEADERS = { "cache-control": "no-cache, private" };

/** A body of known length that is made piece by piece. */
export interface Body {
  readonly length: number;
  readonly chunks: Iterable<Uint8Array>;
}

/** What a reply has beside status and body. */
export interface ReplyOptions {
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called right before the last piece is written: from then on the client may have it all. */
  readonly onDelivered?: () => void;
}

/** Answers with a value as JSON. */
export async function sendJson(exchange: Exchange, code: number, value: unknown, options: ReplyOptions = {}): Promise<void> {
  const text = wantsPretty(exchange) ? JSON.stringify(value, null, 2) : JSON.stringify(value);
  await sendBody(exchange, code, single(Buffer.from(`${text}\n`)), options);
}

/** Answers with a Status; sets Retry-After where the Status says when to come back. */
export async function sendStatus(exchange: Exchange, status: Status): Promise<void> {
  const seconds = status.details?.retryAfterSeconds;
  const headers = seconds === undefined ? {} : { "retry-after": String(seconds) };
  await sendJson(exchange, status.code ?? 200, status, { headers });
}

/** Answers with plain text. */
export async function sendText(exchange: Exchange, code: number, text: string): Promise<void> {
  const contentType = "text/plain; charset=utf-8";
  await sendBody(exchange, code, single(Buffer.from(text)), { contentType, headers: { "x-content-type-options": "nosniff" } });
}

/** Answers with JSON made piece by piece: compressed if large and asked for, never faster than the client reads. */
export async function sendBody(exchange: Exchange, code: number, body: Body, options: ReplyOptions = {}): Promise<void> {
  const pretty = wantsPretty(exchange) && options.contentType === undefined ? prettyBody(body) : body;
  const gzip = code === 200 && pretty.length > GZIP_THRESHOLD && acceptsGzip(exchange);
  exchange.reply.writeHead(code, {
    ...HEADERS,
    "content-type": options.contentType ?? "application/json",
    ...(gzip ? { "content-encoding": "gzip", vary: "Accept-Encoding" } : { "content-length": String(pretty.length) }),
    ...options.headers,
  });
  if (exchange.request.method === "HEAD") {
    exchange.reply.end();
    return;
  }
  if (!gzip) {
    await writeAll(exchange, pretty.chunks, options.onDelivered);
    return;
  }
  const compressed = Readable.from(pretty.chunks).pipe(createGzip({ level: constants.Z_BEST_SPEED }));
  await writeAll(exchange, compressed as AsyncIterable<Uint8Array>, options.onDelivered);
}

/** A body of one piece. */
export function single(bytes: Uint8Array): Body {
  return { length: bytes.length, chunks: [bytes] };
}

async function writeAll(
  exchange: Exchange,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  onDelivered: (() => void) | undefined,
): Promise<void> {
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (exchange.signal.aborted) return;
    if (held !== undefined && !write(exchange.reply, held) && !(await drained(exchange))) return;
    held = chunk;
  }
  if (exchange.signal.aborted) return;
  onDelivered?.();
  if (held !== undefined) write(exchange.reply, held);
  exchange.reply.end();
}

/** Browsers, curl and wget get indented JSON unless they say otherwise. */
function wantsPretty(exchange: Exchange): boolean {
  const asked = exchange.info.query.get("pretty");
  if (asked !== null) return isTrue(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(header(exchange.request, "user-agent") ?? "");
}

function prettyBody(body: Body): Body {
  const text = Buffer.concat([...body.chunks]).toString("utf8");
  return single(Buffer.from(`${JSON.stringify(JSON.parse(text), null, 2)}\n`));
}

function acceptsGzip(exchange: Exchange): boolean {
  const encodings = (header(exchange.request, "accept-encoding") ?? "").split(",");
  return encodings.some((encoding) => encoding.split(";", 1)[0]?.trim() === "gzip");
}
