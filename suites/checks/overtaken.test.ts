import { describe, expect, it } from "vitest";
import type { SyncCall } from "../history/types.ts";
import type { Oracle } from "../oracle/index.ts";
import { wasOvertaken } from "./overtaken.ts";

interface Sent {
  readonly version: bigint;
  readonly entries?: true;
  readonly accepted?: true;
  readonly row?: string;
  readonly answered?: bigint;
}

const snapshot = (version: bigint): Sent => ({ version, entries: true, accepted: true, row: "6", answered: version });
const beat = (version: bigint): Sent => ({ version, row: "8", answered: version });
/** A heartbeat of an earlier snapshot, to which the server answers with the version that it holds. */
const late: Sent = { version: 1n, row: "5", answered: 2n };

/** @param at which of the calls is asked about; by default the first that is answered by row 5 */
function ask(sent: readonly Sent[], at = sent.findIndex(({ row }) => row === "5")): boolean {
  const calls = sent.map(({ version, entries, accepted = false, row, answered }, index) => {
    const answer = { seq: index * 10 + 1, t: 0, code: 0, ...(row !== undefined && { row }), version: answered };
    return { seq: index * 10, t: 0, version, accepted, answer, ...(entries && { entriesHash: `${version}` }) };
  }) as unknown as readonly SyncCall[];
  const oracle = { calls, accepted: calls.filter((call) => call.accepted) } as unknown as Oracle;
  return wasOvertaken(oracle, calls[at]!);
}

describe("a heartbeat that a snapshot overtook on another connection", () => {
  it.each<[string, readonly Sent[], boolean, number?]>([
    ["comes right behind it, and the agent goes on under that", [snapshot(1n), snapshot(2n), late, beat(2n)], true],
    ["comes right behind it, and the next is a snapshot", [snapshot(1n), snapshot(2n), late, snapshot(3n)], true],
    ["is not the snapshot itself", [snapshot(1n), snapshot(2n), { ...late, entries: true }, beat(2n)], false],
    ["is not one that the server took", [snapshot(1n), snapshot(2n), { ...late, row: "8" }, beat(2n)], false, 2],
    ["is not one whose server holds another version", [snapshot(1n), snapshot(2n), { ...late, answered: 7n }, beat(2n)], false],
    ["is not one of an agent that goes on under the old version", [snapshot(1n), snapshot(2n), late, beat(1n)], false],
    ["is not the last thing that is heard", [snapshot(1n), snapshot(2n), late], false],
    ["does not come later", [snapshot(1n), snapshot(2n), beat(2n), late, beat(2n)], false],
    ["is not one of a version that was never uploaded", [snapshot(9n), snapshot(2n), late, beat(2n)], false],
    ["is not one of a version that is uploaded only later", [snapshot(2n), late, snapshot(1n), beat(2n)], false],
    ["is not one before any snapshot", [late, snapshot(2n)], false],
    ["is not one of the newest version", [snapshot(2n), { ...late, version: 2n }, beat(2n)], false],
  ])("%s", (_name, sent, overtaken, at) => {
    expect(at === undefined ? ask(sent) : ask(sent, at)).toBe(overtaken);
  });
});
