import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import type { CheckContext } from "./check.ts";
import { underMessageLimit } from "./scale.ts";
import { createStory, type TenantStory } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, type Placed, typeNames, versionInfo } from "./testing/world.ts";

const NAME = "large-cluster";
const PODS = filling.filter(({ resource }) => resource === "pods").length;

interface Act {
  /** How large the profile wants the cluster. Default: as it is. */
  readonly pods?: number;
  /** Milliseconds from the start to the first request. Default 5 s. */
  readonly afterMs?: number;
  readonly leavesOut?: (placed: Placed) => boolean;
  /** The server refuses the request unread. */
  readonly tooLarge?: boolean;
  readonly silent?: boolean;
  /** Default: one that serves one service. */
  readonly target?: string;
  /** Default: that of the agent's calls. */
  readonly refused?: { readonly path?: string; readonly code?: number };
  /** The profile wants no size. */
  readonly unsized?: boolean;
}

function judge(act: Act) {
  const { pods = PODS, afterMs = 5_000, leavesOut = () => false, tooLarge = false, silent = false, unsized = false } = act;
  const size = unsized ? {} : { scale: { pods, nodes: 1 } };
  const target = act.target === undefined ? {} : { target: act.target };
  const story = createStory({ profiles: ["scale"], scenarios: [NAME], ...size, ...target });
  const tenant: TenantStory = story.tenant(NAME);
  story.run("scenario-started", { scenario: NAME }, NAME);
  tenant.fill(filling);
  tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
  story.wait(100);
  for (const resource of Object.keys(typeNames)) tenant.list(resource);
  story.wait(afterMs - 100);
  const { path = "/agent.Synchronizer/KubernetesAPISync", code = 8 } = act.refused ?? {};
  const details = "grpc: received message larger than max (105906176 vs. 104857600)";
  if (tooLarge) tenant.line("rpc", "answer", { call: 1, code, details, path, peer: "127.0.0.1:9" });
  else if (!silent) {
    const sent = filling.filter((placed) => typeNames[placed.resource] !== undefined && !leavesOut(placed));
    const entries = sent.map(({ resource, object }) => entryOf(typeNames[resource] ?? "", object));
    tenant.sync({ clusterId: tenant.clusterId, version: 1n, agentId: 7 }, [entryOf("*version.Info", versionInfo), ...entries]);
  }
  story.wait(1_000);
  tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
  tenant.line("agent", "exited", { life: 1, code: 0, signal: null });
  story.run("scenario-ended", { scenario: NAME }, NAME);
  story.run("run-ended");
  const { checks } = judgeTranscript(story.lines());
  return { limit: checks.find(({ id }) => id === "KAS-SCALE-1"), time: checks.find(({ id }) => id === "KAS-SCALE-2") };
}

describe("KAS-SCALE-1 and KAS-SCALE-2", () => {
  it("pass an agent whose first snapshot is whole, small and in time", () => {
    const { limit, time } = judge({});
    expect([limit?.verdict, time?.verdict]).toEqual(["pass", "pass"]);
    expect(time?.message).toContain(`${PODS} pods`);
  });

  it("fail a request beyond the limit once, which the server never reads", () => {
    const { limit, time } = judge({ tooLarge: true });
    expect(limit).toMatchObject({ verdict: "fail" });
    expect(limit?.message).toContain("105906176");
    expect(time).toMatchObject({ verdict: "not-testable", message: expect.stringContaining("KAS-SCALE-1") as string });
  });

  it("fail such a request on either of two services", () => {
    for (const service of ["trident", "agent"]) {
      const path = `/${service}.Synchronizer/KubernetesAPISync`;
      expect(judge({ target: "v6.6.9", tooLarge: true, refused: { path } }).limit).toMatchObject({ verdict: "fail" });
    }
  });

  it.each<[string, Act["refused"]]>([
    ["on a service that the target does not serve", { path: "/trident.Synchronizer/KubernetesAPISync" }],
    ["for another reason", { code: 3 }],
  ])("blame nobody for a request that is refused unread %s", (_name, refused) => {
    expect(judge({ tooLarge: true, ...(refused && { refused }) }).limit).toMatchObject({ verdict: "not-testable" });
  });

  it.each([
    [104_857_600, "pass"],
    [104_857_601, "fail"],
  ])("take a request of %i bytes for a %s", (byteLength, verdict) => {
    const call = { seq: 4, t: 40, call: 2, version: 7n, byteLength, entriesHash: "a", entries: [] };
    const context = { oracle: { calls: [call], accepted: [call] }, scenario: { refusedCalls: [] } };
    expect(underMessageLimit.run(context as unknown as CheckContext).verdict).toBe(verdict);
  });

  it.each<[string, Act, string]>([
    ["comes too late", { afterMs: 61_000 }, "61 s after the start"],
    ["never comes", { silent: true, afterMs: 61_000 }, "none was accepted"],
    ["lacks a pod", { leavesOut: ({ resource }) => resource === "pods" }, "is missing"],
  ])("fail a first snapshot that %s", (_name, act, text) => {
    const { time } = judge(act);
    expect(time).toMatchObject({ verdict: "fail" });
    expect(time?.message).toContain(text);
  });

  it.each<[string, Act, string]>([
    ["the cluster is smaller than the profile wants it", { pods: PODS + 1 }, "the profile wants"],
    ["the profile wants no size", { unsized: true }, "the profile wants"],
    ["the agent was not observed for long enough", { silent: true }, "not observed for long enough"],
  ])("leave open where %s", (_name, act, text) => {
    const { time } = judge(act);
    expect(time).toMatchObject({ verdict: "not-testable" });
    expect(time?.message).toContain(text);
  });
});
