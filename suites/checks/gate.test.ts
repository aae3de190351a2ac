import { describe, expect, it } from "vitest";
import { mutants } from "../../agents/index.ts";
import { judgeTranscript } from "../judge.ts";
import { requirements } from "../requirements/index.ts";
import { scenarios } from "../scenarios/index.ts";
import { checks, findCheck } from "./registry.ts";
import { play, type Quirks } from "./testing/play.ts";
import { createStory } from "./testing/story.ts";
import { filling } from "./testing/world.ts";

const verdicts = (quirks: Quirks) => {
  const results = judgeTranscript(play(quirks));
  const of = (verdict: string) => results.checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
  return {
    results,
    passes: of("pass"),
    fails: of("fail"),
    open: results.checks.filter(({ verdict }) => verdict === "not-testable"),
  };
};

describe("an agent of which nothing was accepted", () => {
  it.each([
    ["is silent", { uploads: "nothing" }, "KAS-LIFE-1"],
    ["only heartbeats", { uploads: "never" }, "KAS-LIFE-1"],
    ["calls the wrong service", { service: "trident" }, "KAS-CONN-1"],
    ["has no cluster_id", { envelope: (e) => ({ ...e, clusterId: "" }) }, "KAS-ENV-1"],
    ["has an unknown team", { envelope: (e) => ({ ...e, teamId: "t" }) }, "KAS-ENV-5"],
    ["has version 0", { envelope: (e) => ({ ...e, version: 0n }) }, "KAS-VER-1"],
  ] satisfies [string, Quirks, string][])("passes nothing when it %s, and the rest names the cause", (_name, quirks, cause) => {
    const { passes, fails, open } = verdicts(quirks);
    expect(passes).toEqual([]);
    expect(fails).toContain(cause);
    expect(open.length).toBeGreaterThan(30);
    for (const { message } of open) expect(message).toContain(cause);
  });

  it("passes nothing when it crashes at start, and the run says that nothing was ever heard", () => {
    const story = createStory();
    for (const { name } of story.plan.scenarios) {
      story.run("scenario-started", { scenario: name }, name);
      const tenant = story.tenant(name);
      tenant.fill(filling);
      tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
      story.wait(300);
      tenant.line("agent", "exited", { life: 1, code: 2, signal: null });
      story.run("scenario-ended", { scenario: name, aborted: "the agent ended" }, name);
    }
    story.run("run-ended");
    const results = judgeTranscript(story.lines());
    expect(results.counts.pass).toBe(0);
    expect(results.exitCode).toBe(3);
    expect(results.checks.find(({ id }) => id === "KAS-LIFE-1")).toMatchObject({
      verdict: "fail",
      message: expect.stringContaining("exit code 2") as string,
    });
  });

  it("blames nobody where the agent could not be started", () => {
    const story = createStory({ scenarios: ["first-snapshot"], only: ["KAS-LIFE-*", "KAS-CONN-1"] });
    story.run("scenario-started", { scenario: "first-snapshot" }, "first-snapshot");
    story.tenant("first-snapshot").line("agent", "unstartable", { problem: "no such file: ./agent" });
    story.run("scenario-ended", { scenario: "first-snapshot" }, "first-snapshot");
    story.run("run-ended");
    const results = judgeTranscript(story.lines());
    expect(results.checks.map(({ verdict }) => verdict)).toEqual([
      "not-testable",
      "not-testable",
      "not-testable",
      "not-testable",
    ]);
    expect(results.checks[0]?.message).toContain("no such file: ./agent");
    expect(results.exitCode).toBe(3);
  });
});

describe("unreadable content", () => {
  it("leaves open what depends on it, names the requirement to blame, and judges the rest", () => {
    const { results } = verdicts({
      entries: (entries) => entries.map((entry) => ({ ...entry, compressed: Buffer.from("nonsense") })),
    });
    const by = (id: string) => results.checks.find((check) => check.id === id);
    expect(by("KAS-SNAP-1")).toMatchObject({ verdict: "not-testable", message: expect.stringContaining("KAS-ENC-1") as string });
    expect(by("KAS-OBJ-12")?.verdict).toBe("not-testable");
    expect(by("KAS-VER-3")?.verdict).toBe("pass");
  });
});

describe("trouble that is not the agent's", () => {
  const withTrouble = (at: "begin" | "end", blame: string) => {
    const lines = play({}, { scenarios: ["first-snapshot"], only: ["KAS-CONN-1", "KAS-SNAP-1"] });
    const seq = at === "begin" ? 2 : lines.at(-1)!.seq - 1;
    const trouble = {
      seq,
      t: 0,
      tenant: "first-snapshot",
      side: "run" as const,
      kind: "trouble",
      blame,
      text: "the disk is full",
    };
    return judgeTranscript([...lines, trouble]);
  };

  it("leaves open what was not settled before it", () => {
    const results = withTrouble("begin", "environment");
    expect(results.checks.map(({ verdict }) => verdict)).toEqual(["not-testable", "not-testable"]);
    expect(results.checks[0]?.message).toBe("the environment failed: the disk is full");
    expect(results.exitCode).toBe(4);
  });

  it("lets stand what was, and exits as the harness's fault all the same", () => {
    const results = withTrouble("end", "harness");
    expect(results.checks.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
    expect(results.exitCode).toBe(70);
  });
});

describe("a fault that was scripted and never fired", () => {
  it("leaves nothing green in its scenario", () => {
    const lines = play({}, { scenarios: ["first-snapshot"], only: ["KAS-CONN-1"] });
    const fault = {
      seq: 2,
      t: 0,
      tenant: "first-snapshot",
      side: "rpc" as const,
      kind: "fault",
      fault: "third call hangs",
      event: "scripted",
    };
    const results = judgeTranscript([...lines, fault]);
    expect(results.checks[0]).toMatchObject({
      verdict: "not-testable",
      message: 'the fault "third call hangs" was scripted and never fired',
    });
    expect(results.faults).toEqual([{ scripted: "third call hangs", fired: false, scenario: "first-snapshot", hits: 0 }]);
    expect(results.exitCode).toBe(2);
    expect(judgeTranscript([...lines, fault, { ...fault, event: "fired" }]).exitCode).toBe(0);
  });
});

describe("every judged requirement", () => {
  const judged = requirements.filter((requirement) => requirement.judged);
  const scenarioNames = scenarios.map(({ name }) => name);
  const mutantNames = mutants.map(({ name }) => name);

  it("has a check, and no check is of an unknown requirement", () => {
    expect(judged.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort());
    expect(new Set(checks).size).toBe(new Set(checks.map(({ id }) => id)).size);
  });

  it.each(judged)("$id names scenarios that exist and mutants that break it", ({ id, scenarios: named, mutants: breaking }) => {
    expect(findCheck(id)?.id).toBe(id);
    expect(named.filter((name) => !scenarioNames.includes(name))).toEqual([]);
    expect(breaking.filter((name) => !mutantNames.includes(name))).toEqual([]);
  });

  it("is declared by the mutants that it names, and by no others", () => {
    const declared = mutants.flatMap(({ name, fails }) => fails.map((id) => `${id} ${name}`)).sort();
    const named = judged.flatMap(({ id, mutants: breaking }) => breaking.map((name) => `${id} ${name}`)).sort();
    expect(named).toEqual(declared);
  });
});
