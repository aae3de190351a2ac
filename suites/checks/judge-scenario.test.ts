import { describe, expect, it } from "vitest";
import type { Check, CheckContext } from "./check.ts";
import { judgeScenario } from "./gate.ts";
import { fail, notApplicable, notTestable, pass, passByControl, type ControlledVerdict } from "./verdict.ts";

const at = (seq: number) => ({ seq, t: seq * 10 });
const proof = (accepted: number, precondition: number, outcome: number) => ({
  accepted: at(accepted),
  precondition: at(precondition),
  outcome: at(outcome),
});
const failing = (...seqs: readonly number[]) =>
  fail({
    problem: "it is wrong",
    cases: seqs.map((seq) => ({ at: at(seq), text: `seq ${seq}` })),
    consequence: "C.",
    mend: "M.",
  });
const green = pass(proof(10, 20, 30), "fine");

/** A scenario in which requests were accepted, with what else there was. */
function contextOf(change: {
  readonly accepted?: readonly number[];
  readonly rows?: readonly (string | undefined)[];
  readonly elsewhere?: boolean;
  readonly faults?: readonly object[];
  readonly agent?: object;
  readonly unseen?: boolean;
  readonly requests?: readonly object[];
  readonly unreadable?: readonly object[];
}): CheckContext {
  const {
    accepted = [10],
    rows = [],
    elsewhere,
    faults = [],
    agent = { lives: [{}] },
    unseen = false,
    requests = [],
    unreadable = [],
  } = change;
  const calls = rows.map((row, index) => ({
    ...at(index + 1),
    call: index + 1,
    version: 7n,
    entriesHash: row === undefined ? undefined : "hash",
    ...(row !== "unanswered" && { answer: { code: 0, row } }),
  }));
  const uploads = [[], unreadable].map((found) => ({
    call: { ...at(15), call: 2, version: 7n },
    snapshot: { unreadable: found },
  }));
  const scenario = { agent, faults, calls: elsewhere === true ? [{ ...at(1), call: 1 }] : calls, api: { requests } };
  const oracle = { accepted: accepted.map(at), calls, deliveryUnseen: unseen, distinctUploads: uploads };
  return { scenario, oracle, plan: {}, target: {} } as unknown as CheckContext;
}

const checkOf = (verdict: ControlledVerdict, rest: Partial<Check> = {}): Check =>
  ({ id: "KAS-X-1", readsContent: false, run: () => verdict, ...rest }) as Check;

const trouble = (seq: number, blame: "harness" | "environment" = "harness") =>
  ({ ...at(seq), tenant: "a", blame, text: "the disk is full" }) as Parameters<typeof judgeScenario>[2][number];

describe("a pass", () => {
  it("stands where it rests on an accepted request of the scenario", () => {
    expect(judgeScenario(checkOf(green), contextOf({ accepted: [8, 10] }), [])).toBe(green);
    expect(
      judgeScenario(checkOf(passByControl({ ...proof(10, 20, 30), control: at(10) }, "so")), contextOf({}), []).verdict,
    ).toBe("pass");
  });

  it.each([
    ["by itself", pass(proof(11, 20, 30), "fine")],
    ["by its control run", passByControl({ control: at(11), precondition: at(20), outcome: at(30) }, "fine")],
  ])("that rests on none, %s, is a fault of the check", (_name, verdict) => {
    expect(() => judgeScenario(checkOf(verdict), contextOf({}), [])).toThrow("a pass rests on seq 11");
  });
});

describe("trouble of the harness", () => {
  it.each<readonly [string, ControlledVerdict, number, string]>([
    ["after all that it rests on", green, 31, "pass"],
    ["before its outcome", green, 30, "not-testable"],
    ["between its outcome and what came before", green, 25, "not-testable"],
    ["after the one case of a failure", failing(20), 21, "fail"],
    ["between two cases of a failure", failing(20, 30), 25, "not-testable"],
    ["before a failure", failing(20), 19, "not-testable"],
    ["after something that names no evidence", notTestable("it is open"), 90, "not-testable"],
    ["before what cannot arise", notApplicable("it does not arise"), 1, "not-applicable"],
  ])("%s", (_name, verdict, seq, expected) => {
    const judged = judgeScenario(checkOf(verdict), contextOf({}), [trouble(seq)]);
    expect(judged.verdict).toBe(expected);
    if (expected === verdict.verdict && verdict.verdict !== "not-testable") expect(judged).toBe(verdict);
    else
      expect(judged).toMatchObject({
        message: "the harness failed: the disk is full",
        evidence: [{ seq, note: "the disk is full" }],
      });
  });

  it("is told from that of the environment", () => {
    expect(judgeScenario(checkOf(green), contextOf({}), [trouble(1, "environment")]).message).toContain("the environment failed");
  });
});

