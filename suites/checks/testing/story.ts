import {
  type ClusterState,
  decide,
  findTarget,
  kubernetesClusterId,
  newClusterState,
} from "../../../server-mock/contract/index.ts";
import type { RpcAnswer } from "../../../server-mock/events.ts";
import {
  memorySink,
  openTranscript,
  parseTranscript,
  type RawLine,
  sha256,
  type TranscriptEvent,
} from "../../../transcript/index.ts";
import { budgetsFor } from "../../budgets.ts";
import type { KubeObject } from "../../history/types.ts";
import type { Plan } from "../../plan.ts";
import { requirementsFor } from "../../requirements/index.ts";
import { encodeEntry, encodeEnvelope, encodeTexts, encodeVersion, type WireEntry, type WireEnvelope } from "./wire.ts";
import type { Placed } from "./world.ts";

/** How a test's run differs from a plain one. */
export interface StoryOptions {
  readonly target?: string;
  readonly profiles?: readonly string[];
  readonly features?: readonly string[];
  /** What the agent was handed; by default an id made from the scenario's name. */
  readonly clusterId?: string;
  readonly only?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly failOn?: Plan["failOn"];
  readonly scale?: NonNullable<Plan["scale"]>;
}

/** Writes a transcript by hand, in virtual time, with a mock that decides as the target does. */
export interface Story {
  readonly plan: Plan;
  /** Lets time pass, in milliseconds. */
  wait(milliseconds: number): void;
  tenant(name: string): TenantStory;
  run(kind: string, payload?: Readonly<Record<string, unknown>>, tenant?: string): void;
  lines(): readonly RawLine[];
}

/** A call that a fault hit. Without a code it is never answered. */
export interface BrokenCall {
  readonly code?: number;
  /** The server stored it all the same. */
  readonly taken?: true;
}

/** The lines of one scenario. */
export interface TenantStory {
  readonly clusterId: string;
  line(side: "run" | "api" | "rpc" | "agent", kind: string, payload?: Readonly<Record<string, unknown>>): number;
  fill(objects: readonly Placed[]): void;
  commit(change: "created" | "modified" | "deleted", placed: Placed): void;
  /** What the API server holds of a resource, with the reference of each object for pages and events. */
  held(resource: string): readonly (Placed & { readonly ref: readonly [string, string, string] })[];
  /** A whole list, or the first of its pages. Returns what was given. */
  list(resource: string): readonly KubeObject[];
  /** Opens a watch, whose events are written with each commit, until the end of the story. */
  watch(resource: string): void;
  request(verb: string, method: string, path: string, resource?: string): void;
  /** A call, answered at once. Returns the version of the answer. */
  sync(
    envelope: WireEnvelope,
    entries?: readonly WireEntry[],
    service?: "trident" | "agent",
    broken?: BrokenCall,
  ): bigint | undefined;
  /** A call of GetKubernetesClusterID, answered at once. Returns the id that was given. */
  ask(caMd5: string | undefined, service?: "trident" | "agent"): string | undefined;
  reset(): void;
}

