import { describe, expect, it } from "vitest";
import { targetIds, targets } from "../targets/registry.ts";
import { decide } from "./decide.ts";
import { type ClusterState, newClusterState } from "./state.ts";
import type { Decision, Envelope } from "./types.ts";

const DAY = 86_400_000;
const context = { knowsTeam: (id: string) => id === "t-known" };

/** A cluster that holds version 7 since time 0, with three entries and an error_msg. */
const held: ClusterState = {
  heldVersion: 7n,
  lastSeenMs: 0,
  record: { version: 7n, epochMs: 0, errorMsg: "old", entryCount: 3 },
};

interface Row {
  readonly name: string;
  readonly row: string;
  readonly passed?: readonly string[];
  readonly from?: ClusterState;
  readonly at?: number;
  readonly request: Omit<Envelope, "entryCount"> & { readonly entryCount?: number };
  readonly answer: bigint | undefined;
  readonly stored: Decision["stored"];
  /** The state after it, as far as it differs from the one before. */
  readonly after?: Partial<ClusterState>;
}

const fresh = newClusterState();
const known = { clusterId: "d-1", agentId: 1 };
const anonymous = { clusterId: "d-1" };
const record = (version: bigint, epochMs: number, entryCount: number, errorMsg = "") => ({
  version,
  epochMs,
  errorMsg,
  entryCount,
});

