import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";
import { write } from "../embedded/api/exchange.ts";
import type { ItemRef } from "../events.ts";
import type { ProxyExchange } from "./exchange.ts";
import { HeldEnd } from "./held-end.ts";
import { ListScanner, type ListHead } from "./list-scanner.ts";
import { readBody } from "./read-body.ts";
import type { ProxyRecording } from "./recording.ts";
import { SeenObject } from "./seen-object.ts";
import type { SeenPage } from "./types.ts";

/** An answer to a list or a get, read off its bytes. */
export interface ReadPage {
  readonly head: ListHead;
  readonly refs: readonly ItemRef[];
  readonly items: readonly SeenObject[];
}

/** An answer that passed as a whole. */
export interface RelayedPage {
  /** The body as it was on the wire. */
  readonly chunks: readonly Buffer[];
  /** Undefined where it could not be read. */
  readonly page: ReadPage | undefined;
}

/**
 * Passes the answer to a list or a get on while it arrives, all but its end, which waits until the page is recorded:
 * from then on the agent may have it all. The head of the reply is written already.
 * @param onRead told of the page before the agent can have it all
 * @param truncate passes on but the first half, and is called when that has been sent
 */
export async function relayPage(
  exchange: ProxyExchange,
  answer: IncomingMessage,
  recording: ProxyRecording,
  onRead: (page: ReadPage) => void,
  truncate?: () => void,
): Promise<RelayedPage> {
  const { reply, info, resource = "" } = exchange;
  const reader = info.verb === "list" ? new ListReader(resource, recording) : new ObjectReader(resource, recording);
  const gzip = answer.headers["content-encoding"] === "gzip";
  const body = gzip ? new Inflated(reader) : reader;
  const chunks: Buffer[] = [];
  const end = new HeldEnd(gzip ? "gzip" : "identity");
  await readBody(answer, reply, (chunk) => {
    chunks.push(chunk);
    let ready = true;
    // What is read once it has gone on costs the agent no time.
    if (truncate === undefined) for (const passed of end.push(chunk)) ready = write(reply, passed);
    body.push(chunk);
    return ready;
  });
  const page = await body.finish();
  if (page !== undefined) onRead(page);
  if (exchange.signal.aborted) return { chunks, page };
  if (truncate !== undefined) {
    const whole = Buffer.concat(chunks);
    write(reply, whole.subarray(0, whole.length >> 1), truncate);
    return { chunks, page };
  }
  if (page === undefined) exchange.unread = "not the JSON of a list or an object";
  else recording.page(exchange.req, resource, page.head, page.refs);
  reply.end(end.rest());
  return { chunks, page };
}

/** @returns what the sightings are told of a page */
export function seenPage({ info, resource }: ProxyExchange, page: ReadPage, whole: ReadonlySet<string> | undefined): SeenPage {
  const namespace = info.isResource && resource !== "namespaces" ? info.namespace : undefined;
  return {
    ...(namespace === undefined ? {} : { namespace }),
    resourceVersion: page.head.resourceVersion,
    items: page.items,
    ...(whole === undefined ? {} : { whole }),
  };
}

interface Reader {
  push(chunk: Buffer): void;
  finish(): ReadPage | undefined | Promise<ReadPage | undefined>;
}

class ListReader implements Reader {
  readonly #items: SeenObject[] = [];
  readonly #refs: ItemRef[] = [];
  readonly #scanner: ListScanner;

  constructor(resource: string, recording: ProxyRecording) {
    this.#scanner = new ListScanner((bytes, type) => {
      const object = new SeenObject(bytes, type);
      this.#items.push(object);
      this.#refs.push(recording.ref(resource, object));
    });
  }

  push(chunk: Buffer): void {
    this.#scanner.push(chunk);
  }

  finish(): ReadPage | undefined {
    const head = this.#scanner.finish();
    return head === undefined || head.withoutObjects ? undefined : { head, refs: this.#refs, items: this.#items };
  }
}

class ObjectReader implements Reader {
  readonly #resource: string;
  readonly #recording: ProxyRecording;
  readonly #chunks: Buffer[] = [];

  constructor(resource: string, recording: ProxyRecording) {
    this.#resource = resource;
    this.#recording = recording;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  finish(): ReadPage | undefined {
    const text = Buffer.concat(this.#chunks).toString("utf8").trim();
    const whole = objectOf(text);
    if (whole === undefined) return undefined;
    const object = new SeenObject(whole);
    const head = { kind: "", resourceVersion: object.resourceVersion, continue: "", withoutObjects: false };
    return { head, refs: [this.#recording.ref(this.#resource, object)], items: [object] };
  }
}

/** An object's bytes; those in the row of a Table. Undefined where there is none. */
function objectOf(text: string): Buffer | undefined {
  try {
    const value = JSON.parse(text) as { readonly kind?: unknown; readonly rows?: readonly { readonly object?: unknown }[] };
    if (value.kind !== "Table") return Buffer.from(text);
    const object = value.rows?.[0]?.object ?? undefined;
    return object === undefined ? undefined : Buffer.from(JSON.stringify(object));
  } catch {
    return undefined;
  }
}

/** Inflates for the reader what goes on to the agent as it is. */
class Inflated implements Reader {
  readonly #reader: Reader;
  readonly #gunzip = createGunzip();
  readonly #done: Promise<boolean>;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#gunzip.on("data", (chunk: Buffer) => reader.push(chunk));
    this.#done = new Promise((resolve) => {
      this.#gunzip.on("end", () => resolve(true));
      this.#gunzip.on("error", () => resolve(false));
    });
  }

  push(chunk: Buffer): void {
    this.#gunzip.write(chunk);
  }

  async finish(): Promise<ReadPage | undefined> {
    this.#gunzip.end();
    return (await this.#done) ? this.#reader.finish() : undefined;
  }
}
