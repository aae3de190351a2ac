import { isUtf8 } from "node:buffer";
import { sha256 } from "./hash.ts";
import type { BlobEvent, Line, RawLine, Recorder, Transcript, TranscriptEvent } from "./types.ts";

/** Where the lines go. A sink must be synchronous: what was recorded is there even if the process dies next. */
export interface LineSink {
  write(text: string): void;
  close(): void;
}

/**
 * Opens a transcript over a sink. The caller records the header first.
 *
 * @param sink where each line goes, newline included
 * @param clock milliseconds, monotonic; only for tests
 */
export function openTranscript(sink: LineSink, clock: () => number = () => performance.now()): Transcript {
  const startedAt = clock();
  const known = new Set<string>();
  const listeners = new Set<(line: RawLine) => void>();
  const recorders = new Map<string, Recorder>();
  let nextSeq = 0;
  let closed = false;

  const now = () => Math.round((clock() - startedAt) * 1000) / 1000;

  function append<E extends TranscriptEvent>(tenant: string, event: E): Line<E> {
    const line = { seq: nextSeq, t: now(), tenant, ...event };
    if (closed) return line; // a party that outlives its run has nothing left to be judged by
    nextSeq += 1;
    sink.write(`${JSON.stringify(line)}\n`);
    for (const listener of listeners) listener(line as unknown as RawLine);
    return line;
  }

  function blob(content: Uint8Array | string): string {
    const digest = sha256(content);
    if (known.has(digest)) return digest;
    known.add(digest);
    append<BlobEvent>("", { side: "run", kind: "blob", sha256: digest, ...encode(content) });
    return digest;
  }

  function tenant(name: string): Recorder {
    const made = recorders.get(name) ?? { tenant: name, record: (event) => append(name, event), blob };
    recorders.set(name, made);
    return made;
  }

  return {
    tenant,
    now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      sink.close();
    },
  };
}

function encode(content: Uint8Array | string): { text: string } | { base64: string } {
  if (typeof content === "string") return { text: content };
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return isUtf8(bytes) ? { text: bytes.toString("utf8") } : { base64: bytes.toString("base64") };
}