const serverRows: readonly Row[] = [
  { name: "version 0", row: "1", request: { ...known, version: 0n, entryCount: 3 }, answer: undefined, stored: "dropped" },
  { name: "version absent", row: "1", request: { ...known, entryCount: 3 }, answer: undefined, stored: "dropped" },
  {
    name: "version 0 comes before the lack of a cluster_id",
    row: "1",
    request: { agentId: 1, version: 0n },
    answer: undefined,
    stored: "dropped",
  },
  {
    name: "agent id 0 is told on the way",
    row: "1",
    passed: ["0"],
    request: { version: 0n },
    answer: undefined,
    stored: "dropped",
  },
  {
    name: "cluster_id empty",
    row: "2",
    request: { agentId: 1, clusterId: "", version: 8n, entryCount: 3 },
    answer: undefined,
    stored: "dropped",
  },
  {
    name: "cluster_id absent",
    row: "2",
    request: { agentId: 1, version: 8n, entryCount: 3 },
    answer: undefined,
    stored: "dropped",
  },
  {
    name: "team unknown",
    row: "3",
    request: { ...known, version: 8n, teamId: "t-none", entryCount: 3 },
    answer: undefined,
    stored: "dropped",
  },
  {
    name: "team known",
    row: "6",
    request: { ...known, version: 8n, teamId: "t-known", entryCount: 3 },
    at: 5,
    answer: 8n,
    stored: "replaced",
    after: { heldVersion: 8n, lastSeenMs: 5, record: record(8n, 5, 3) },
  },
  {
    name: "silent for the ageing time exactly, heartbeat: forgotten",
    row: "5",
    passed: ["3b", "4"],
    at: DAY,
    request: { ...known, version: 7n },
    answer: 0n,
    stored: "dropped",
    after: { heldVersion: 0n },
  },
  {
    name: "silent for a moment less: still held",
    row: "7",
    passed: ["3b"],
    at: DAY - 1,
    request: { ...known, version: 7n },
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: DAY - 1, record: record(7n, DAY - 1, 3) },
  },
  {
    name: "silent for the ageing time exactly, entries: version forgotten, store not yet",
    row: "6",
    passed: ["3b", "4"],
    at: DAY,
    request: { ...known, version: 7n, entryCount: 4 },
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: DAY, record: record(7n, DAY, 3) },
  },
  {
    name: "silent for longer, entries: store forgotten too",
    row: "6",
    passed: ["3b", "4"],
    at: DAY + 1,
    request: { ...known, version: 7n, entryCount: 4 },
    answer: 7n,
    stored: "replaced",
    after: { lastSeenMs: DAY + 1, record: record(7n, DAY + 1, 4) },
  },
  {
    name: "another version without entries",
    row: "5",
    request: { ...known, version: 8n, errorMsg: "lost" },
    at: 5,
    answer: 7n,
    stored: "dropped",
  },
  {
    name: "never seen, without entries: explicit zero",
    row: "5",
    from: fresh,
    request: { ...known, version: 8n },
    answer: 0n,
    stored: "dropped",
  },
  {
    name: "higher version with entries",
    row: "6",
    request: { ...known, version: 8n, entryCount: 2, errorMsg: "e" },
    at: 5,
    answer: 8n,
    stored: "replaced",
    after: { heldVersion: 8n, lastSeenMs: 5, record: record(8n, 5, 2, "e") },
  },
  {
    name: "lower version with entries",
    row: "6",
    request: { ...known, version: 6n, entryCount: 2 },
    at: 5,
    answer: 6n,
    stored: "replaced",
    after: { heldVersion: 6n, lastSeenMs: 5, record: record(6n, 5, 2) },
  },
  {
    name: "never seen, with entries",
    row: "6",
    from: fresh,
    request: { ...known, version: 8n, entryCount: 2 },
    at: 5,
    answer: 8n,
    stored: "replaced",
    after: { heldVersion: 8n, lastSeenMs: 5, record: record(8n, 5, 2) },
  },
  {
    name: "the version the store has from an anonymous sender",
    row: "6",
    from: { ...fresh, record: record(8n, 1, 9) },
    request: { ...known, version: 8n, entryCount: 2 },
    at: 5,
    answer: 8n,
    stored: "refreshed",
    after: { heldVersion: 8n, lastSeenMs: 5, record: record(8n, 5, 9) },
  },
  {
    name: "heartbeat",
    row: "7",
    request: { ...known, version: 7n, errorMsg: "new" },
    at: 5,
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: 5, record: record(7n, 5, 3, "new") },
  },
  {
    name: "heartbeat after an anonymous sender stored another version: the record is emptied",
    row: "7",
    from: { ...held, record: record(9n, 1, 3) },
    request: { ...known, version: 7n },
    at: 5,
    answer: 7n,
    stored: "replaced",
    after: { lastSeenMs: 5, record: record(7n, 5, 0) },
  },
  {
    name: "held version with entries: the entries are discarded",
    row: "8",
    request: { ...known, version: 7n, entryCount: 9 },
    at: 5,
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: 5, record: record(7n, 5, 3) },
  },
  {
    name: "held version with entries, which the store does not have",
    row: "8",
    from: { ...held, record: record(9n, 1, 3) },
    request: { ...known, version: 7n, entryCount: 9 },
    at: 5,
    answer: 7n,
    stored: "replaced",
    after: { lastSeenMs: 5, record: record(7n, 5, 9) },
  },
  {
    name: "anonymous with entries: stored, never answered, version table untouched",
    row: "9",
    passed: ["0", "3b"],
    request: { ...anonymous, version: 8n, entryCount: 2 },
    at: 5,
    answer: undefined,
    stored: "replaced",
    after: { record: record(8n, 5, 2) },
  },
  {
    name: "anonymous with entries under the stored version",
    row: "9",
    passed: ["0", "3b"],
    request: { ...anonymous, agentId: 0, version: 7n, entryCount: 2 },
    at: 5,
    answer: undefined,
    stored: "refreshed",
    after: { record: record(7n, 5, 3) },
  },
  {
    name: "anonymous without entries",
    row: "10",
    passed: ["0", "3b"],
    request: { ...anonymous, version: 7n, errorMsg: "lost" },
    at: 5,
    answer: undefined,
    stored: "dropped",
  },
  {
    name: "anonymous after the ageing time: the version table does not age for it",
    row: "10",
    passed: ["0", "3b"],
    request: { ...anonymous, version: 7n },
    at: DAY,
    answer: undefined,
    stored: "dropped",
  },
];

