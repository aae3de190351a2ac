import { decodeClusterIdRequest, decodeClusterIdResponse, WireError } from "../../server-mock/ingest/index.ts";
import type { RawLine } from "../../transcript/index.ts";
import type { BlobStore } from "./blobs.ts";
import { list, optionalText } from "./fields.ts";
import type { ClusterIdQuestion } from "./types.ts";

const PATH = /^\/(trident|agent)\.Synchronizer\/GetKubernetesClusterID$/u;

/** What a `request` line asks by GetKubernetesClusterID; undefined for other methods and for frames that cannot be read. */
export function readQuestion(path: string, line: RawLine, blobs: BlobStore): ClusterIdQuestion | undefined {
  const service = PATH.exec(path)?.[1] as ClusterIdQuestion["service"] | undefined;
  if (service === undefined) return undefined;
  const { caMd5 } = readable(() => decodeClusterIdRequest(frameOf(line, blobs))) ?? {};
  return { service, ...(caMd5 === undefined ? {} : { caMd5 }) };
}

/** What an `answer` line says to such a question. */
export function readClusterIdAnswer(line: RawLine): NonNullable<ClusterIdQuestion["answer"]> {
  const bytes = optionalText(line, "base64");
  const said = bytes === undefined ? undefined : readable(() => decodeClusterIdResponse(Buffer.from(bytes, "base64")));
  return { seq: line.seq, t: line.t, ...said };
}

/** The message has no entries: pieces that were taken for some hold nothing that is read here. */
function frameOf(line: RawLine, blobs: BlobStore): Buffer {
  const segments = list(line, "frame") as readonly Readonly<Record<string, unknown>>[];
  return Buffer.concat(
    segments.map((segment) => {
      const [base64, blob] = [optionalText(segment, "base64"), optionalText(segment, "blob")];
      return base64 === undefined ? Buffer.from(blob === undefined ? [] : blobs.bytes(blob)) : Buffer.from(base64, "base64");
    }),
  );
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