describe("a fault that never fired", () => {
  const unfired = { fault: "third call hangs", scripted: at(5), hits: [] };
  const unreached = { ...unfired, fault: JSON.stringify({ fault: "api-stale-list" }) };

  it("leaves no pass, and says which", () => {
    expect(
      judgeScenario(
        checkOf(green),
        contextOf({ faults: [{ ...unfired, fired: at(6) }, unfired, { ...unfired, fault: "another" }] }),
        [],
      ),
    ).toMatchObject({
      verdict: "not-testable",
      message: 'the fault "third call hangs" was scripted and never fired',
      evidence: [{ seq: 5, note: "scripted" }],
    });
  });

  it.each([failing(20), notApplicable("no"), notTestable("open")])("lets stand what is no pass: $verdict", (verdict) => {
    expect(judgeScenario(checkOf(verdict), contextOf({ faults: [unfired] }), [])).toBe(verdict);
  });

  it("counts not where it fired, or could not", () => {
    expect(judgeScenario(checkOf(green), contextOf({ faults: [{ ...unfired, fired: at(6) }] }), [])).toBe(green);
    const streamed = { ...at(7), verb: "watch", resource: "pods", path: "", events: [{ initialEventsEnd: true }], pages: [] };
    expect(judgeScenario(checkOf(green), contextOf({ faults: [unreached], requests: [streamed] }), [])).toBe(green);
    expect(judgeScenario(checkOf(green), contextOf({ faults: [unreached] }), []).verdict).toBe("not-testable");
  });
});

describe("where nothing was accepted", () => {
  const nothing = { accepted: [], rows: ["1"] };
  const red = failing(1);

  it.each<readonly [string, Partial<Check>, ControlledVerdict, string, string]>([
    ["the cause is red", { id: "KAS-VER-1", withoutAccepted: "cause" }, red, "fail", "it is wrong"],
    [
      "another possible cause is open",
      { id: "KAS-ENV-1", withoutAccepted: "cause" },
      red,
      "not-testable",
      "because of KAS-VER-1",
    ],
    ["what is no cause is open", { id: "KAS-VER-1" }, red, "not-testable", "because of KAS-VER-1"],
    ["what is broken beside it is red", { withoutAccepted: { beside: "KAS-VER-1" } }, red, "fail", "it is wrong"],
    ["what is broken beside another is open", { withoutAccepted: { beside: "KAS-ENV-1" } }, red, "not-testable", "KAS-VER-1"],
    [
      "a cause that says nothing is open",
      { id: "KAS-VER-1", withoutAccepted: "cause" },
      green,
      "not-testable",
      "does not say why: fine",
    ],
    ["beside it nothing passes", { withoutAccepted: { beside: "KAS-VER-1" } }, green, "not-testable", "because of KAS-VER-1"],
    ["what comes before any request is judged for itself", { withoutAccepted: "itself" }, red, "fail", "it is wrong"],
  ])("%s", (_name, rest, verdict, expected, text) => {
    const judged = judgeScenario(checkOf(verdict, rest), contextOf(nothing), []);
    expect(judged).toMatchObject({ verdict: expected, message: expect.stringContaining(text) as string });
  });

  it.each([
    ["the version", ["1"], false, "KAS-VER-1: request seq 1 (call 1, version 7) was dropped: its version is absent or 0"],
    ["the cluster_id", ["2"], false, "KAS-ENV-1"],
    ["the team_id", ["3"], false, "KAS-ENV-5"],
    ["the first that was dropped for a known reason", ["9", "2", "1"], false, "KAS-ENV-1: request seq 2"],
    ["no request with entries", [undefined], false, "KAS-LIFE-1: no request with entries came"],
    ["a request that was not stored", ["9"], false, "KAS-LIFE-1: request seq 1 (call 1, version 7) was not stored"],
    ["a request that was not answered", ["unanswered", "2"], false, "KAS-ENV-1: request seq 2"],
    ["no request at all", [], false, "KAS-LIFE-1: no request with entries came"],
    ["another service", [], true, "KAS-CONN-1: every request went to a service"],
  ] as const)("names %s", (_name, rows, elsewhere, text) => {
    expect(judgeScenario(checkOf(green), contextOf({ accepted: [], rows, elsewhere }), []).message).toContain(text);
  });
});

describe("what stands before any check", () => {
  it("is an agent that never started", () => {
    expect(judgeScenario(checkOf(green), contextOf({ agent: { lives: [] } }), []).message).toBe("the agent was never started");
    const agent = { lives: [{}], unstartable: { ...at(3), problem: "no such file" } };
    expect(judgeScenario(checkOf(green), contextOf({ agent }), [])).toMatchObject({
      verdict: "not-testable",
      message: "the agent could not be started: no such file",
      evidence: [{ seq: 3, note: "no such file" }],
    });
  });

  it("is what nobody saw delivered, for those that read it", () => {
    const unseen = contextOf({ unseen: true });
    expect(judgeScenario(checkOf(green, { readsDelivery: true }), unseen, []).verdict).toBe("not-testable");
    expect(judgeScenario(checkOf(green), unseen, [])).toBe(green);
    expect(judgeScenario(checkOf(green, { readsDelivery: true }), contextOf({}), [])).toBe(green);
  });

  it("is content that cannot be read, for those that read it", () => {
    const unreadable = (code: string) => [{ entry: 4, reading: { findings: [{ code, problem: "it is gzip" }] } }];
    const torn = contextOf({ unreadable: unreadable("not-zlib") });
    const reads = (id: string) => checkOf(failing(20), { id, readsContent: true });
    expect(judgeScenario(reads("KAS-SNAP-1"), torn, [])).toMatchObject({
      verdict: "not-testable",
      message: expect.stringContaining(
        "because of KAS-ENC-1: request seq 15 (call 2, version 7), entry 4 cannot be read",
      ) as string,
      evidence: [{ seq: 15, note: expect.stringContaining("it is gzip") as string }],
    });
    expect(judgeScenario(reads("KAS-ENC-1"), torn, []).verdict).toBe("fail");
    expect(judgeScenario(checkOf(green), torn, [])).toBe(green);
    expect(judgeScenario(reads("KAS-SNAP-1"), contextOf({}), []).verdict).toBe("fail");
  });
});
