import { Buffer } from "node:buffer";
import { createGunzip, gunzipSync } from "node:zlib";
import type { ItemRef } from "../events.ts";
import { ListScanner, type ListHead } from "./list-scanner.ts";
import type { ProxyRecording } from "./recording.ts";
import { SeenObject } from "./seen-object.ts";

/** An answer to a list or a get, read off its bytes. */
export interface ReadPage {
  readonly head: ListHead;
  readonly refs: readonly ItemRef[];
  readonly items: readonly SeenObject[];
}

/** Reads the JSON of a page, piece by piece. */
interface PageReader {
  push(chunk: Buffer): void;
  /** Undefined where it could not be read. */
  finish(): ReadPage | undefined;
}

/** How a body is coded on the wire. */
export type BodyEncoding = "identity" | "gzip";

/** So much of a body is read in one go without others noticing; of what is inflated first, an eighth. */
const AT_ONCE_BYTES = { identity: 8 * 2 ** 20, gzip: 2 ** 20 } as const;

/** Reads a body that has been passed on: at once in the end, or while it arrives where it is too large for that. */
export class BodyReader {
  readonly #reader: PageReader;
  readonly #encoding: BodyEncoding;
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #inflater: Inflater | undefined;
  /** What was inflated is no gzip. */
  #broken = false;

  /** @param verb `list` or `get` */
  constructor(verb: string, resource: string, encoding: BodyEncoding, recording: ProxyRecording) {
    this.#reader = verb === "list" ? new ListReader(resource, recording) : new ObjectReader(resource, recording);
    this.#encoding = encoding;
  }

  push(chunk: Buffer): void {
    this.#unread.push(chunk);
    this.#unreadBytes += chunk.length;
    if (this.#inflater === undefined && this.#unreadBytes <= AT_ONCE_BYTES[this.#encoding]) return;
    if (this.#encoding === "gzip") this.#inflater ??= new Inflater(this.#reader);
    for (const piece of this.#unread) (this.#inflater ?? this.#reader).push(piece);
    this.#unread = [];
    this.#unreadBytes = 0;
  }

  /** Whether the body is inflated beside the event loop, and has to be waited for. */
  get inflates(): boolean {
    return this.#inflater !== undefined;
  }

  /** Waits for what is inflated beside the event loop, if anything is. */
  async inflate(): Promise<void> {
    if (this.#inflater !== undefined) this.#broken = !(await this.#inflater.finish());
  }

  /** Reads what is left. Undefined where the body was not the JSON of a list or an object. */
  finish(): ReadPage | undefined {
    if (this.#broken) return undefined;
    try {
      const inflate = this.#encoding === "gzip" && this.#inflater === undefined;
      const rest = inflate ? [gunzipSync(Buffer.concat(this.#unread))] : this.#unread;
      for (const piece of rest) this.#reader.push(piece);
    } catch {
      return undefined; // no gzip
    }
    return this.#reader.finish();
  }
}

class ListReader implements PageReader {
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

class ObjectReader implements PageReader {
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

/** Inflates for a reader, beside the event loop. */
class Inflater {
  readonly #gunzip = createGunzip();
  readonly #done: Promise<boolean>;

  constructor(reader: PageReader) {
    this.#gunzip.on("data", (chunk: Buffer) => reader.push(chunk));
    this.#done = new Promise((resolve) => {
      this.#gunzip.on("end", () => resolve(true));
      this.#gunzip.on("error", () => resolve(false));
    });
  }

  push(chunk: Buffer): void {
    this.#gunzip.write(chunk);
  }

  /** False where it was no gzip. */
  finish(): Promise<boolean> {
    this.#gunzip.end();
    return this.#done;
  }
}
