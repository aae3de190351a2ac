import { Buffer } from "node:buffer";

/**
 * Go clients send bodies of built-in kinds in protobuf, whatever they accept. Only what an agent may write is understood:
 * Leases (leader election), self reviews and DeleteOptions. Field numbers: generated.proto of the Kubernetes API.
 */
type Schema = Readonly<Record<number, Field>>;

interface Field {
  readonly name: string;
  readonly type: "string" | "int" | "bool" | "time" | "microTime" | "map" | Schema;
  readonly repeated?: true;
  /** A pointer in Go: an empty value means something, and is kept. */
  readonly pointer?: true;
}

const OWNER_REFERENCE: Schema = {
  1: { name: "kind", type: "string" },
  3: { name: "name", type: "string" },
  4: { name: "uid", type: "string" },
  5: { name: "apiVersion", type: "string" },
  6: { name: "controller", type: "bool", pointer: true },
  7: { name: "blockOwnerDeletion", type: "bool", pointer: true },
};

const METADATA: Schema = {
  1: { name: "name", type: "string" },
  2: { name: "generateName", type: "string" },
  3: { name: "namespace", type: "string" },
  5: { name: "uid", type: "string" },
  6: { name: "resourceVersion", type: "string" },
  7: { name: "generation", type: "int" },
  8: { name: "creationTimestamp", type: "time" },
  11: { name: "labels", type: "map" },
  12: { name: "annotations", type: "map" },
  13: { name: "ownerReferences", type: OWNER_REFERENCE, repeated: true },
  14: { name: "finalizers", type: "string", repeated: true },
};

const LEASE_SPEC: Schema = {
  1: { name: "holderIdentity", type: "string", pointer: true },
  2: { name: "leaseDurationSeconds", type: "int", pointer: true },
  3: { name: "acquireTime", type: "microTime" },
  4: { name: "renewTime", type: "microTime" },
  5: { name: "leaseTransitions", type: "int", pointer: true },
};

const RESOURCE_ATTRIBUTES: Schema = {
  1: { name: "namespace", type: "string" },
  2: { name: "verb", type: "string" },
  3: { name: "group", type: "string" },
  4: { name: "version", type: "string" },
  5: { name: "resource", type: "string" },
  6: { name: "subresource", type: "string" },
  7: { name: "name", type: "string" },
};

const NON_RESOURCE_ATTRIBUTES: Schema = {
  1: { name: "path", type: "string" },
  2: { name: "verb", type: "string" },
};

const KINDS: Readonly<Record<string, Schema>> = {
  Lease: withSpec(LEASE_SPEC),
  SelfSubjectAccessReview: withSpec({
    1: { name: "resourceAttributes", type: RESOURCE_ATTRIBUTES },
    2: { name: "nonResourceAttributes", type: NON_RESOURCE_ATTRIBUTES },
  }),
  SelfSubjectRulesReview: withSpec({ 1: { name: "namespace", type: "string" } }),
  SelfSubjectReview: withSpec({}),
  DeleteOptions: {
    1: { name: "gracePeriodSeconds", type: "int", pointer: true },
    2: {
      name: "preconditions",
      type: {
        1: { name: "uid", type: "string", pointer: true },
        2: { name: "resourceVersion", type: "string", pointer: true },
      },
    },
    4: { name: "propagationPolicy", type: "string" },
    5: { name: "dryRun", type: "string", repeated: true },
  },
};

const ENVELOPE: Schema = {
  1: { name: "type", type: { 1: { name: "apiVersion", type: "string" }, 2: { name: "kind", type: "string" } } },
};
const MAGIC = Buffer.from("k8s\0");
const RAW = 2;

/**
 * A protobuf body as the object that its JSON would be.
 * @returns undefined for a kind that is not understood
 * @throws RangeError for bytes that are no such message
 */
export function decodeProtobuf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC))
    throw new RangeError("it does not begin with the magic number of Kubernetes");
  const envelope = body.subarray(MAGIC.length);
  const { type } = decode(envelope, ENVELOPE) as { type?: { apiVersion?: string; kind?: string } };
  const { apiVersion, kind = "" } = type ?? {};
  const schema = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (schema === undefined) return undefined;
  const raw = [...fieldsIn(envelope)].find(({ number }) => number === RAW)?.bytes ?? Buffer.of();
  return { kind, apiVersion, ...decode(raw, schema) };
}

function withSpec(spec: Schema): Schema {
  return { 1: { name: "metadata", type: METADATA }, 2: { name: "spec", type: spec } };
}

function decode(message: Buffer, schema: Schema): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { number, bytes, value } of fieldsIn(message)) {
    const field = schema[number];
    if (field === undefined) continue;
    if (field.type === "map") {
      const entry = decode(bytes, { 1: { name: "key", type: "string" }, 2: { name: "value", type: "string" } });
      const known = (result[field.name] ?? {}) as Record<string, unknown>;
      result[field.name] = Object.fromEntries([...Object.entries(known), [entry["key"] ?? "", entry["value"] ?? ""]]);
      continue;
    }
    const decoded = valueOf(field, bytes, value);
    if (field.repeated === true) result[field.name] = [...((result[field.name] ?? []) as readonly unknown[]), decoded];
    else if (field.pointer === true || (decoded !== "" && decoded !== 0 && decoded !== undefined)) result[field.name] = decoded;
  }
  return result;
}

function valueOf(field: Field, bytes: Buffer, value: bigint): unknown {
  switch (field.type) {
    case "string":
      return bytes.toString("utf8");
    case "int":
      return Number(BigInt.asIntN(64, value));
    case "bool":
      return value !== 0n;
    case "time":
    case "microTime":
      return timeOf(bytes, field.type === "microTime");
    case "map":
      return undefined;
    default:
      return decode(bytes, field.type);
  }
}

function timeOf(bytes: Buffer, micro: boolean): string | undefined {
  const parts = new Map([...fieldsIn(bytes)].map(({ number, value }) => [number, value]));
  const seconds = Number(BigInt.asIntN(64, parts.get(1) ?? 0n));
  if (parts.size === 0 || Math.abs(seconds) > 8.64e12) return undefined;
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const micros = Math.floor(Number(BigInt.asIntN(32, parts.get(2) ?? 0n)) / 1000);
  return micro ? `${whole}.${String(micros).padStart(6, "0")}Z` : `${whole}Z`;
}

interface WireField {
  readonly number: number;
  readonly bytes: Buffer;
  readonly value: bigint;
}

/** The fields of a message as they lie on the wire. @throws RangeError where the message is cut short or malformed */
function* fieldsIn(message: Buffer): Generator<WireField> {
  const none = Buffer.of();
  for (let at = 0; at < message.length;) {
    const [tag, afterTag] = varint(message, at);
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (wire === 0) {
      const [value, next] = varint(message, afterTag);
      yield { number, bytes: none, value };
      at = next;
    } else {
      const [length, from] = wire === 2 ? varint(message, afterTag) : [wire === 1 ? 8n : wire === 5 ? 4n : -1n, afterTag];
      const end = from + Number(length);
      if (length < 0n || end > message.length) throw new RangeError(`field ${number} is malformed`);
      yield { number, bytes: message.subarray(from, end), value: 0n };
      at = end;
    }
  }
}

function varint(message: Buffer, start: number): readonly [value: bigint, next: number] {
  let value = 0n;
  for (let at = start; at < Math.min(start + 10, message.length); at += 1) {
    const byte = message[at] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return [value, at + 1];
  }
  throw new RangeError("a number is cut short");
}
