import { describe, expect, it } from "vitest";
import { judgeTranscript } from "../judge.ts";
import type { KubeObject } from "../history/types.ts";
import { createStory, type StoryOptions, uidOf } from "./testing/story.ts";
import { entryOf } from "./testing/wire.ts";
import { filling, meta, type Placed, pod, typeNames, versionInfo, workload } from "./testing/world.ts";

const TYPES: Readonly<Record<string, string>> = {
  ...typeNames,
  "routes.route.openshift.io": "*v1.Ingress",
  "clonesets.apps.kruise.io": "*v1.CloneSet",
  "statefulsets.apps.kruise.io": "*v1.StatefulSet",
};

const placed = (resource: string, kind: string, name: string): Placed => ({
  resource,
  object: { kind, metadata: meta(resource, "ops", name) },
});
const route = (name: string) => placed("routes.route.openshift.io", "Route", name);
const cloneSet = (name: string) => placed("clonesets.apps.kruise.io", "CloneSet", name);
const kruiseSet = (name: string) => placed("statefulsets.apps.kruise.io", "StatefulSet", name);

/** An agent that uploads what it is let, before and after something is created. */
interface Play {
  readonly environment: "openshift" | "openkruise";
  readonly filled: readonly Placed[];
  readonly created: readonly Placed[];
  readonly uploads: (placed: Placed) => boolean;
  readonly object?: (placed: Placed) => KubeObject;
  /** Until it uploads what was created. Default 1 s. */
  readonly delayMs?: number;
  /** Until its first snapshot. Default 50 ms. */
  readonly firstMs?: number;
  /** It uploads everything once more at the end. */
  readonly again?: boolean;
  /** What was created goes at the end. */
  readonly goes?: boolean;
  /** What was created goes at once, before it can be uploaded. */
  readonly brief?: boolean;
  /** What the cluster does not have of that which every cluster of these tests has. */
  readonly lacks?: (placed: Placed) => boolean;
}

function judge(play: Play, target = "v7.1") {
  const { environment, filled, created, uploads, object = (one) => one.object, delayMs = 1000, goes = false } = play;
  const { brief = false, lacks = () => false, firstMs = 50, again = false } = play;
  const name = `environment-${environment}`;
  const options: StoryOptions = { target, profiles: ["environments"], features: [environment], scenarios: [name] };
  const story = createStory(options);
  const tenant = story.tenant(name);
  const there = besides(filled).filter((one) => !lacks(one));
  const send = (version: bigint, objects: readonly Placed[]) => {
    const entries = objects.filter(uploads).map((one) => entryOf(TYPES[one.resource] ?? "*v1.Unknown", object(one)));
    const envelope = { clusterId: tenant.clusterId, version, agentId: 7, sourceIp: "192.0.2.77" };
    tenant.sync(envelope, [entryOf("*version.Info", versionInfo), ...entries]);
  };

  story.run("scenario-started", { scenario: name }, name);
  tenant.fill(there);
  story.wait(10);
  tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
  for (const resource of new Set(there.map((one) => one.resource))) tenant.list(resource);
  story.wait(firstMs);
  send(1n, there);
  story.wait(1000);
  for (const one of created) tenant.commit("created", one);
  if (brief) for (const one of created) tenant.commit("deleted", one);
  story.wait(delayMs);
  send(2n, brief ? there : [...there, ...created]);
  story.wait(6000);
  if (again) send(2n, [...there, ...created]);
  if (goes) for (const one of created) tenant.commit("deleted", one);
  tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
  tenant.line("agent", "exited", { life: 1, code: 0, signal: null });
  story.run("scenario-ended", { scenario: name }, name);
  story.run("run-ended");
  const results = judgeTranscript(story.lines());
  return results.checks.find(({ verdict }) => verdict !== "not-applicable");
}

/** What every cluster of these tests has, and what this one has besides. */
function besides(filled: readonly Placed[]): readonly Placed[] {
  return [...filling, ...filled];
}

const isIngress = ({ resource }: Placed) => resource.startsWith("ingresses.");
const ingress: Placed = {
  resource: "ingresses.networking.k8s.io",
  object: { kind: "Ingress", metadata: meta("ingresses", "ops", "new") },
};

const oldIngress: Placed = {
  resource: "ingresses.extensions",
  object: { kind: "Ingress", metadata: meta("ingresses", "ops", "old") },
};

const openshift: Play = {
  environment: "openshift",
  filled: [route("front")],
  created: [route("new"), ingress],
  uploads: (one) => !isIngress(one),
};

