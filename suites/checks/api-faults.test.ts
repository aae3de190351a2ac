import { describe, expect, it } from "vitest";
import type { FaultRecord, ScenarioHistory } from "../history/types.ts";
import { allOverAt } from "./api-faults.ts";

/** A fault that was taken away at some seq, or waits. */
function fault(kind: string, over?: number): FaultRecord {
  const removed = over === undefined ? {} : { removed: { seq: over, t: over * 10 } };
  return { fault: JSON.stringify({ fault: kind }), scripted: { seq: 1, t: 10 }, hits: [], ...removed };
}
const over = (...faults: readonly FaultRecord[]) => allOverAt({ faults } as unknown as ScenarioHistory)?.seq;

describe("the end of all trouble at the API server", () => {
  it.each<[string, readonly FaultRecord[], number | undefined]>([
    ["is none where there was no trouble", [], undefined],
    ["is none where there was trouble elsewhere alone", [fault("silence", 7)], undefined],
    ["is that of one fault", [fault("api-status", 7)], 7],
    ["is that of the fault that was over last", [fault("api-status", 7), fault("api-reset", 9)], 9],
    ["is so whichever was scripted first", [fault("api-status", 9), fault("api-reset", 7)], 9],
    ["is none while the last fault waits", [fault("api-status", 7), fault("api-reset")], undefined],
    ["is none while the first fault waits", [fault("api-status"), fault("api-reset", 7)], undefined],
    ["waits for no fault elsewhere", [fault("api-status", 7), fault("silence")], 7],
  ])("%s", (_name, faults, seq) => {
    expect(over(...faults)).toBe(seq);
  });
});
