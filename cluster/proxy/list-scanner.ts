import { Buffer } from "node:buffer";
import * as characters from "./json-spans.ts";
import { findMembers } from "./json-spans.ts";
import type { ObjectType } from "./seen-object.ts";

/** What a list is beside its items. */
export interface ListHead {
  readonly kind: string;
  readonly resourceVersion: string;
  /** Token of the next page; "" on the last. */
  readonly continue: string;
  /** A Table whose rows do not include their objects. */
  readonly withoutObjects: boolean;
}

/** Called with each item's bytes, as soon as they are there. */
export type ItemListener = (bytes: Buffer, type: ObjectType | undefined) => void;

/** Constants of this module: imported ones are looked up for every byte, which costs a fifth of a scan. */
const { BACKSLASH, BRACKET_BIT, CLOSE, OPEN, QUOTE } = characters;

/** Brackets of the list itself are no deeper; those of its items open at this depth. */
const ITEM_DEPTH = 3;
const ITEMS = /"(items|rows)"\s*:\s*\[$/;
const EMPTY = Buffer.alloc(0);

/**
 * Cuts the items out of the JSON of a list while it arrives, so that the last byte need not wait until megabytes are parsed.
 * What is around the items is small; it is kept and parsed in the end.
 */
export class ListScanner {
  readonly #onItem: ItemListener;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Within the array of the items. */
  #inItems = false;
  #itemType: ObjectType | undefined;
  /** The items are rows of a Table. */
  #rows = false;
  #withoutObjects = false;
  /** The JSON around the items, so far. */
  #frame = "";
  /** What came in earlier chunks of the item, or of the frame, that is not complete. */
  #begun: Buffer[] = [];

  constructor(onItem: ItemListener) {
    this.#onItem = onItem;
  }

  push(chunk: Buffer): void {
    const { length } = chunk;
    let [depth, inString] = [this.#depth, this.#inString];
    /** Where what is being collected begins; -1 between two items. */
    let from = this.#inItems && depth === 2 ? -1 : 0;
    let at = this.#escaped ? 1 : 0;
    do {
      // These two loops see every byte; all else is left to what they call at the few brackets of the list itself.
      if (inString) {
        while (at < length) {
          const byte = chunk[at] as number;
          if (byte === QUOTE) break;
          at += byte === BACKSLASH ? 2 : 1;
        }
        if (at >= length) break;
        inString = false;
        at += 1;
      }
      while (at < length) {
        const byte = chunk[at] as number;
        at += 1;
        if (byte === QUOTE) {
          inString = true;
          break;
        }
        if ((byte | BRACKET_BIT) === OPEN) {
          depth += 1;
          if (depth <= ITEM_DEPTH) from = this.#open(chunk, from, at - 1, depth);
        } else if ((byte | BRACKET_BIT) === CLOSE) {
          depth -= 1;
          if (depth < ITEM_DEPTH) from = this.#close(chunk, from, at - 1, depth);
        }
      }
    } while (inString);
    // A backslash that ends the chunk says something about the first byte of the next.
    this.#escaped = at > length;
    if (from >= 0) this.#begun.push(chunk.subarray(from));
    [this.#depth, this.#inString] = [depth, inString];
  }

  /** What the list is; undefined where the bytes were not the JSON of an object. */
  finish(): ListHead | undefined {
    this.#frame += this.#take(EMPTY, 0, 0).toString("utf8");
    if (this.#depth !== 0 || this.#inString) return undefined;
    try {
      const { kind, metadata } = JSON.parse(this.#frame) as ListFrame;
      const { resourceVersion = "", continue: token = "" } = metadata ?? {};
      return { kind: kind ?? "", resourceVersion, continue: token, withoutObjects: this.#withoutObjects };
    } catch {
      return undefined;
    }
  }

  /** At a bracket that opens, which leads to `depth`. @returns where what is being collected begins */
  #open(chunk: Buffer, from: number, at: number, depth: number): number {
    if (depth === 2 && chunk[at] !== OPEN) {
      this.#frame += this.#take(chunk, from, at + 1).toString("utf8");
      this.#inItems = this.#beginArray();
      return this.#inItems ? -1 : at + 1;
    }
    return depth === ITEM_DEPTH && this.#inItems ? at : from;
  }

  /** At one that closes. @returns where what is being collected begins; -1 between two items */
  #close(chunk: Buffer, from: number, at: number, depth: number): number {
    if (!this.#inItems) return from;
    if (depth === 2) {
      this.#endItem(this.#take(chunk, from, at + 1));
      return -1;
    }
    if (depth !== 1) return from;
    this.#inItems = false;
    return at;
  }

  /** At the `[` of an array in the frame. True where it is the items'. */
  #beginArray(): boolean {
    const key = ITEMS.exec(this.#frame)?.[1];
    if (key === undefined) return false;
    this.#rows = key === "rows";
    this.#itemType = this.#rows ? undefined : itemTypeOf(this.#frame);
    return true;
  }

  #endItem(bytes: Buffer): void {
    if (!this.#rows) {
      this.#onItem(bytes, this.#itemType);
      return;
    }
    const object = findMembers(bytes, 0, ["object"]).get("object");
    if (object === undefined || bytes[object.from] !== OPEN) this.#withoutObjects = true;
    else this.#onItem(bytes.subarray(object.from, object.to), undefined);
  }

  #take(chunk: Buffer, from: number, to: number): Buffer {
    const last = chunk.subarray(from, to);
    if (this.#begun.length === 0) return last;
    const whole = Buffer.concat([...this.#begun, last]);
    this.#begun = [];
    return whole;
  }
}

interface ListFrame {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

/** The items of a typed list are what its kind says; those of custom kinds, whose list begins otherwise, say so themselves. */
function itemTypeOf(frame: string): ObjectType | undefined {
  try {
    const { kind, apiVersion } = JSON.parse(`${frame}]}`) as ListFrame;
    if (kind?.endsWith("List") !== true || apiVersion === undefined) return undefined;
    return { kind: kind.slice(0, -"List".length), apiVersion };
  } catch {
    return undefined;
  }
}
