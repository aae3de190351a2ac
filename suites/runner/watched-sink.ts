import type { LineSink } from "../../transcript/index.ts";

/**
 * A sink that fails once and is silent from then on: whoever records a line must not stumble over a full disk. What was
 * written before stays, but for a torn last line.
 *
 * @param onFailure told of the first failure
 */
export function watchedSink(sink: LineSink, onFailure: (error: unknown) => void): LineSink {
  let failed = false;
  return {
    write(text) {
      if (failed) return;
      try {
        sink.write(text);
      } catch (error) {
        failed = true;
        onFailure(error);
      }
    },
    close: () => sink.close(),
  };
}