const documentRows: readonly Row[] = [
  { name: "version absent", row: "1", request: { clusterId: "d-1", entryCount: 3 }, answer: 7n, stored: "dropped" },
  {
    name: "version 0, nothing accepted yet",
    row: "1",
    from: fresh,
    request: { clusterId: "d-1", version: 0n },
    answer: undefined,
    stored: "dropped",
  },
  { name: "version 0 and no cluster_id", row: "1", request: { version: 0n }, answer: undefined, stored: "dropped" },
  { name: "no cluster_id", row: "2", request: { version: 8n, entryCount: 3 }, answer: undefined, stored: "dropped" },
  {
    name: "any team_id",
    row: "6",
    request: { clusterId: "d-1", version: 8n, teamId: "t-none", entryCount: 1 },
    at: 5,
    answer: 8n,
    stored: "replaced",
    after: { heldVersion: 8n, lastSeenMs: 5, record: record(8n, 5, 1) },
  },
  {
    name: "after more than 24 hours nothing is held",
    row: "5",
    passed: ["4"],
    at: DAY + 1,
    request: { clusterId: "d-1", version: 7n },
    answer: undefined,
    stored: "dropped",
    after: { heldVersion: undefined, lastSeenMs: DAY + 1 },
  },
  {
    name: "24 hours are within the bound",
    row: "7",
    at: DAY,
    request: { clusterId: "d-1", version: 7n },
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: DAY, record: record(7n, DAY, 3) },
  },
  {
    name: "another version without entries: the one accepted last",
    row: "5",
    request: { clusterId: "d-1", version: 8n },
    at: 5,
    answer: 7n,
    stored: "dropped",
    after: { lastSeenMs: 5 },
  },
  {
    name: "never seen, without entries: none",
    row: "5",
    from: fresh,
    request: { clusterId: "d-1", version: 8n },
    at: 5,
    answer: undefined,
    stored: "dropped",
    after: { lastSeenMs: 5 },
  },
  {
    name: "another version with entries",
    row: "6",
    request: { clusterId: "d-1", version: 6n, entryCount: 2 },
    at: 5,
    answer: 6n,
    stored: "replaced",
    after: { heldVersion: 6n, lastSeenMs: 5, record: record(6n, 5, 2) },
  },
  {
    name: "heartbeat, whatever the agent id",
    row: "7",
    request: { clusterId: "d-1", agentId: 0, version: 7n, errorMsg: "new" },
    at: 5,
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: 5, record: record(7n, 5, 3, "new") },
  },
  {
    name: "held version with entries",
    row: "8",
    request: { clusterId: "d-1", version: 7n, entryCount: 9 },
    at: 5,
    answer: 7n,
    stored: "refreshed",
    after: { lastSeenMs: 5, record: record(7n, 5, 3) },
  },
];

/** What a line does without team ids: nothing is refused for one, and none is stood in for. */
function withoutTeams(row: Row): Row {
  const passed = row.passed && { passed: row.passed.filter((name) => name !== "3b") };
  if (row.row !== "3") return { ...row, ...passed };
  const after = { heldVersion: 8n, lastSeenMs: 0, record: record(8n, 0, 3) };
  return { ...row, ...passed, name: "any team_id", row: "6", answer: 8n, stored: "replaced", after };
}

const tables = targets.map((target) => {
  if (!target.line) {
    return { target, rows: documentRows, deciding: ["1", "2", "5", "6", "7", "8"], passing: ["4"] };
  }
  const deciding = ["1", "2", "3", "5", "6", "7", "8", "9", "10"];
  return target.teams
    ? { target, rows: serverRows, deciding, passing: ["0", "3b", "4"] }
    : { target, rows: serverRows.map(withoutTeams), deciding: deciding.filter((row) => row !== "3"), passing: ["0", "4"] };
});

describe.each(tables)("decide, $target.id", ({ target, rows, deciding, passing }) => {
  it.each(rows)("row $row: $name", ({ row, passed, from = held, at = 0, request, answer, stored, after }) => {
    const decision = decide(from, { entryCount: 0, ...request }, at, target, context);
    expect(decision).toMatchObject({ row, answer, stored });
    if (passed) expect(decision.passed).toEqual(passed);
    expect(decision.state).toEqual({ ...from, ...after });
  });

  it("has a case for every row that can arise", () => {
    expect([...new Set(rows.map((row) => row.row))].sort(byNumber)).toEqual(deciding);
    expect([...new Set(rows.flatMap((row) => row.passed ?? []))].sort()).toEqual(passing);
  });
});

const cases = tables.reduce((sum, { rows }) => sum + rows.length, 0);

it(`went through ${cases} cases of the decision table, on ${targets.length} targets`, () => {
  expect(tables.map(({ target }) => target.id)).toEqual(targetIds);
  expect(cases).toBe((targets.length - 1) * serverRows.length + documentRows.length);
});

function byNumber(a: string, b: string) {
  return Number(a) - Number(b);
}
