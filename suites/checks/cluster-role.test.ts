import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import { named, relabelled } from "./testing/api-actor.ts";
import { createStory, type TenantStory, uidOf } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, namespace, type Placed, typeNames, versionInfo } from "./testing/world.ts";

const NAME = "cluster-role";

/** The same object with a field that no server reads. */
const unread = (placed: Placed): Placed => ({ ...placed, object: { ...placed.object, apiVersion: "v1" } });

const isGranted = ({ object }: Placed) => (object["metadata"] as { readonly name: string }).name === "granted";

interface Act {
  /** Resources of which list and watch are refused. */
  readonly refused?: readonly string[];
  /** Resources of which nothing but watch is refused. */
  readonly unwatched?: readonly string[];
  readonly errorMsg?: string;
  /** That of its last request alone. */
  readonly errorMsgAtLast?: string;
  /** For how long it is observed where it uploads nothing, milliseconds. */
  readonly observedMs?: number;
  /** The record ends before it leaves. */
  readonly stays?: boolean;
  readonly uploads?: boolean;
  readonly leavesOut?: (placed: Placed) => boolean;
  /** In its last snapshot alone. */
  readonly leavesOutAtLast?: (placed: Placed) => boolean;
  /** What happens besides in the cluster before its last snapshot. */
  readonly also?: readonly (readonly ["modified" | "deleted", Placed])[];
  /** From its last request to its end, milliseconds. */
  readonly endMs?: number;
  /** It keeps what was deleted. */
  readonly keeps?: boolean;
  /** It has from elsewhere what it may not list, and is given nothing but what is no resource. */
  readonly knowsAll?: boolean;
}

function judge(act: Act) {
  const { refused = [], unwatched = [], errorMsg = "", errorMsgAtLast = errorMsg, uploads = true } = act;
  const {
    also = [],
    endMs = 6_000,
    keeps = false,
    leavesOut = () => false,
    observedMs = 31_000,
    stays = false,
    knowsAll = false,
  } = act;
  const { leavesOutAtLast = leavesOut } = act;
  const story = createStory({ profiles: ["restricted"], scenarios: [NAME], only: ["CFG-3"] });
  const tenant: TenantStory = story.tenant(NAME);
  const state: Placed[] = [];
  let requests = 1000;
  const forbid = (verb: string, resource: string) => {
    const req = (requests += 1);
    tenant.line("api", "request", { req, method: "GET", verb, path: `/api/v1/${resource}`, resource, protocol: "HTTP/2" });
    tenant.line("api", "end", { req, status: 403, reason: "complete" });
  };
  const send = (version: bigint, full: boolean, errorMsg: string, without = leavesOut) => {
    const entries = state
      .filter((placed) => !without(placed))
      .map(({ resource, object }) => entryOf(typeNames[resource] ?? "", object));
    const envelope = { clusterId: tenant.clusterId, version, agentId: 7, errorMsg };
    tenant.sync(envelope, full ? [entryOf("*version.Info", versionInfo), ...entries] : []);
  };
  story.run("scenario-started", { scenario: NAME }, NAME);
  tenant.fill(filling);
  story.wait(10);
  tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
  story.wait(10);
  for (const resource of Object.keys(typeNames)) {
    if (refused.includes(resource)) {
      forbid("list", resource);
      if (knowsAll) state.push(...filling.filter((placed) => placed.resource === resource));
      continue;
    }
    for (const object of tenant.list(resource)) state.push({ resource, object });
    if (unwatched.includes(resource)) forbid("watch", resource);
    else tenant.watch(resource);
  }
  if (knowsAll) {
    const req = (requests += 1);
    tenant.line("api", "request", { req, method: "GET", verb: "get", path: "/version", protocol: "HTTP/2" });
    tenant.line("api", "end", { req, status: 200, reason: "complete" });
  }
  story.wait(100);
  if (uploads) {
    send(1n, true, errorMsg);
    story.wait(1_000);
    const granted = namespace("granted");
    tenant.commit("created", granted);
    if (!unwatched.includes("namespaces")) state.push(granted);
    for (const [change, placed] of also) {
      tenant.commit(change, placed);
      const index = state.findIndex(({ object }) => uidOf(object) === uidOf(placed.object));
      if (!keeps) state.splice(index, 1, ...(change === "deleted" ? [] : [placed]));
    }
    story.wait(1_000);
    send(unwatched.includes("namespaces") ? 1n : 2n, !unwatched.includes("namespaces"), errorMsgAtLast, leavesOutAtLast);
    story.wait(endMs);
  } else story.wait(observedMs);
  if (!stays) {
    tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
    tenant.line("agent", "exited", { life: 1, code: 0, signal: null });
  }
  story.run("scenario-ended", { scenario: NAME }, NAME);
  story.run("run-ended");
  return judgeTranscript(story.lines()).checks.find(({ id }) => id === "KAS-CFG-3");
}

