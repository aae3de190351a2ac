import type { LineSink } from "../../transcript/index.ts";

/**
 * A sink that fails once and is silent from then on: whoever records a line must not stumble over a full disk. What was
 * written before stays, but for a torn last line.
 *
 * @param onFailure told of the first failure
 */
export function watchedSink(sink: LineSink, onFailure: (error: unknown) => void): LineSink {
  let failed = false;
  const attempt = (act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!failed) onFailure(error);
      failed = true;
    }
  };
  return {
    write(text) {
      if (!failed) attempt(() => sink.write(text));
    },
    // There are file systems that tell only now that there was no room.
    close: () => attempt(() => sink.close()),
  };
}
