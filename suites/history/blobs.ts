import { createEntryReader, type EntryReading } from "../../server-mock/ingest/index.ts";
import type { RawLine } from "../../transcript/index.ts";
import { HistoryError } from "./error.ts";
import { optionalText, text } from "./fields.ts";
import type { KubeObject } from "./types.ts";

interface Blob {
  /** Let go once the blob was read as what it is. */
  raw?: { readonly text: string } | { readonly base64: string };
  object?: KubeObject;
  digests?: readonly string[];
  reading?: EntryReading;
  byteLength?: number;
}

/** The bytes of a transcript, each content read once in the role in which it is referred to. */
export interface BlobStore {
  /** Remembers a `blob` line. */
  add(line: RawLine): void;
  /** Bytes of a blob that is read once, such as a whole frame. */
  bytes(digest: string): Buffer;
  /** A Kubernetes object. */
  object(digest: string): KubeObject;
  /** A list of SHA-256 texts. */
  digests(digest: string): readonly string[];
  /** An entry's `KubernetesAPIInfo` bytes, and how many there are. */
  entry(digest: string): { readonly reading: EntryReading; readonly byteLength: number };
  /** An entry whose bytes stand in a frame. */
  readEntry(bytes: Uint8Array): EntryReading;
}

/** All but `add` throw HistoryError where the blob is missing or is not what it is taken for. */
export function createBlobStore(): BlobStore {
  const blobs = new Map<string, Blob>();
  // Readings are kept here for as long as the history lives, so that the reader need not remember any.
  const reader = createEntryReader({ cacheEntries: 0 });

  function find(digest: string): Blob {
    const blob = blobs.get(digest);
    if (!blob) throw new HistoryError(`the transcript refers to a blob ${digest} that does not stand in it`);
    return blob;
  }

  function rawBytes(digest: string, { raw }: Blob): Buffer {
    if (!raw) throw new HistoryError(`blob ${digest} is referred to as two different things`);
    return "text" in raw ? Buffer.from(raw.text, "utf8") : Buffer.from(raw.base64, "base64");
  }

  function json(digest: string, blob: Blob, what: string): unknown {
    try {
      const value: unknown = JSON.parse(rawBytes(digest, blob).toString("utf8"));
      delete blob.raw;
      return value;
    } catch (error) {
      if (error instanceof HistoryError) throw error;
      throw new HistoryError(`blob ${digest} is not ${what}: ${String(error)}`);
    }
  }

  return {
    add(line) {
      const [plain, encoded] = [optionalText(line, "text"), optionalText(line, "base64")];
      if (plain === undefined && encoded === undefined) throw new HistoryError("a blob without text and base64");
      blobs.set(text(line, "sha256"), { raw: plain === undefined ? { base64: encoded ?? "" } : { text: plain } });
    },
    bytes: (digest) => rawBytes(digest, find(digest)),
    object(digest) {
      const blob = find(digest);
      if (blob.object) return blob.object;
      const value = json(digest, blob, "a Kubernetes object");
      if (typeof value !== "object" || value === null) throw new HistoryError(`blob ${digest} is not a Kubernetes object`);
      return (blob.object = value as KubeObject);
    },
    digests(digest) {
      const blob = find(digest);
      if (blob.digests) return blob.digests;
      const value = json(digest, blob, "a list of SHA-256");
      if (!Array.isArray(value)) throw new HistoryError(`blob ${digest} is not a list of SHA-256`);
      return (blob.digests = value.map(String));
    },
    entry(digest) {
      const blob = find(digest);
      if (!blob.reading) {
        const bytes = rawBytes(digest, blob);
        blob.reading = reader.read(bytes);
        blob.byteLength = bytes.length;
        delete blob.raw;
      }
      return { reading: blob.reading, byteLength: blob.byteLength ?? 0 };
    },
    readEntry: (bytes) => reader.read(bytes),
  };
}
