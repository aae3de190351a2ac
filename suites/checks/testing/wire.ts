import { deflateSync } from "node:zlib";

/** An entry as a test wants it on the wire. */
export interface WireEntry {
  readonly type?: string;
  readonly info?: string;
  /** compressed_info as it is sent. */
  readonly compressed?: Buffer;
}

/** The envelope of a request; what is undefined is left out. */
export interface WireEnvelope {
  readonly clusterId?: string | undefined;
  readonly version?: bigint | undefined;
  readonly errorMsg?: string | undefined;
  readonly agentId?: number | undefined;
  readonly sourceIp?: string | undefined;
  readonly teamId?: string | undefined;
}

/** An entry that carries an object, as agents should send it. */
export function entryOf(type: string, object: unknown): WireEntry {
  return { type, compressed: deflateSync(JSON.stringify(object)) };
}

export function encodeEntry({ type, info, compressed }: WireEntry): Buffer {
  return Buffer.concat([
    textField(1, type),
    textField(2, info),
    compressed === undefined ? Buffer.alloc(0) : bytesField(3, compressed),
  ]);
}

export function encodeEnvelope({ clusterId, version, errorMsg, agentId, sourceIp, teamId }: WireEnvelope): Buffer {
  return Buffer.concat([
    textField(1, clusterId),
    version === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x10]), varint(version)]),
    textField(3, errorMsg),
    agentId === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x20]), varint(BigInt(agentId))]),
    textField(5, sourceIp),
    textField(6, teamId),
  ]);
}

export function encodeVersion(version: bigint | undefined): Buffer {
  return version === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x08]), varint(version)]);
}

/** A message of string fields, by number. */
export function encodeTexts(texts: Readonly<Record<number, string>>): Buffer {
  return Buffer.concat(Object.entries(texts).map(([field, text]) => textField(Number(field), text)));
}

/** A length-delimited field, tag and all. */
export function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2]), varint(BigInt(bytes.length)), bytes]);
}

function textField(field: number, text: string | undefined): Buffer {
  return text === undefined ? Buffer.alloc(0) : bytesField(field, Buffer.from(text, "utf8"));
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
