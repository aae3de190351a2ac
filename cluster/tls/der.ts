import { Buffer } from "node:buffer";

/** ASN.1 values in DER (X.690), as far as a certificate needs them. */
function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** SEQUENCE of encoded parts. */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...parts);
}

/** SET of encoded parts. */
export function set(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x31, ...parts);
}

/** A non-negative INTEGER from its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  return tagged(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** OBJECT IDENTIFIER from dotted text. */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const septets = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** UTF8String. */
export function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text));
}

/** BOOLEAN. */
export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.of(value ? 0xff : 0));
}

/** OCTET STRING. */
export function octets(content: Uint8Array): Buffer {
  return tagged(0x04, content);
}

/** BIT STRING of whole bytes, or of fewer bits with `unused` trailing ones. */
export function bits(content: Uint8Array, unused = 0): Buffer {
  return tagged(0x03, Buffer.of(unused), content);
}

/** UTCTime, to the second. For years from 1950 to 2049. */
export function utcTime(date: Date): Buffer {
  const text = date
    .toISOString()
    .replace(/[-:T]|\.\d+/g, "")
    .slice(2);
  return tagged(0x17, Buffer.from(text));
}

/** Context-specific: constructed `[n]` holds values, primitive `[n]` holds bytes. */
export function context(number: number, constructed: boolean, ...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x80 | (constructed ? 0x20 : 0) | number, ...parts);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left & 0xff);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}