describe("KAS-CFG-1", () => {
  it.each(["v7.1", "document"])("passes an agent that uploads Routes and no Ingress, on %s", (target) => {
    expect(judge(openshift, target)).toMatchObject({ id: "KAS-CFG-1", verdict: "pass" });
  });

  it.each<[string, Partial<Play>]>([
    ["its first snapshot late", { firstMs: 7000 }],
    ["everything again long after", { again: true }],
  ])("passes an agent that uploads %s", (_name, quirk) => {
    expect(judge({ ...openshift, ...quirk })).toMatchObject({ id: "KAS-CFG-1", verdict: "pass" });
  });

  it.each<[string, Partial<Play>, string]>([
    ["Ingresses and no Routes", { uploads: ({ resource }) => !resource.startsWith("routes.") }, "front is missing"],
    ["neither", { uploads: (one) => !isIngress(one) && !one.resource.startsWith("routes.") }, "front is missing"],
    ["both", { uploads: () => true }, "is one of ingresses.networking.k8s.io"],
    [
      "an Ingress of the old group",
      { created: [route("new"), oldIngress], uploads: (one) => !isIngress(one) || one === oldIngress },
      "is one of ingresses.extensions",
    ],
    ["an Ingress that is new", { uploads: (one) => !isIngress(one) || one === ingress }, "*v1.Ingress ops/new"],
    ["no Route that is new", { uploads: (one) => !isIngress(one) && !uidOf(one.object).endsWith("-new") }, "never came"],
    [
      "no Route that is new, and goes in the end",
      { uploads: (one) => !isIngress(one) && !uidOf(one.object).endsWith("-new"), goes: true },
      "never came",
    ],
    ["new Routes too late", { delayMs: 7000 }, "7 s later"],
  ])("fails an agent that uploads %s", (_name, quirk, text) => {
    const check = judge({ ...openshift, ...quirk });
    expect(check).toMatchObject({ id: "KAS-CFG-1", verdict: "fail" });
    expect(check?.message).toContain(text);
  });

  it.each<[string, Partial<Play>, string]>([
    ["no Route", { filled: [], created: [ingress] }, "no Route"],
    ["a Route only for a moment", { filled: [], created: [route("new")], brief: true }, "no Route"],
    ["no Ingress", { created: [route("new")], lacks: isIngress }, "no Ingress"],
  ])("is not testable where the cluster has %s", (_name, quirk, text) => {
    const check = judge({ ...openshift, ...quirk });
    expect(check).toMatchObject({ id: "KAS-CFG-1", verdict: "not-testable" });
    expect(check?.message).toContain(text);
  });
});

const clone = cloneSet("clone");
const broker = kruiseSet("broker");
const openkruise: Play = {
  environment: "openkruise",
  filled: [clone, pod("ops", "clone-x7k2p", clone, 30), broker, pod("ops", "broker-0", broker, 31)],
  created: [cloneSet("later")],
  uploads: () => true,
};
const of = (resource: string) => (one: Placed) => one.resource !== resource;
const owners = (change: (owners: unknown) => unknown): Partial<Play> => ({
  object: ({ resource, object }) => {
    const metadata = object["metadata"] as KubeObject;
    return resource === "pods"
      ? { ...object, metadata: { ...metadata, ownerReferences: change(metadata["ownerReferences"]) } }
      : object;
  },
});

describe("KAS-CFG-2", () => {
  it.each(["v7.1", "document"])("passes an agent that uploads the workloads of both groups with their pods, on %s", (target) => {
    expect(judge(openkruise, target)).toMatchObject({ id: "KAS-CFG-2", verdict: "pass" });
  });

  it.each<[string, Partial<Play>, string]>([
    ["no CloneSets", { uploads: of("clonesets.apps.kruise.io") }, "clonesets.apps.kruise.io ops/clone is missing"],
    ["no StatefulSets of apps.kruise.io", { uploads: of("statefulsets.apps.kruise.io") }, "ops/broker is missing"],
    ["no StatefulSets of apps", { uploads: of("statefulsets.apps") }, "statefulsets.apps ops/ledger is missing"],
    ["no CloneSet that is new", { uploads: (one) => !uidOf(one.object).endsWith("-later") }, "never came"],
    ["pods without owners", owners(() => undefined), "ownerReferences are absent"],
    ["owners as an object", owners((list) => (list as readonly unknown[])[0]), "of type object"],
  ])("fails an agent that uploads %s", (_name, quirk, text) => {
    const check = judge({ ...openkruise, ...quirk });
    expect(check).toMatchObject({ id: "KAS-CFG-2", verdict: "fail" });
    expect(check?.message).toContain(text);
  });

  it.each<[string, Partial<Play>]>([
    ["the cluster has no CloneSet", { filled: [broker, pod("ops", "broker-0", broker, 31)], created: [] }],
    [
      "the cluster has a CloneSet only for a moment",
      { filled: [broker, pod("ops", "broker-0", broker, 31)], created: [cloneSet("later")], brief: true },
    ],
    ["no pod of theirs was uploaded, which is blamed elsewhere", { uploads: of("pods") }],
    [
      "something else of theirs was uploaded, and no pod",
      { filled: [...openkruise.filled, workload("ReplicaSet", "ops", "clone-1", clone)], uploads: of("pods") },
    ],
  ])("is not testable where %s", (_name, quirk) => {
    expect(judge({ ...openkruise, ...quirk })?.verdict).toBe("not-testable");
  });
});