export function createStory(options: StoryOptions = {}): Story {
  let now = 0;
  const sink = memorySink();
  const transcript = openTranscript(sink, () => now);
  const targetId = options.target ?? "v7.1";
  const target = findTarget(targetId)!;
  const profiles = options.profiles ?? ["core"];
  const features = options.features ?? [];
  const names = options.scenarios ?? ["first-snapshot", "life-of-objects", "held-version-lost"];
  const plan: Plan = {
    harness: { version: "0.0.0-test", requirementSet: "2026.1" },
    runId: "test",
    startedAt: "2026-01-01T00:00:00.000Z",
    seed: 1,
    target: targetId,
    profiles,
    features,
    requirements: requirementsFor({
      target: targetId,
      profiles,
      features,
      ...(options.only ? { only: options.only } : {}),
    }).map(({ id }) => id),
    scenarios: names.map((name, index) => ({
      name,
      tenant: name,
      clusterId: options.clusterId ?? `d-${name}`,
      agentId: index + 1,
    })),
    intervalMs: 1000,
    callTimeoutMs: 15_000,
    budgetScale: 1,
    budgets: budgetsFor(1000),
    agent: { form: "command", command: ["agent"] },
    cluster: { kind: "embedded", version: "1.30" },
    failOn: options.failOn ?? "must",
    ...(options.scale && { scale: options.scale }),
  };
  transcript.tenant("").record({ side: "run", kind: "header", format: 1, plan } as never);

  function tenant(name: string): TenantStory {
    const recorder = transcript.tenant(name);
    const objects = new Map<string, Placed & { version: number; sha: string }>();
    const watches = new Map<string, number>();
    const states = new Map<string, ClusterState>();
    let version = 0;
    let requests = 0;
    let calls = 0;

    const line: TenantStory["line"] = (side, kind, payload = {}) => {
      now += 0.01;
      return recorder.record<TranscriptEvent>({ side, kind, ...payload }).seq;
    };
    const put = (placed: Placed) => {
      version += 1;
      const kept = { ...placed, version, sha: recorder.blob(JSON.stringify(placed.object)) };
      objects.set(uidOf(placed.object), kept);
      return kept;
    };
    const ref = (kept: { object: KubeObject; version: number; sha: string }) =>
      [uidOf(kept.object), String(kept.version), kept.sha] as const;
    const ofResource = (resource: string) => [...objects.values()].filter((kept) => kept.resource === resource);

    return {
      clusterId: `d-${name}`,
      line,
      fill(filled) {
        const byResource = new Map<string, unknown[]>();
        for (const placed of filled)
          byResource.set(placed.resource, [...(byResource.get(placed.resource) ?? []), ref(put(placed))]);
        for (const [resource, items] of byResource) line("api", "state", { resource, resourceVersion: String(version), items });
      },
      commit(change, placed) {
        const kept = put(placed);
        const metadata = placed.object["metadata"] as KubeObject;
        const place = {
          name: metadata["name"],
          ...(metadata["namespace"] === undefined ? {} : { namespace: metadata["namespace"] }),
        };
        line("api", "commit", { change, resource: placed.resource, ...place, item: ref(kept) });
        if (change === "deleted") objects.delete(uidOf(placed.object));
        const req = watches.get(placed.resource);
        const type = { created: "ADDED", modified: "MODIFIED", deleted: "DELETED" }[change];
        if (req !== undefined) line("api", "event", { req, resource: placed.resource, type, item: ref(kept) });
      },
      held: (resource) => ofResource(resource).map((kept) => ({ ...kept, ref: ref(kept) })),
      list(resource) {
        const req = (requests += 1);
        line("api", "request", {
          req,
          method: "GET",
          verb: "list",
          path: `/x/${resource}?limit=500`,
          resource,
          protocol: "HTTP/1.1",
        });
        const items = ofResource(resource);
        line("api", "page", { req, resource, resourceVersion: String(version), more: false, items: items.map(ref) });
        line("api", "end", { req, status: 200, reason: "complete" });
        return items.map(({ object }) => object);
      },
      watch(resource) {
        const req = (requests += 1);
        watches.set(resource, req);
        line("api", "request", {
          req,
          method: "GET",
          verb: "watch",
          path: `/x/${resource}?watch=1&resourceVersion=${version}`,
          resource,
          protocol: "HTTP/1.1",
        });
      },
      request(verb, method, path, resource) {
        const req = (requests += 1);
        line("api", "request", {
          req,
          method,
          verb,
          path,
          ...(resource === undefined ? {} : { resource }),
          protocol: "HTTP/1.1",
        });
        line("api", "end", { req, status: 201, reason: "complete" });
      },
      sync(envelope, entries = [], service = "agent", broken) {
        const call = (calls += 1);
        const digests = entries.map((entry) => recorder.blob(encodeEntry(entry)));
        const frame = [
          { base64: encodeEnvelope(envelope).toString("base64") },
          ...(digests.length === 0 ? [] : [{ entries: recorder.blob(JSON.stringify(digests)), count: digests.length }]),
        ];
        line("rpc", "request", { call, path: `/${service}.Synchronizer/KubernetesAPISync`, peer: "127.0.0.1:9", frame });
        if (!target.services.includes(service)) {
          line("rpc", "answer", { call, code: 12, details: "unknown service" });
          return undefined;
        }
        if (broken && !broken.taken) {
          if (broken.code !== undefined) line("rpc", "answer", { call, code: broken.code });
          return undefined;
        }
        const state = states.get(envelope.clusterId ?? "") ?? newClusterState();
        const decision = decide(state, { ...envelope, entryCount: entries.length }, now, target, { knowsTeam: () => false });
        states.set(envelope.clusterId ?? "", decision.state);
        const base64 = encodeVersion(decision.answer).toString("base64");
        const { row, stored } = decision;
        if (broken) {
          line("rpc", "answer", { call, code: broken.code ?? 1, row, stored });
          return undefined;
        }
        line("rpc", "answer", { call, code: 0, base64, row, stored } satisfies Omit<RpcAnswer, "side" | "kind">);
        return decision.answer;
      },
      ask(caMd5, service = "agent") {
        const call = (calls += 1);
        const base64 = caMd5 === undefined ? "" : encodeTexts({ 1: caMd5 }).toString("base64");
        line("rpc", "request", {
          call,
          path: `/${service}.Synchronizer/GetKubernetesClusterID`,
          peer: "127.0.0.1:9",
          frame: [{ base64 }],
        });
        if (!target.services.includes(service)) {
          line("rpc", "answer", { call, code: 12, details: "unknown service" });
          return undefined;
        }
        const made = kubernetesClusterId(caMd5 ?? "");
        const answer = encodeTexts("clusterId" in made ? { 2: made.clusterId } : { 1: made.errorMsg });
        line("rpc", "answer", { call, code: 0, base64: answer.toString("base64") });
        return "clusterId" in made ? made.clusterId : undefined;
      },
      reset() {
        states.clear();
        line("rpc", "reset");
      },
    };
  }

  return {
    plan,
    wait: (milliseconds) => void (now += milliseconds),
    tenant,
    run: (kind, payload = {}, name = "") => void transcript.tenant(name).record({ side: "run", kind, ...payload } as never),
    lines: () => [...parseTranscript(sink.text())],
  };
}

export function uidOf(object: KubeObject): string {
  const uid = (object["metadata"] as KubeObject | undefined)?.["uid"];
  return typeof uid === "string" ? uid : sha256(JSON.stringify(object));
}
