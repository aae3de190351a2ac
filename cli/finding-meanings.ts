import type { FindingCode } from "../server-mock/ingest/index.ts";

/** What a finding is, and the requirement that it breaks; absent where it breaks none by itself. */
export interface FindingMeaning {
  readonly meaning: string;
  readonly requirement?: string;
}

const of = (meaning: string, requirement?: string): FindingMeaning => ({
  meaning,
  ...(requirement === undefined ? {} : { requirement }),
});

/** Every finding that the mock tells, for people. */
export const findingMeanings: Readonly<Record<FindingCode, FindingMeaning>> = {
  "not-a-message": of("the bytes of the entry are no KubernetesAPIInfo message", "KAS-ENC-1"),
  empty: of("compressed_info is absent or has no bytes", "KAS-ENC-1"),
  "info-used": of("the object is in the legacy field info, which no server reads", "KAS-ENC-5"),
  gzip: of("compressed_info is a gzip stream (RFC 1952)", "KAS-ENC-1"),
  "raw-deflate": of("compressed_info is a deflate stream without the zlib header (RFC 1951)", "KAS-ENC-1"),
  plain: of("compressed_info is the text itself, not compressed", "KAS-ENC-1"),
  "not-zlib": of("compressed_info does not begin as a zlib stream", "KAS-ENC-1"),
  truncated: of("the zlib stream breaks off before its end", "KAS-ENC-1"),
  checksum: of("the Adler-32 at the end of the zlib stream is not that of its text", "KAS-ENC-1"),
  "preset-dictionary": of("the zlib stream asks for a dictionary that the server does not have", "KAS-ENC-1"),
  corrupt: of("the zlib stream begins well and cannot be inflated to its end", "KAS-ENC-1"),
  "trailing-bytes": of("bytes follow the zlib stream", "KAS-ENC-2"),
  "too-large": of("the text is larger than the mock inflates", "KAS-ENC-1"),
  "byte-order-mark": of("the text begins with a byte-order mark", "KAS-ENC-3"),
  "not-utf8": of("the text is not UTF-8", "KAS-ENC-3"),
  "empty-text": of("the stream inflates to nothing", "KAS-ENC-3"),
  "not-json": of("the text is not JSON", "KAS-ENC-3"),
  "too-deep": of("the JSON text is nested deeper than any object of Kubernetes", "KAS-ENC-3"),
  "several-documents": of("several JSON documents stand in one text", "KAS-ENC-3"),
  array: of("the document is an array of objects", "KAS-ENC-4"),
  list: of("the document is a List with items", "KAS-ENC-4"),
  scalar: of("the document is neither an object nor an array", "KAS-ENC-4"),
  "no-type": of("the entry has no type name", "KAS-OBJ-1"),
  "unknown-type": of("the target reads no entry of this type name", "KAS-OBJ-12"),
  "kind-mismatch": of("the object's kind is not the one that its type name stands for", "KAS-OBJ-1"),
};
