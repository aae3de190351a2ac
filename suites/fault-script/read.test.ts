import { describe, expect, it } from "vitest";
import { readFaults } from "./read.ts";

const SCENARIOS = ["first-snapshot", "life-of-objects"];
const file = (...rows: readonly object[]) => JSON.stringify({ version: 1, faults: rows });
const inRun = (...rows: readonly object[]) => readFaults(file(...rows), "f.yaml", SCENARIOS);
const alone = (...rows: readonly object[]) => readFaults(file(...rows), "f.yaml", undefined);

describe("readFaults", () => {
  it("reads faults of both sides, after the opening by default", () => {
    const text = `version: 1
faults:
  - fault: status
    code: 14
    when: entries
    skip: 1
    times: 2
    scenario: life-of-objects
  - fault: api-status
    code: 429
    retryAfterSeconds: 1
    resources: [pods]
    verb: list
    times: all
    chance: 0.25
    at: start
`;
    expect(readFaults(text, "f.yaml", SCENARIOS)).toEqual([
      {
        side: "server",
        at: "opening",
        scenario: "life-of-objects",
        spec: { fault: "status", code: 14, when: "entries", skip: 1, times: 2 },
      },
      {
        side: "api",
        at: "start",
        spec: {
          fault: "api-status",
          code: 429,
          retryAfterSeconds: 1,
          resources: ["pods"],
          verb: "list",
          times: "all",
          chance: 0.25,
        },
      },
    ]);
  });

  it("reads versions of 64 bits, as text or number, and none", () => {
    const versions = ["18446744073709551615", 5, null].map((version) => ({ fault: "answer-version", version }));
    expect(alone(...versions).map(({ spec }) => (spec as { version?: unknown }).version)).toEqual([2n ** 64n - 1n, 5n, null]);
  });

  it.each<[rows: object, problem: string]>([
    [{ fault: "stat" }, 'faults[0].fault is "stat"; it must be one of "status", "delay"'],
    [{ fault: "status" }, "faults[0].code is missing"],
    [{ fault: "status", code: 99 }, "faults[0].code is 99; it must be a whole number, at least 1, at most 16"],
    [{ fault: "drop", code: 1 }, "faults[0].code means nothing here; there may be fault, scenario, at, cluster"],
    [{ fault: "drop", times: "all" }, 'faults[0].times is "all"'],
    [{ fault: "drop", chance: 2 }, "faults[0].chance is 2"],
    [{ fault: "drop", at: "noon" }, 'it must be one of "start", "opening"'],
    [{ fault: "answer-version", version: "99999999999999999999" }, "at most 18446744073709551615"],
    [{ fault: "answer-version", version: "x" }, "it must be decimal digits, or a whole number"],
    [{ fault: "drop", scenario: "nowhere" }, 'tells no scenario "nowhere"; it tells first-snapshot, life-of-objects'],
    [{ fault: "drop", cluster: "d-1" }, "give scenario in place of cluster"],
    [{ fault: "api-status", code: 200 }, "at least 400, at most 599"],
    [{ fault: "api-truncate", verb: "watch" }, "f.yaml:1: faults[0] (api-truncate): hits get and list only, not watch"],
    [{ fault: "api-status", code: 500, open: true }, "cannot act on a watch that is open already"],
    [{ fault: "api-drop-event", type: "GONE" }, 'one of "ADDED", "MODIFIED", "DELETED", "BOOKMARK"'],
  ])("refuses %j in a run", (row, problem) => {
    expect(() => inRun(row)).toThrow(problem);
  });

  it.each<[rows: object, problem: string]>([
    [{ fault: "api-reset" }, "the mock alone has no API server"],
    [{ fault: "drop", scenario: "first-snapshot" }, "tells no scenario; give cluster"],
    [{ fault: "drop", at: "start" }, "leave `at` out"],
  ])("refuses %j of the mock alone", (row, problem) => {
    expect(() => alone(row)).toThrow(problem);
    expect(alone({ fault: "drop", cluster: "d-1", agent: 7 })).toHaveLength(1);
  });

  it("refuses a file without any", () => {
    expect(() => inRun()).toThrow("faults is []; it must not be empty");
  });
});
