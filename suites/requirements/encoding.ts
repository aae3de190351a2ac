import { core, everywhere } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-ENC-*: the bytes of an entry. */
export const encodingRequirements: readonly Requirement[] = [
  core({
    id: "KAS-ENC-1",
    title: "compressed_info is one whole zlib stream",
    text: "compressed_info is one whole zlib stream (RFC 1950): not gzip, raw deflate, plain, empty or truncated; no preset dictionary; checksum right.",
    source: "doc 3.3.1; protocol.md 2.5",
    scenarios: [...everywhere, "odd-objects"],
    mutants: ["gzip", "raw-deflate", "plain", "truncated", "wrong-checksum"],
  }),
  core({
    id: "KAS-ENC-2",
    title: "nothing follows the stream",
    text: "Nothing follows the zlib stream in compressed_info.",
    source: "protocol.md 2.5",
    scenarios: everywhere,
    mutants: ["trailing-bytes"],
  }),
  core({
    id: "KAS-ENC-3",
    title: "one JSON document in UTF-8",
    text: "What compressed_info inflates to is one JSON document in UTF-8 without a byte-order mark.",
    source: "doc 3.3.1; protocol.md 3",
    scenarios: [...everywhere, "odd-objects"],
    mutants: ["byte-order-mark", "two-documents", "invalid-utf8"],
  }),
  core({
    id: "KAS-ENC-4",
    title: "the document has the shape that the target reads",
    text: "The document is one object (server lines); one object, an array of objects, or a List (document).",
    source: "protocol.md 3",
    scenarios: everywhere,
    mutants: ["array-per-type", "list-per-type"],
  }),
  core({
    id: "KAS-ENC-5",
    title: "info is not used",
    text: "The info field is not used in place of compressed_info.",
    source: "protocol.md 2.5",
    scenarios: everywhere,
    mutants: ["info-field"],
  }),
];
