import type { SyncCall } from "../history/types.ts";
import type { Oracle } from "../oracle/index.ts";

/**
 * Whether a request without entries was overtaken by a snapshot on another connection: it has the version of an earlier
 * snapshot, the server holds the agent's newest one, and the agent goes on under that. It is not asked for anything.
 */
export function wasOvertaken({ calls, accepted }: Oracle, beat: SyncCall): boolean {
  if (beat.entriesHash !== undefined || beat.answer?.row !== "5") return false;
  const newest = accepted.findLast((call) => call.seq < beat.seq);
  if (!newest || newest.version !== beat.answer.version) return false;
  const index = calls.indexOf(beat);
  const next = calls[index + 1];
  const goesOn = next !== undefined && (next.entriesHash !== undefined || next.version === newest.version);
  return goesOn && calls[index - 1] === newest && accepted.some((call) => call.seq < newest.seq && call.version === beat.version);
}
