import { judgeTranscript } from "../../judge.ts";
import type { KubeObject } from "../../history/types.ts";
import { type BrokenCall, createStory, type StoryOptions, uidOf } from "./story.ts";
import { entryOf } from "./wire.ts";
import { filling, type Placed, typeNames, versionInfo } from "./world.ts";

/** What comes of a list of the actor. */
interface ListOutcome {
  /** HTTP status of a refusal; 0: no answer. */
  readonly status?: number;
  /** How many objects its pages have; the rest of them is asked for, and given, unless `pages` says otherwise. */
  readonly size?: number;
  /** So many pages are read. */
  readonly pages?: number;
  /** `limit` of the request; default 500. */
  readonly limit?: number | undefined;
  /** What was read does not go into the agent's state, or is added to it. */
  readonly taken?: "not" | "merged";
}

/** An agent that a test leads through trouble at the API server, in virtual time. What is not told is done right. */
export type ApiActor = ReturnType<typeof createApiActor>;

/** @param id the requirement that is judged */
export function createApiActor(scenario: string, id: string, options: StoryOptions = {}) {
  const story = createStory({ profiles: ["kubernetes"], scenarios: [scenario], only: [id], ...options });
  const tenant = story.tenant(scenario);
  const kinds = Object.keys(typeNames);
  const state = new Map<string, Placed>();
  const watches = new Map<string, number>();
  let requests = 0;
  let version = 1n;
  let stopped = false;

  const request = (verb: string, resource: string, query: string, namespace?: string) => {
    requests += 1;
    const path = `/x/${resource}?${query}`;
    const scope = namespace === undefined ? {} : { namespace };
    tenant.line("api", "request", { req: requests, method: "GET", verb, path, resource, ...scope, protocol: "HTTP/1.1" });
    return requests;
  };
  const end = (req: number, status: number, reason: string) => tenant.line("api", "end", { req, status, reason });
  const fault = (spec: object, event: string, req?: number) =>
    void tenant.line("api", "fault", { fault: JSON.stringify(spec), event, ...(req === undefined ? {} : { req }) });

  function list(resource: string, outcome: ListOutcome = {}): number {
    const { status = 200, size = Infinity, pages = Infinity, taken } = outcome;
    const limit = "limit" in outcome ? outcome.limit : 500;
    const held = tenant.held(resource);
    let first = 0;
    for (let page = 0; page < pages; page += 1) {
      const token = page === 0 ? "" : `&continue=t${page}`;
      const req = request("list", resource, limit === undefined ? token : `limit=${limit}${token}`);
      first ||= req;
      if (status !== 200) {
        end(req, status, "fault");
        return req;
      }
      const items = Number.isFinite(size) ? held.slice(page * size, (page + 1) * size) : held;
      const more = Number.isFinite(size) && (page + 1) * size < held.length;
      tenant.line("api", "page", { req, resource, resourceVersion: "1", more, items: items.map(({ ref }) => ref) });
      end(req, 200, "complete");
      if (page === 0 && taken === undefined)
        for (const [uid, placed] of state) if (placed.resource === resource) state.delete(uid);
      if (taken !== "not") for (const { object } of items) state.set(uidOf(object), { resource, object });
      if (!more) break;
    }
    return first;
  }

  function watch(resource: string, status = 200, query = "resourceVersion=1", namespace?: string): number {
    const req = request("watch", resource, `watch=1&${query}`, namespace);
    if (status === 200) watches.set(resource, req);
    else end(req, status, "fault");
    return req;
  }

  function endWatch(resource: string, reason: string): void {
    const req = watches.get(resource);
    watches.delete(resource);
    if (req !== undefined) end(req, 200, reason);
  }

  const actor = {
    wait: (milliseconds: number) => story.wait(milliseconds),
    list,
    watch,
    fault,
    /** One object is asked for, and given. */
    get(resource: string) {
      end(request("get", resource, ""), 200, "complete");
    },
    /** A fault that is scripted, and hits a list or watch of a kind. */
    refused(
      spec: { readonly code: number; readonly times?: "all" | number; readonly retryAfterSeconds?: number },
      resource: string,
      verb: "list" | "watch" = "watch",
    ) {
      const script = { fault: "api-status", resources: [resource], ...spec };
      fault(script, "scripted");
      const req = verb === "list" ? list(resource, { status: spec.code }) : watch(resource, spec.code);
      fault(script, "fired", req);
      return script;
    },
    /** A step that is not for this agent. */
    passOver() {
      story.run("step", { step: "script-api-fault", event: "began" }, scenario);
      story.run("step", { step: "script-api-fault", event: "ended", satisfied: true, passedOver: true }, scenario);
    },
    /** The peer cuts a watch: a fault does, unless it is told otherwise. */
    cut: (resource: string, reason: "fault" | "server" | "client" = "fault") => endWatch(resource, reason),
    /** The watch is told that its position is too old. */
    expire(resource: string) {
      const req = watches.get(resource);
      if (req !== undefined) tenant.line("api", "event", { req, resource, type: "ERROR" });
      endWatch(resource, "server");
    },
    /** The agent's process starts, and does nothing yet. */
    begin() {
      tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
      story.wait(100);
    },
    /** It starts, lists and watches everything, and uploads it. */
    start({ withoutWatches = false } = {}) {
      actor.begin();
      for (const resource of kinds) list(resource);
      if (!withoutWatches) for (const resource of kinds) watch(resource);
      story.wait(100);
      actor.upload();
      story.wait(6000);
    },
    /** The API server commits; where the kind is watched, the event is delivered and taken, unless it is lost on the way or in the agent. */
    change(change: "created" | "modified" | "deleted", placed: Placed, lost?: "on-the-way" | "in-the-agent") {
      const { resource } = placed;
      const before = tenant.held(resource).find(({ object }) => uidOf(object) === uidOf(placed.object));
      tenant.commit(change, placed);
      const req = watches.get(resource);
      const ref = tenant.held(resource).find(({ object }) => uidOf(object) === uidOf(placed.object))?.ref ?? before?.ref;
      if (req === undefined || lost === "on-the-way") return;
      const type = { created: "ADDED", modified: "MODIFIED", deleted: "DELETED" }[change];
      tenant.line("api", "event", { req, resource, type, item: ref });
      if (lost !== undefined) return;
      if (change === "deleted") state.delete(uidOf(placed.object));
      else state.set(uidOf(placed.object), placed);
    },
    /** A snapshot of the agent's state, under the next version. */
    upload(errorMsg = "", without: (placed: Placed) => boolean = () => false) {
      version += 1n;
      actor.send(errorMsg, without);
    },
    /** All entries again, under the same version. */
    send(errorMsg = "", without: (placed: Placed) => boolean = () => false) {
      const entries = [...state.values()]
        .filter((placed) => !without(placed))
        .map(({ resource, object }) => entryOf(typeNames[resource] ?? "", object));
      sync(errorMsg, [entryOf("*version.Info", versionInfo), ...entries]);
    },
    beat: (errorMsg = "") => sync(errorMsg, []),
    /** A heartbeat without the field error_msg. */
    bareBeat: () => sync(undefined, []),
    /** A heartbeat under a version that the server does not hold, so that it stores nothing of it. */
    strangeBeat: (errorMsg: string) => sync(errorMsg, [], version + 1_000n),
    /** A heartbeat that is never answered. */
    lostBeat: (errorMsg = "") => sync(errorMsg, [], version, {}),
    /** Heartbeats, one a second. */
    beats(number: number, errorMsg = "") {
      for (let beat = 0; beat < number; beat += 1) {
        story.wait(1000);
        sync(errorMsg, []);
      }
    },
    /** The harness has stood still for so many milliseconds. */
    stall: (ms: number) => story.run("stall", { ms }),
    exit() {
      tenant.line("agent", "exited", { life: 1, code: 1, signal: null });
      stopped = true;
    },
    /** What was recorded so far, as if the run had been broken off. */
    lines: () => story.lines(),
    judge() {
      if (!stopped) {
        tenant.line("agent", "signalled", { life: 1, signal: "SIGTERM" });
        tenant.line("agent", "exited", { life: 1, code: 0, signal: null });
      }
      story.run("scenario-ended", { scenario }, scenario);
      story.run("run-ended");
      const [check] = judgeTranscript(story.lines()).checks;
      return {
        verdict: check?.verdict,
        message: check?.message ?? "",
        evidence: check?.scenarios.flatMap((one) => one.evidence),
      };
    },
  };

  function sync(errorMsg: string | undefined, entries: ReturnType<typeof entryOf>[], under = version, broken?: BrokenCall): void {
    const envelope = { clusterId: tenant.clusterId, version: under, errorMsg, agentId: 7, sourceIp: "192.0.2.77" };
    tenant.sync(envelope, entries, "agent", broken);
  }

  story.run("scenario-started", { scenario }, scenario);
  tenant.fill(filling);
  return actor;
}

/** The object of the little cluster that has this name. */
export function named(name: string): Placed {
  const found = filling.find(({ object }) => (object["metadata"] as KubeObject)["name"] === name);
  if (!found) throw new Error(`the cluster of the tests has no ${name}`);
  return found;
}

/** The same object with another label. */
export function relabelled(placed: Placed, stage: string): Placed {
  const metadata = placed.object["metadata"] as KubeObject;
  const labels = { ...(metadata["labels"] as KubeObject | undefined), stage };
  return { ...placed, object: { ...placed.object, metadata: { ...metadata, labels } } };
}
