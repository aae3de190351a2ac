export { fileSink, memorySink, nullSink } from "./file.ts";
export { sha256 } from "./hash.ts";
export { openTranscript, type LineSink } from "./open.ts";
export { parseTranscript, readTranscriptFile, TranscriptError } from "./read.ts";
export type { BlobEvent, Line, LinePosition, RawLine, Recorder, Side, Transcript, TranscriptEvent } from "./types.ts";
