import type { ScenarioHistory } from "../history/types.ts";
import type { RawLine, Transcript } from "../../transcript/index.ts";

/** What reads lines into a history as they come; `createHistoryReader()` of suites/history. */
export interface LineReader {
  push(line: RawLine): void;
  scenario(tenant: string): ScenarioHistory | undefined;
  forget(tenant: string): void;
}

/** The history of a run that is under way. */
export interface LiveHistory extends Disposable {
  /** The tenant's scenario as seen so far. */
  scenario(tenant: string): ScenarioHistory | undefined;
  /** Lets go of a tenant's scenario, which is over. */
  forget(tenant: string): void;
  /** For how many milliseconds in all the harness has stood still so far, or the tenant's agent had no processor. */
  stalledMs(tenant: string): number;
  /** Called after the tenant's lines were read, once for all lines of one turn. Returns the unsubscriber. */
  onChange(tenant: string, listener: () => void): () => void;
}

/** Reads a transcript while it is written. To be called before the first line. @param reader must not throw */
export function followTranscript(transcript: Transcript, reader: LineReader): LiveHistory {
  const listeners = new Map<string, Set<() => void>>();
  const changed = new Set<string>();
  let stalledMs = 0;
  const starvedMs = new Map<string, number>();

  function tell(): void {
    const tenants = [...changed];
    changed.clear();
    for (const tenant of tenants) for (const listener of listeners.get(tenant) ?? []) listener();
  }

  const leave = transcript.subscribe((line) => {
    reader.push(line);
    if (line.kind === "stall") stalledMs += Number(line["ms"]);
    if (line.kind === "starved") starvedMs.set(line.tenant, (starvedMs.get(line.tenant) ?? 0) + Number(line["ms"]));
    if (!listeners.has(line.tenant)) return;
    // One turn can write thousands of lines: the page of a list, the lines of a burst of watch events.
    if (changed.size === 0) queueMicrotask(tell);
    changed.add(line.tenant);
  });

  return {
    scenario: (tenant) => reader.scenario(tenant),
    forget: (tenant) => reader.forget(tenant),
    stalledMs: (tenant) => stalledMs + (starvedMs.get(tenant) ?? 0),
    onChange(tenant, listener) {
      const own = listeners.get(tenant) ?? new Set();
      listeners.set(tenant, own.add(listener));
      return () => own.delete(listener);
    },
    [Symbol.dispose]() {
      leave();
      listeners.clear();
    },
  };
}
