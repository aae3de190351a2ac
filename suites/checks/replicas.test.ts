import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { createStory, type TenantStory } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, typeNames, versionInfo } from "./testing/world.ts";

const NAME = "replicas";

/** Two agents, of which the story knows who sends what. */
interface Replicas {
  readonly send: (replica: 1 | 2, full?: boolean) => void;
  /** SIGKILL. */
  readonly kill: (replica: 1 | 2) => void;
  readonly wait: (milliseconds: number) => void;
}

function judge(act: (replicas: Replicas) => void) {
  const story = createStory({ profiles: ["restricted"], features: ["ha"], scenarios: [NAME], only: ["LIFE-6"] });
  const tenant: TenantStory = story.tenant(NAME);
  const objects = filling.flatMap(({ resource, object }) => (typeNames[resource] ? [entryOf(typeNames[resource], object)] : []));
  story.run("scenario-started", { scenario: NAME }, NAME);
  tenant.fill(filling);
  for (const life of [1, 2]) tenant.line("agent", "started", { life, pid: life, command: ["agent"] });
  story.wait(500);
  act({
    send(replica, full = false) {
      const envelope = { clusterId: tenant.clusterId, version: BigInt(replica), agentId: 7 };
      // The story writes all calls from one peer, which belongs to whoever was recorded last.
      tenant.line("run", "party", { party: `replica-${replica}`, peer: PEER });
      tenant.sync(envelope, full ? [entryOf("*version.Info", versionInfo), ...objects] : []);
    },
    kill(replica) {
      tenant.line("agent", "signalled", { life: replica, signal: "SIGKILL" });
      tenant.line("agent", "exited", { life: replica, code: null, signal: "SIGKILL" });
    },
    wait: (milliseconds) => story.wait(milliseconds),
  });
  tenant.line("run", "step", { step: "stop-agent", event: "began" });
  story.run("scenario-ended", { scenario: NAME }, NAME);
  story.run("run-ended");
  return judgeTranscript(story.lines()).checks[0];
}

const PEER = "127.0.0.1:9";

function beats({ send, wait }: Replicas, replica: 1 | 2, times: number): void {
  for (let beat = 0; beat < times; beat += 1) {
    wait(1_000);
    send(replica);
  }
}

/** Uploads everything, and heartbeats so often. */
function leads(replicas: Replicas, replica: 1 | 2, times: number): void {
  replicas.send(replica, true);
  beats(replicas, replica, times);
}

/** One was silent for long enough, and the other heartbeats. */
function handsOver(replicas: Replicas, to: 1 | 2): void {
  replicas.wait(5_000);
  beats(replicas, to, 2);
}

/** The one is killed, and the other uploads everything. */
function takesOver(replicas: Replicas, replica: 1 | 2, after = 0): void {
  replicas.kill(replica === 1 ? 2 : 1);
  replicas.wait(after);
  replicas.send(replica, true);
}

describe("KAS-LIFE-6", () => {
  it.each<[string, (replicas: Replicas) => void]>([
    ["one uploads until it is killed, and then the other", (r) => (leads(r, 1, 5), takesOver(r, 2, 6_000), beats(r, 2, 3))],
    [
      "the one that started later leads, and hands over twice",
      (r) => (leads(r, 2, 3), handsOver(r, 1), handsOver(r, 2), takesOver(r, 1, 4_000)),
    ],
    [
      "the one to which it was handed over is killed, and the first takes over",
      (r) => (leads(r, 1, 2), handsOver(r, 2), takesOver(r, 1, 4_000)),
    ],
  ])("passes where %s", (_name, act) => {
    expect(judge(act)).toMatchObject({ id: "KAS-LIFE-6", verdict: "pass" });
  });

  it.each<[string, (replicas: Replicas) => void, string]>([
    [
      "both upload",
      (r) => {
        r.send(1, true);
        r.send(2, true);
        for (let beat = 0; beat < 3; beat += 1) {
          beats(r, 1, 1);
          r.send(2);
        }
        r.kill(2);
        beats(r, 1, 3);
      },
      "several replicas",
    ],
    [
      "the other heartbeats while it waits",
      (r) => (leads(r, 1, 1), r.send(2), beats(r, 1, 2), takesOver(r, 2)),
      "between two of replica 1",
    ],
    ["nobody takes over", (r) => (leads(r, 1, 3), r.kill(1), r.wait(31_000)), "no replica uploads any more"],
    [
      "the other heartbeats once, amid many of the one that leads",
      (r) => (leads(r, 1, 5), r.send(2), beats(r, 1, 5), takesOver(r, 2)),
      "between two of replica 1",
    ],
    [
      "nobody takes over, though a request of the one that was killed still comes in",
      (r) => (leads(r, 1, 3), r.kill(1), r.send(1), r.wait(31_000)),
      "no replica uploads any more",
    ],
  ])("fails where %s", (_name, act, text) => {
    const check = judge(act);
    expect(check).toMatchObject({ verdict: "fail" });
    expect(check?.message).toContain(text);
  });

  it.each<[string, (replicas: Replicas) => void, string]>([
    ["nobody was killed", (r) => leads(r, 1, 3), "was never killed"],
    [
      "nobody looked for long enough afterwards",
      (r) => (leads(r, 1, 3), r.kill(1), r.wait(2_000)),
      "not observed for long enough",
    ],
    ["one was killed that was never heard of", (r) => takesOver(r, 2), "not observed for long enough"],
  ])("is open where %s", (_name, act, text) => {
    expect(judge(act)).toMatchObject({ verdict: "not-testable", message: expect.stringContaining(text) as string });
  });
});
