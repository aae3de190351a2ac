import { deflateRawSync, deflateSync, gzipSync, inflateSync } from "node:zlib";
import { encodeEntry, type AgentBehaviour, type KubeObject, type StoredEntry } from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

/** Faults of compressed_info and of the document in it: KAS-ENC-*. */
export const encodingMutants: readonly Mutant[] = [
  form("gzip", "compresses by gzip", "KAS-ENC-1", (json) => gzipSync(json)),
  form("raw-deflate", "compresses without the zlib header", "KAS-ENC-1", (json) => deflateRawSync(json)),
  form("plain", "does not compress", "KAS-ENC-1", (json) => Buffer.from(json)),
  form("truncated", "cuts each stream in half", "KAS-ENC-1", (json) => {
    const stream = deflateSync(json);
    return stream.subarray(0, stream.length / 2);
  }),
  form("wrong-checksum", "ends each stream with a wrong checksum", "KAS-ENC-1", (json) => {
    const stream = deflateSync(json);
    stream.writeUInt8(stream.readUInt8(stream.length - 1) ^ 0xff, stream.length - 1);
    return stream;
  }),
  form("trailing-bytes", "appends bytes after each stream", "KAS-ENC-2", (json) =>
    Buffer.concat([deflateSync(json), Buffer.from("\n")]),
  ),
  form("byte-order-mark", "begins each document with a byte-order mark", "KAS-ENC-3", (json) => deflateSync(`\u{FEFF}${json}`)),
  form("two-documents", "puts each document twice", "KAS-ENC-3", (json) => deflateSync(`${json}\n${json}`)),
  form("invalid-utf8", "has a byte in each document that is not UTF-8", "KAS-ENC-3", (json) =>
    deflateSync(Buffer.concat([Buffer.from('{"note":"'), Buffer.from([0xff]), Buffer.from(`",${json.slice(1)}`)])),
  ),
  {
    name: "info-field",
    describes: "sends the JSON in the info field",
    fails: ["KAS-ENC-5"],
    behaviour: () => ({ encode: (type, object) => ({ type, info: JSON.stringify(object) }) }),
  },
  {
    name: "array-per-type",
    describes: "sends all objects of a type as one JSON array",
    fails: ["KAS-ENC-4"],
    thread: "deepflowio/deepflow#6689",
    behaviour: () => perType((_type, objects) => objects),
  },
  {
    name: "list-per-type",
    describes: "sends all objects of a type as one List, as the API server gave it",
    fails: ["KAS-ENC-4"],
    behaviour: () =>
      perType((type, items) => ({
        apiVersion: "v1",
        kind: `${type.slice("*v1.".length)}List`,
        metadata: { resourceVersion: "1" },
        items,
      })),
  },
];

function form(name: string, describes: string, fails: string, compress: (json: string) => Buffer): Mutant {
  const behaviour: Partial<AgentBehaviour> = {
    encode: (type, object) => ({ type, compressedInfo: compress(JSON.stringify(object)) }),
  };
  return { name, describes, fails: [fails], behaviour: () => behaviour };
}

function perType(document: (type: string, objects: readonly KubeObject[]) => unknown): Partial<AgentBehaviour> {
  return {
    compose(versionInfo, collected) {
      const types = new Set(collected.map((stored) => stored.entry.type ?? ""));
      const together = (type: string) =>
        encodeEntry(type, document(type, collected.filter((stored) => stored.entry.type === type).map(objectOf)));
      return [versionInfo, ...[...types].map(together)];
    },
  };
}

function objectOf({ entry }: StoredEntry): KubeObject {
  return JSON.parse(inflateSync(entry.compressedInfo ?? Buffer.alloc(0)).toString("utf8")) as KubeObject;
}
