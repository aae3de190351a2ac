import { deflateSync } from "node:zlib";
import type { SyncEntry } from "../../../proto/index.ts";

/**
 * One object as an entry: its JSON in UTF-8, as one zlib stream (RFC 1950; protocol.md 3). Objects are compressed one
 * by one when they change, so that a snapshot is put together without compressing anything again.
 */
export function encodeEntry(type: string, object: unknown): SyncEntry {
  return { type, compressedInfo: deflateSync(JSON.stringify(object)) };
}

/** The type name of the API server's version, which the server demands once a snapshot (protocol.md 4.1). */
export const VERSION_INFO_TYPE = "*version.Info";
