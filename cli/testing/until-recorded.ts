import { mkdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";

/**
 * Resolves when a run has written this to its transcript.
 *
 * @param folder of the run, which has not begun
 * @param signal gives up
 */
export function untilRecorded(folder: string, words: RegExp, signal: AbortSignal): Promise<void> {
  mkdirSync(folder, { recursive: true });
  return new Promise((resolve, reject) => {
    const watcher = watch(folder, { signal });
    watcher.on("error", reject);
    watcher.on("change", (_event, name) => {
      if (name !== "transcript.jsonl" || !words.test(readFileSync(join(folder, "transcript.jsonl"), "utf8"))) return;
      watcher.close();
      resolve();
    });
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
