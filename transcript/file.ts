import { closeSync, openSync, writeSync } from "node:fs";
import type { LineSink } from "./open.ts";

/** A sink that writes each line to a new file before it returns. Throws where the file exists or cannot be made. */
export function fileSink(path: string): LineSink {
  const descriptor = openSync(path, "wx");
  return {
    write(text) {
      const bytes = Buffer.from(text, "utf8");
      for (let offset = 0; offset < bytes.length;) offset += writeSync(descriptor, bytes, offset);
    },
    close: () => closeSync(descriptor),
  };
}

/** A sink that keeps the lines in memory, for tests and for a mock whose user asked for no file. */
export function memorySink(): LineSink & { readonly text: () => string } {
  const chunks: string[] = [];
  return { write: (text) => void chunks.push(text), close: () => {}, text: () => chunks.join("") };
}

/** A sink that keeps nothing. */
export function nullSink(): LineSink {
  return { write: () => {}, close: () => {} };
}
