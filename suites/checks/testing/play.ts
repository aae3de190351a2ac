import type { RawLine } from "../../../transcript/index.ts";
import type { KubeObject } from "../../history/types.ts";
import { createStory, type Story, type StoryOptions, type TenantStory, uidOf } from "./story.ts";
import { entryOf, type WireEntry, type WireEnvelope } from "./wire.ts";
import { filling, namespace, type Placed, pod, typeNames, versionInfo, workload } from "./world.ts";

/** What is wrong with the agent of a test. Without any of it, it does everything right. */
export interface Quirks {
  /** Changes the objects that go into a request. */
  readonly objects?: (objects: readonly Placed[]) => readonly Placed[];
  /** Changes one object before it is encoded. */
  readonly object?: (placed: Placed) => KubeObject;
  readonly type?: (placed: Placed) => string | undefined;
  readonly entries?: (entries: readonly WireEntry[]) => readonly WireEntry[];
  readonly envelope?: (envelope: WireEnvelope, call: number) => WireEnvelope;
  /** Versions by how often the content changed, how many requests there were, and how many lives. */
  readonly version?: (changes: number, call: number) => bigint;
  readonly beats?: "full" | "none";
  readonly echo?: "ignored" | "renewed" | "part";
  readonly uploads?: "never" | "nothing";
  readonly service?: "trident" | "agent";
  readonly polls?: boolean;
  /** A heartbeat under the version before, which arrives after a new snapshot; or all heartbeats from then on. */
  readonly lateBeats?: "once" | "ever";
  readonly atBeat?: (tenant: TenantStory) => void;
  /** Ends the longest quiet window of all. */
  readonly atLast?: (tenant: TenantStory) => void;
  /** Commits that the agent does not take into its state. */
  readonly ignores?: (change: string, placed: Placed) => boolean;
  readonly atStart?: (tenant: TenantStory) => void;
  /** Milliseconds after the start at which it leaves by itself. */
  readonly leavesAfterUploads?: number;
  readonly ignoresSigterm?: boolean;
}

/** Plays the three core scenarios with one agent and returns the whole transcript. */
export function play(quirks: Quirks = {}, options: StoryOptions = {}): readonly RawLine[] {
  const story = createStory(options);
  for (const { name } of story.plan.scenarios) {
    const actor = createActor(story, story.tenant(name), quirks);
    story.run("scenario-started", { scenario: name }, name);
    if (actor.start()) scripts[name]?.(actor);
    actor.stop();
    story.run("scenario-ended", { scenario: name }, name);
  }
  story.run("run-ended");
  return story.lines();
}

type Actor = ReturnType<typeof createActor>;

const scripts: Readonly<Record<string, (actor: Actor) => void>> = {
  "first-snapshot"(actor) {
    actor.beats(1);
    actor.beats(7);
  },
  "life-of-objects"(actor) {
    const { change, beats } = actor;
    const shop = workload("Deployment", "new", "checkout");
    const set = workload("ReplicaSet", "new", "checkout-6d", shop);
    const first = pod("new", "checkout-6d-a1b2c", set, 20);
    const second = pod("new", "checkout-6d-x9y8z", set, 21);
    for (const placed of [namespace("new"), shop, set, first, second]) change("created", placed);
    beats(1);
    const canary = relabelled(first, "canary");
    change("modified", canary);
    change("modified", { ...shop, object: { ...shop.object, spec: { ...(shop.object["spec"] as KubeObject), replicas: 3 } } });
    beats(1);
    change("deleted", second);
    beats(1);
    change(
      "deleted",
      filling.find(({ object }) => uidOf(object).includes("legacy-4kd8z"))!,
    );
    change(
      "deleted",
      filling.find(({ resource }) => resource === "replicationcontrollers")!,
    );
    beats(1);
    beats(7);
    change("modified", relabelled(first, "stable"));
    beats(6);
    actor.last();
  },
  "held-version-lost"(actor) {
    actor.beats(1);
    actor.reset();
    actor.beats(6);
  },
};

function relabelled(placed: Placed, release: string): Placed {
  const metadata = placed.object["metadata"] as KubeObject;
  return {
    ...placed,
    object: { ...placed.object, metadata: { ...metadata, labels: { ...(metadata["labels"] as KubeObject), release } } },
  };
}