describe("KAS-CFG-3", () => {
  it("passes an agent that works, and one that does without what it was refused", () => {
    expect(judge({})).toMatchObject({ id: "KAS-CFG-3", verdict: "pass" });
    const without = judge({ refused: ["ingresses.networking.k8s.io"] });
    expect(without).toMatchObject({ verdict: "pass" });
    expect(without?.message).toContain("list ingresses.networking.k8s.io");
    // What is late is KAS-SNAP-5's.
    expect(judge({ leavesOutAtLast: isGranted })).toMatchObject({ verdict: "pass" });
  });

  it.each<[string, Act]>([
    ["nothing changes that a server reads", { unwatched: ["nodes"], also: [["modified", unread(named("node-1"))]] }],
    ["a change shows in time", { unwatched: ["nodes"], also: [["modified", relabelled(named("node-1"), "new")]] }],
    ["another kind changes and does not show", { unwatched: ["nodes"], leavesOutAtLast: isGranted }],
    ["nothing shows yet", { unwatched: ["namespaces"], endMs: 3_000 }],
    ["something is deleted", { unwatched: ["pods"], also: [["deleted", named("ledger-0")]] }],
  ])("passes an agent that may list and not watch, and lists again, where %s", (_name, act) => {
    expect(judge(act)).toMatchObject({ verdict: "pass" });
  });

  it.each<[string, Act, readonly string[]]>([
    [
      "uploads nothing, since a list is refused",
      { refused: ["pods"], uploads: false },
      ["list pods was refused with 403", "no snapshot"],
    ],
    ["uploads nothing until it leaves", { refused: ["pods"], uploads: false, observedMs: 2_000 }, ["no snapshot"]],
    ["uploads nothing for long, and stays", { refused: ["pods"], uploads: false, stays: true }, ["no snapshot"]],
    [
      "freezes the cluster later on",
      { refused: ["ingresses.networking.k8s.io"], errorMsgAtLast: "forbidden" },
      ["error_msg", "forbidden"],
    ],
    [
      "lacks a kind that the server needs",
      { refused: ["replicasets.apps"] },
      ["list replicasets.apps", "web-7d4b9c6f5 is missing"],
    ],
    [
      "lacks one of the kinds that it may not list",
      { refused: ["replicasets.apps", "ingresses.networking.k8s.io"] },
      ["list replicasets.apps", "list ingresses.networking.k8s.io", "web-7d4b9c6f5 is missing"],
    ],
    ["may list and not watch", { unwatched: ["namespaces"] }, ["watch namespaces", "never showed"]],
    [
      "may list and not watch, and keeps what was deleted",
      { unwatched: ["pods"], also: [["deleted", named("ledger-0")]], keeps: true },
      ["watch pods", "pods ops/ledger-0 was deleted, and never showed"],
    ],
    ["may list and not watch two kinds", { unwatched: ["nodes", "namespaces"] }, ["watch namespaces", "never showed"]],
    ["freezes the cluster by its error_msg", { refused: ["ingresses.networking.k8s.io"], errorMsg: "forbidden" }, ["error_msg"]],
  ])("fails an agent that %s", (_name, act, texts) => {
    const check = judge(act);
    expect(check?.message).toSatisfy((message: string) => texts.every((text) => message.includes(text)));
    expect(check).toMatchObject({ verdict: "fail" });
  });

  it.each<[string, Act, string]>([
    ["uploads nothing though nothing was refused", { uploads: false }, "KAS-LIFE-1"],
    [
      "uploads nothing, and is not observed for long",
      { refused: ["pods"], uploads: false, observedMs: 2_000, stays: true },
      "not observed for long enough",
    ],
    [
      "leaves out what it may list, and may not list another kind",
      {
        refused: ["ingresses.networking.k8s.io"],
        leavesOut: ({ object }) => (object["metadata"] as { name: string }).name === "ledger-0",
      },
      "KAS-SNAP-1",
    ],
    [
      "leaves out what it may list",
      { leavesOut: ({ object }) => (object["metadata"] as { name: string }).name === "ledger-0" },
      "KAS-SNAP-1",
    ],
    [
      "leaves out in the end what it may list",
      { leavesOutAtLast: ({ object }) => (object["metadata"] as { name: string }).name === "ledger-0" },
      "KAS-SNAP-1",
    ],
    ["is refused all that it uploads", { refused: Object.keys(typeNames), knowsAll: true }, "given nothing"],
  ])("blames others where the agent %s", (_name, act, text) => {
    const check = judge(act);
    expect(check).toMatchObject({ verdict: "not-testable" });
    expect(check?.message).toContain(text);
  });
});
