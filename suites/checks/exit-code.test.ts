import { describe, expect, it } from "vitest";
import type { ScenarioHistory } from "../history/types.ts";
import { exitFactsOf } from "./exit-code.ts";

const at = (seq: number) => ({ seq, t: seq * 10 });
const term = { ...at(8), signal: "SIGTERM" };
const runs = { started: at(1), signals: [] };

/** What the record says of a scenario, as far as its exit goes. */
function factsOf(change: Readonly<Record<string, unknown>>) {
  const plain = { agent: { lives: [runs] }, calls: [], otherCalls: [], refusedCalls: [], faults: [], api: { requests: [] } };
  return exitFactsOf({ ...plain, ...change } as unknown as ScenarioHistory);
}

describe("an agent was heard", () => {
  it.each([
    ["by nothing", {}, false],
    ["by a request", { calls: [{}] }, true],
    ["by a call of something else", { otherCalls: [{}] }, true],
    ["by both", { calls: [{}], otherCalls: [{}] }, true],
  ])("%s", (_name, change, heard) => {
    expect(factsOf(change).heard).toBe(heard);
  });
});

describe("an agent is gone", () => {
  const lives = (...each: readonly object[]) => ({ agent: { lives: each } });
  const exited = { ...runs, exited: at(9) };
  it.each<readonly [string, Readonly<Record<string, unknown>>, boolean]>([
    ["that runs", {}, false],
    ["that ended by itself", lives(exited), true],
    ["that was told to", lives({ ...exited, signals: [term] }), false],
    ["that was told to when it had ended", lives({ ...exited, signals: [{ ...term, seq: 10 }] }), true],
    ["that was told to, twice", lives({ ...exited, signals: [term, { ...term, seq: 10 }] }), false],
    ["that runs again", lives(exited, runs), false],
    ["that ended in its second life", lives(runs, exited), true],
    ["that could not be started", { agent: { lives: [], unstartable: { ...at(2), problem: "no such file" } } }, true],
    ["that was not started in a scenario that ended", { ...lives(), ended: at(9) }, true],
    ["that was not started yet", lives(), false],
  ])("%s", (_name, change, gone) => {
    expect(factsOf(change).gone).toBe(gone);
  });
});

describe("a fault never fired", () => {
  const scripted = { fault: JSON.stringify({ fault: "api-stale-list" }), scripted: at(3), hits: [] };
  const streamed = { ...at(7), verb: "watch", resource: "pods", path: "", events: [{ initialEventsEnd: true }], pages: [] };
  it.each<readonly [string, Readonly<Record<string, unknown>>, boolean]>([
    ["where there is none", {}, false],
    ["where it did", { faults: [{ ...scripted, fired: at(4) }] }, false],
    ["where it could", { faults: [{ ...scripted, fired: at(4) }, scripted] }, true],
    ["where it could not", { faults: [scripted], api: { requests: [streamed] } }, false],
  ])("%s", (_name, change, unfired) => {
    expect(factsOf(change).unfired).toBe(unfired);
  });
});
