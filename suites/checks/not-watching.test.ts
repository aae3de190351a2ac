import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import type { Check, ControlledCheck } from "./check.ts";
import { createStory, type TenantStory } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, typeNames, versionInfo } from "./testing/world.ts";
import { passByControl } from "./verdict.ts";

const NAME = "not-watching";

interface Act {
  /** The control run uploads. Default true. */
  readonly control?: boolean;
  /** What the agent does when it was told not to watch. */
  readonly told?: (tenant: TenantStory) => void;
  /** How long it is observed then, milliseconds. Default 6 s. */
  readonly observedMs?: number;
  readonly leaves?: number;
  /** After how long the control run asks for anything, milliseconds. Default 900. */
  readonly asksAfterMs?: number;
}

function upload(tenant: TenantStory): void {
  const objects = filling.flatMap(({ resource, object }) => (typeNames[resource] ? [entryOf(typeNames[resource], object)] : []));
  tenant.sync({ clusterId: tenant.clusterId, version: 1n, agentId: 7 }, [entryOf("*version.Info", versionInfo), ...objects]);
}

function judge({ control = true, told = () => {}, observedMs = 6_000, leaves, asksAfterMs = 900 }: Act) {
  const story = createStory({ profiles: ["restricted"], features: ["no-watch"], scenarios: [NAME], only: ["CFG-4"] });
  const tenant = story.tenant(NAME);
  const step = (event: string, note?: string) =>
    tenant.line("run", "step", { step: "start-agent", event, ...(note && { note }) });
  story.run("scenario-started", { scenario: NAME }, NAME);
  tenant.fill(filling);
  story.wait(10_000);
  step("began");
  tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
  story.wait(asksAfterMs);
  tenant.list("pods");
  story.wait(100);
  if (control) upload(tenant);
  tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
  tenant.line("agent", "exited", { life: 1, code: 0, signal: null });
  step("began", "not-to-watch");
  tenant.line("agent", "started", { life: 2, pid: 2, command: ["agent", "--no-watch"] });
  story.wait(500);
  told(tenant);
  story.wait(observedMs);
  if (leaves === undefined) tenant.line("agent", "signalled", { life: 2, signal: "SIGTERM" });
  tenant.line("agent", "exited", { life: 2, code: leaves ?? 0, signal: null });
  story.run("scenario-ended", { scenario: NAME }, NAME);
  story.run("run-ended");
  return judgeTranscript(story.lines()).checks[0];
}

describe("KAS-CFG-4", () => {
  it("passes by the control run, and names it first", () => {
    const check = judge({});
    expect(check).toMatchObject({ id: "KAS-CFG-4", verdict: "pass" });
    expect(check?.evidence[0]?.note).toContain("control run");
    expect(check?.message).toContain("silent for 6.5 s");
  });

  it.each<[string, Act, string]>([
    ["uploads", { told: upload }, "was sent"],
    ["lists", { told: (tenant) => void tenant.list("pods") }, "list"],
    ["asks for the version", { told: (tenant) => tenant.request("get", "GET", "/version") }, "get /version"],
  ])("fails an agent that %s though it was told not to watch", (_name, act, text) => {
    const check = judge(act);
    expect(check).toMatchObject({ verdict: "fail" });
    expect(check?.message).toContain(text);
  });

  it.each<[string, Act, string]>([
    ["the control run uploads nothing", { control: false }, "no request was accepted"],
    ["the agent leaves by itself, as one does that does not know the flag", { leaves: 64 }, "exit code 64"],
    ["the control run took longer than that", { asksAfterMs: 4_000, observedMs: 3_000 }, "needed 4.1 s in the control run"],
    ["the agent is not observed for as long as the control run took", { observedMs: 100 }, "observed for"],
  ])("leaves open where %s", (_name, act, text) => {
    const check = judge(act);
    expect(check).toMatchObject({ verdict: "not-testable" });
    expect(check?.message).toContain(text);
  });
});

describe("a pass by a control run", () => {
  const proof = { control: { seq: 1, t: 0 }, precondition: { seq: 2, t: 1 }, outcome: { seq: 3, t: 2 } };

  it("is for this requirement alone, as the types say", () => {
    const run = () => passByControl(proof, "silent");
    const allowed: ControlledCheck = { id: "KAS-CFG-4", readsContent: false, run };
    // @ts-expect-error No other check may pass without an accepted request.
    const forbidden: Check = { id: "KAS-SNAP-1", readsContent: false, run };
    expect([allowed.id, forbidden.id]).toEqual(["KAS-CFG-4", "KAS-SNAP-1"]);
  });

  it("has its control run before the situation, and that before the outcome", () => {
    expect(() => passByControl({ ...proof, control: { seq: 9, t: 9 } }, "")).toThrow("before the control run");
    expect(() => passByControl({ ...proof, outcome: { seq: 1, t: 0 } }, "")).toThrow("before its precondition");
  });
});