function createActor(story: Story, tenant: TenantStory, quirks: Quirks) {
  const state = new Map<string, Placed>();
  const resources = Object.keys(typeNames);
  let changes = 0;
  let dirty = true;
  let calls = 0;
  let left = false;
  let last: bigint | undefined;
  let previous: bigint | undefined;

  function relist(): void {
    for (const resource of resources) {
      for (const [uid, placed] of state) if (placed.resource === resource) state.delete(uid);
      for (const object of tenant.list(resource)) state.set(uidOf(object), { resource, object });
    }
  }

  function entries(): readonly WireEntry[] {
    const objects = quirks.objects?.([...state.values()]) ?? [...state.values()];
    const made = objects.map((placed) => {
      const object = quirks.object?.(trimmed(placed)) ?? trimmed(placed).object;
      const type = quirks.type ? quirks.type(placed) : typeNames[placed.resource];
      return { ...entryOf("", object), ...(type === undefined ? { type: "*v1.Unknown" } : { type }) };
    });
    const all = [entryOf("*version.Info", versionInfo), ...made];
    return quirks.entries?.(all) ?? all;
  }

  function send(full: boolean, version: bigint, part = false): bigint | undefined {
    calls += 1;
    const envelope = { clusterId: tenant.clusterId, version, errorMsg: "", agentId: 7, sourceIp: "192.0.2.77" };
    return tenant.sync(
      quirks.envelope?.(envelope, calls) ?? envelope,
      full ? entries().slice(0, part ? -1 : undefined) : [],
      quirks.service,
    );
  }

  function tick(): void {
    if (left || quirks.uploads === "nothing") return;
    quirks.atBeat?.(tenant);
    if (quirks.polls) {
      const before = JSON.stringify([...state.values()]);
      relist();
      dirty ||= before !== JSON.stringify([...state.values()]);
    }
    if (dirty) changes += 1;
    const version = () => quirks.version?.(changes, calls) ?? 1_700_000_000n + BigInt(changes);
    const full = (dirty || quirks.beats === "full") && quirks.uploads !== "never";
    if (!full && quirks.beats === "none") return;
    dirty = false;
    const sent = version();
    if (!full && quirks.lateBeats === "ever" && previous !== undefined) return void send(false, previous);
    const answer = send(full, sent);
    if (full && quirks.lateBeats && last !== undefined && last !== sent) send(false, (previous = last));
    last = sent;
    if (full || answer === sent || quirks.echo === "ignored" || quirks.uploads === "never") return;
    story.wait(5);
    if (quirks.echo === "renewed") changes += 1;
    send(true, quirks.echo === "renewed" ? version() : sent, quirks.echo === "part");
  }

  return {
    /** True where the story can go on. */
    start(): boolean {
      tenant.fill(filling);
      story.wait(10);
      tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
      story.wait(10);
      quirks.atStart?.(tenant);
      relist();
      if (!quirks.polls) for (const resource of resources) tenant.watch(resource);
      story.wait(80);
      if (quirks.uploads) {
        for (let beat = 0; beat < 31; beat += 1) {
          story.wait(1000);
          tick();
        }
        return false;
      }
      tick();
      if (quirks.leavesAfterUploads !== undefined) {
        story.wait(quirks.leavesAfterUploads);
        tenant.line("agent", "exited", { life: 1, code: 3, signal: null });
        left = true;
      }
      return true;
    },
    beats: (number: number): void => {
      for (let beat = 0; beat < number; beat += 1) {
        story.wait(1000);
        tick();
      }
    },
    change: (change: "created" | "modified" | "deleted", placed: Placed): void => {
      story.wait(20);
      tenant.commit(change, placed);
      if (quirks.polls || quirks.ignores?.(change, placed)) return;
      if (!(placed.resource in typeNames)) return;
      dirty = true;
      if (change === "deleted") state.delete(uidOf(placed.object));
      else state.set(uidOf(placed.object), placed);
    },
    last(): void {
      if (quirks.atLast === undefined) return;
      this.beats(9);
      quirks.atLast(tenant);
      this.beats(2);
    },
    reset(): void {
      story.wait(300);
      tenant.reset();
    },
    stop(): void {
      story.wait(100);
      if (left) return;
      tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
      story.wait(quirks.ignoresSigterm ? 10_000 : 50);
      if (quirks.ignoresSigterm) tenant.line("agent", "signalled", { life: 1, signal: "SIGKILL" });
      tenant.line("agent", "exited", {
        life: 1,
        code: quirks.ignoresSigterm ? null : 0,
        signal: quirks.ignoresSigterm ? "SIGKILL" : null,
      });
    },
  };
}

/** What a good agent leaves out. */
function trimmed({ resource, object }: Placed): Placed {
  const { managedFields: _managed, generateName: _generated, ...metadata } = object["metadata"] as KubeObject;
  return { resource, object: { ...object, metadata } };
}
