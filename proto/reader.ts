/** Bytes that are not a protobuf message. */
export class WireError extends Error {
  override readonly name = "WireError";
  /** Where in the message the reader gave up. */
  readonly offset: number;

  constructor(offset: number, problem: string) {
    super(`${problem} at byte ${offset}`);
    this.offset = offset;
  }
}

/** The wire types of protobuf; 3 and 4 bracket a group. */
export const WIRE_VARINT = 0;
export const WIRE_BYTES = 2;
const WIRE_FIXED64 = 1;
const WIRE_START_GROUP = 3;
const WIRE_END_GROUP = 4;
const WIRE_FIXED32 = 5;

const MAX_FIELD = 2 ** 29 - 1;
const MAX_GROUP_DEPTH = 100;

/** Steps through a message's fields without copying. Every method throws WireError at bytes that are no protobuf. */
export class WireReader {
  readonly bytes: Buffer;
  offset = 0;
  /** Field number and wire type of the tag that `next` read last. */
  field = 0;
  wireType = 0;
  /** Where that tag began, and whether it was written in its shortest form. */
  tagStart = 0;
  private low = 0;
  private high = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the next tag; false at the end of the message. */
  next(): boolean {
    if (this.offset >= this.bytes.length) return false;
    this.tagStart = this.offset;
    this.varint();
    if (this.high !== 0) throw new WireError(this.tagStart, "a tag of more than 32 bits");
    this.field = this.low >>> 3;
    this.wireType = this.low & 7;
    if (this.field === 0 || this.field > MAX_FIELD) throw new WireError(this.tagStart, `field number ${this.field}`);
    return true;
  }

  /** The value of a varint field that is declared uint64. */
  uint64(): bigint {
    this.varint();
    return this.high === 0 ? BigInt(this.low) : (BigInt(this.high) << 32n) | BigInt(this.low);
  }

  /** The value of a varint field that is declared uint32: its low 32 bits, as the specification has it. */
  uint32(): number {
    this.varint();
    return this.low;
  }

  /** The value of a length-delimited field, as a view. */
  view(): Buffer {
    const start = this.offset;
    this.varint();
    const end = this.offset + this.low;
    if (this.high !== 0 || end > this.bytes.length) throw new WireError(start, "a length that reaches past the end");
    const value = this.bytes.subarray(this.offset, end);
    this.offset = end;
    return value;
  }

  /** The value of a length-delimited field as UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
  text(): string {
    return this.view().toString("utf8");
  }

  /** Passes over the value of the field whose tag was read last. */
  skip(depth = 0): void {
    switch (this.wireType) {
      case WIRE_VARINT:
        return this.varint();
      case WIRE_FIXED64:
        return this.advance(8);
      case WIRE_BYTES:
        this.view();
        return;
      case WIRE_START_GROUP:
        return this.skipGroup(this.field, depth);
      case WIRE_FIXED32:
        return this.advance(4);
      case WIRE_END_GROUP:
        throw new WireError(this.tagStart, "the end of a group that never began");
      default:
        throw new WireError(this.tagStart, `wire type ${this.wireType}`);
    }
  }

  private skipGroup(field: number, depth: number): void {
    if (depth >= MAX_GROUP_DEPTH) throw new WireError(this.tagStart, "groups nested too deep");
    while (this.next()) {
      if (this.wireType !== WIRE_END_GROUP) this.skip(depth + 1);
      else if (this.field === field) return;
      else throw new WireError(this.tagStart, "the end of another group");
    }
    throw new WireError(this.offset, "a group that never ends");
  }

  private advance(length: number): void {
    if (this.offset + length > this.bytes.length) throw new WireError(this.offset, "a value that reaches past the end");
    this.offset += length;
  }

  private varint(): void {
    const { bytes } = this;
    const start = this.offset;
    let low = 0;
    let high = 0;
    for (let index = 0; index < 10; index++) {
      const byte = bytes[start + index];
      if (byte === undefined) throw new WireError(start, "a varint that reaches past the end");
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      else if (index === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * index - 32);
      if (byte < 0x80) {
        if (index === 9 && byte > 1) break;
        this.offset = start + index + 1;
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new WireError(start, "a varint of more than 64 bits");
  }
}
