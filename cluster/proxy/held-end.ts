import { Buffer } from "node:buffer";
import { CLOSE } from "./json-spans.ts";
import type { BodyEncoding } from "./page-reader.ts";

const NOTHING = Buffer.alloc(0);
/** Space, tab, newline, carriage return (RFC 8259 2). */
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** CRC and length (RFC 1952 2.3.1), and a last block of deflate that is empty: what an inflater may have to do without. */
const GZIP_END_BYTES = 16;

/**
 * Keeps back what may be the end of an answer whose body is the JSON of an object, and no more: whoever has the rest of it
 * cannot have the whole.
 */
export class HeldEnd {
  readonly #encoding: BodyEncoding;
  #held: Buffer[] = [];

  /** @param encoding of the body */
  constructor(encoding: BodyEncoding) {
    this.#encoding = encoding;
  }

  /** Takes a piece of the body. @returns what may go on now, in its order */
  push(chunk: Buffer): readonly Buffer[] {
    const held = this.#held;
    if (held.length > 0 && this.#isTrailing(chunk)) {
      held.push(chunk);
      return [];
    }
    const ends = this.#mayEnd(chunk);
    this.#held = ends ? [chunk] : [];
    return ends ? held : [...held, chunk];
  }

  /** What was kept back, in the end. */
  rest(): Buffer {
    const [first = NOTHING, ...more] = this.#held;
    return more.length === 0 ? first : Buffer.concat(this.#held);
  }

  /** Whether a piece may follow what is the whole already. */
  #isTrailing(chunk: Buffer): boolean {
    return this.#encoding === "gzip" ? chunk.length <= GZIP_END_BYTES : lastByteOf(chunk) === undefined;
  }

  #mayEnd(chunk: Buffer): boolean {
    return this.#encoding === "gzip" || lastByteOf(chunk) === CLOSE;
  }
}

/** Blanks apart; undefined where there is nothing else. */
function lastByteOf(chunk: Buffer): number | undefined {
  let at = chunk.length - 1;
  while (at >= 0 && BLANKS.has(chunk[at] as number)) at -= 1;
  return chunk[at];
}
