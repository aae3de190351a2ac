import { describe, expect, it } from "vitest";
import { play, type Quirks } from "../checks/testing/play.ts";
import { createStory } from "../checks/testing/story.ts";
import { entryOf } from "../checks/testing/wire.ts";
import { meta } from "../checks/testing/world.ts";
import { judgeTranscript } from "../judge.ts";
import type { FailureContext } from "../results.ts";

function contextOf(quirks: Quirks, id: string): FailureContext {
  const check = judgeTranscript(play(quirks)).checks.find((row) => row.id === id);
  const context = check?.scenarios.find((row) => row.verdict === "fail")?.context;
  if (context === undefined) throw new Error(`${id}: ${check?.verdict}, without a context`);
  return context;
}
const textOf = ({ timeline }: FailureContext) => timeline.map(({ text, cited }) => `${cited ? "> " : ""}${text}`).join("\n");
const happeningsIn = (context?: FailureContext) => (context === undefined ? [] : textOf(context).split("\n"));
const nameOf = (object: Readonly<Record<string, unknown>>) => (object["metadata"] as Readonly<Record<string, unknown>>)["name"];

describe("what happened around a failure", () => {
  it("names the object that is missing, the request, and how many there are on both sides", () => {
    const without: Quirks = { objects: (all) => all.filter(({ object }) => nameOf(object) !== "ledger-0") };
    const context = contextOf(without, "KAS-SNAP-1");
    expect(context.snapshot?.kinds).toEqual([
      {
        resource: "pods",
        cluster: expect.any(Number) as number,
        snapshot: expect.any(Number) as number,
        missing: ["ops/ledger-0"],
        extra: [],
      },
    ]);
    expect(context.snapshot?.unsent).toEqual(["configmaps (1)"]);
    const [pods] = context.snapshot?.kinds ?? [];
    expect(pods!.cluster - pods!.snapshot).toBe(1);
    expect(textOf(context)).toMatch(
      /> KubernetesAPISync call 1: version \d+, \d+ entries, \d+ bytes; answered with version \d+ by row 6, stored/,
    );
    expect(textOf(context)).toMatch(/> the cluster is filled, with \d+ pods among it/);
  });

  it("shows the deletion, and what the snapshot still holds", () => {
    const context = contextOf({ ignores: (change) => change === "deleted" }, "KAS-SNAP-3");
    expect(textOf(context)).toMatch(/> the cluster: \w+ \S+ is deleted/);
    expect(context.snapshot?.kinds.some(({ extra, missing }) => extra.length > 0 && missing.length === 0)).toBe(true);
  });

  it("says what became of the requests", () => {
    expect(textOf(contextOf({ version: () => 10n }, "KAS-VER-2"))).toContain(
      "by row 8, the entries are thrown away and the old state is kept",
    );
    const ignored = textOf(contextOf({ echo: "ignored" }, "KAS-ECHO-1"));
    expect(ignored).toContain("the server forgets everything");
    expect(ignored).toMatch(/> KubernetesAPISync call \d+: version \d+, no entries; answered with version 0 by row 5/);
  });

  it("is in order, marks what the failure names, and is bounded however much that is", () => {
    const invented = Array.from({ length: 9 }, (_, index) =>
      entryOf("*v1.ConfigMap", { metadata: meta("configmaps", "ops", `j${index}`) }),
    );
    const { timeline, snapshot } = contextOf({ entries: (all) => [...all, ...invented] }, "KAS-SNAP-4");
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(timeline.some(({ cited }) => cited)).toBe(true);
    expect(timeline.length).toBeLessThanOrEqual(14);
    expect(snapshot?.kinds).toMatchObject([
      { resource: "configmaps", extra: ["ops/j0", "ops/j1", "ops/j2", "ops/j3", "ops/j4", "and 4 more"] },
    ]);
  });

  it.each([
    ["the last line of an agent that ends by itself", undefined, "> the agent ends (code 1); its last line: KeyError: 'SERVER'"],
    ["nothing of one that is told to", "SIGTERM", "the agent ends (code 1)"],
  ])("tells %s", (_name, signal, told) => {
    const scenario = "first-snapshot";
    const story = createStory({ scenarios: [scenario], only: ["KAS-LIFE-1"] });
    const tenant = story.tenant(scenario);
    story.run("scenario-started", { scenario }, scenario);
    tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
    story.wait(31_000);
    if (signal !== undefined) tenant.line("agent", "signalled", { life: 1, signal });
    tenant.line("agent", "output", { stream: "stderr", text: "Traceback:\nKeyErr" });
    tenant.line("agent", "exited", { life: 1, code: 1, signal: null });
    // A pipe is read to its end after that of the process.
    tenant.line("agent", "output", { stream: "stderr", text: "or: 'SERVER'\n\n" });
    story.run("scenario-ended", { scenario }, scenario);
    story.run("run-ended");
    const failed = judgeTranscript(story.lines()).checks[0]?.scenarios[0];
    const texts = happeningsIn(failed?.context);
    expect(texts.at(-1)).toBe(told);
  });

  it("shows calls of other methods, and what became of them", () => {
    const scenario = "first-snapshot";
    const story = createStory({ scenarios: [scenario], only: ["KAS-LIFE-1"] });
    const tenant = story.tenant(scenario);
    story.run("scenario-started", { scenario }, scenario);
    tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
    tenant.line("rpc", "request", { call: 1, path: "/agent.Synchronizer/Push", peer: "192.0.2.77:1", frame: [] });
    tenant.line("rpc", "answer", { call: 1, code: 12 });
    story.wait(31_000);
    story.run("scenario-ended", { scenario }, scenario);
    story.run("run-ended");
    const failed = judgeTranscript(story.lines()).checks[0]?.scenarios[0];
    expect(happeningsIn(failed?.context)).toEqual([
      "the agent starts",
      "> call 1 of /agent.Synchronizer/Push; answered with gRPC status 12 UNIMPLEMENTED",
    ]);
  });

  it("has nothing to say of what did not fail, and no kinds where the snapshot cannot be read", () => {
    const green = judgeTranscript(play()).checks.flatMap(({ scenarios }) => scenarios);
    expect(green.filter(({ context }) => context !== undefined)).toEqual([]);
    const broken: Quirks = { entries: (all) => all.map((entry) => ({ ...entry, compressed: Buffer.from("{}") })) };
    expect(contextOf(broken, "KAS-ENC-1").snapshot).toBeUndefined();
  });
});
