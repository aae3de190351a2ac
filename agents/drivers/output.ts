import { appendFileSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { Recorder } from "../../transcript/index.ts";
import type { AgentOutput } from "./events.ts";

type Stream = AgentOutput["stream"];

/** Where an agent's output goes beside the transcript: a file to append to, or a function. */
export type LogTarget = string | ((text: string) => void);

/** Keeps the output of one life of an agent, up to a limit. */
export interface OutputKeeper {
  take(stream: Stream, bytes: Buffer): void;
  /** Writes what is still held back, and how many bytes were dropped. Further output is ignored. */
  finish(): void;
}

/** Bytes of output that are kept of one life by default. */
export const OUTPUT_LIMIT_BYTES = 1 << 20;

/** A tiny write costs about a line of the transcript; without this a flood of single bytes would pass the limit. */
const COST_OF_A_LINE = 128;

/**
 * Records output as `output` lines and appends it to the log. Past `limitBytes` nothing more is kept, only counted:
 * the last line of the stream carries `dropped` in bytes. A character that is cut between two reads is put together
 * again; invalid UTF-8 becomes U+FFFD.
 */
export function createOutputKeeper(recorder: Recorder, limitBytes: number, log?: LogTarget): OutputKeeper {
  const decoders: Record<Stream, StringDecoder> = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  const dropped: Record<Stream, number> = { stdout: 0, stderr: 0 };
  const append = logWriter(log);
  let budget = limitBytes;
  let finished = false;

  function keep(stream: Stream, text: string): void {
    if (text === "") return;
    recorder.record<AgentOutput>({ side: "agent", kind: "output", stream, text });
    append(text);
  }

  return {
    take(stream, bytes) {
      if (finished) return;
      const kept = bytes.subarray(0, Math.max(0, budget));
      budget -= bytes.length + COST_OF_A_LINE;
      dropped[stream] += bytes.length - kept.length;
      keep(stream, decoders[stream].write(kept));
    },
    finish() {
      if (finished) return;
      finished = true;
      for (const stream of ["stdout", "stderr"] as const) {
        keep(stream, decoders[stream].end());
        if (dropped[stream] === 0) continue;
        recorder.record<AgentOutput>({ side: "agent", kind: "output", stream, text: "", dropped: dropped[stream] });
        append(`\n[${dropped[stream]} more bytes on ${stream} were dropped: limit ${limitBytes}]\n`);
      }
    },
  };
}

function logWriter(log: LogTarget | undefined): (text: string) => void {
  if (log === undefined) return () => {};
  if (typeof log === "function") return log;
  let broken = false;
  return (text) => {
    if (broken) return;
    try {
      appendFileSync(log, text);
    } catch {
      broken = true; // a full disk must not take the run down: the transcript holds the output as well
    }
  };
}
