import { judgeTranscript } from "../../judge.ts";
import { type BrokenCall, createStory, type StoryOptions, uidOf } from "./story.ts";
import { entryOf, type WireEnvelope } from "./wire.ts";
import { filling, type Placed, typeNames, versionInfo } from "./world.ts";

/** An agent whose every request a test writes down: it does by itself nothing but start, list and watch. */
export type Caller = ReturnType<typeof createCaller>;

/** How a caller's story differs from a plain one. */
export interface CallerOptions extends StoryOptions {
  /** What is in the cluster beside the filling. */
  readonly beside?: readonly Placed[];
  /** Type names of kinds that it uploads beside the plain ones. */
  readonly types?: Readonly<Record<string, string>>;
}

/** @param id the requirement that is judged, in one scenario of the profile core */
export function createCaller(scenario: string, id: string, options: CallerOptions = {}) {
  const types: Readonly<Record<string, string>> = { ...typeNames, ...options.types };
  const inCluster: readonly Placed[] = filling.concat(options.beside ?? []);
  const story = createStory({ scenarios: [scenario], only: [id], ...options });
  const tenant = story.tenant(scenario);
  const objects = new Map<string, Placed>();
  let stopped = false;

  const send = (
    version: bigint | undefined,
    full: boolean,
    envelope: WireEnvelope,
    without: (placed: Placed) => boolean,
    broken?: BrokenCall,
  ) => {
    const sent = [...objects.values()].filter((placed) => !without(placed));
    const entries = sent.map(({ resource, object }) => entryOf(types[resource] ?? "", object));
    const given = { clusterId: tenant.clusterId, version, errorMsg: "", agentId: 7, sourceIp: "192.0.2.77", ...envelope };
    return tenant.sync(given, full ? [entryOf("*version.Info", versionInfo), ...entries] : [], "agent", broken);
  };

  story.run("scenario-started", { scenario }, scenario);
  tenant.fill(inCluster);
  for (const placed of inCluster) if (types[placed.resource] !== undefined) objects.set(keyOf(placed), placed);

  const caller = {
    line: (side: "agent" | "rpc" | "api", kind: string, payload: Readonly<Record<string, unknown>>) =>
      tenant.line(side, kind, payload),
    wait: (milliseconds: number) => story.wait(milliseconds),
    start() {
      tenant.line("agent", "started", { life: 1, pid: 1, command: ["agent"] });
      story.wait(100);
      for (const resource of Object.keys(types)) tenant.list(resource);
      for (const resource of Object.keys(types)) tenant.watch(resource);
    },
    /** All entries, of the objects as they are. @returns the version of the answer */
    upload: (version: bigint | undefined, envelope: WireEnvelope = {}, without: (placed: Placed) => boolean = () => false) =>
      send(version, true, envelope, without),
    /** All entries, which the server takes in, and answers by this status. */
    failedUpload: (version: bigint, code: number, envelope: WireEnvelope = {}) =>
      void send(version, true, envelope, () => false, { code, taken: true }),
    /** No entries. */
    beat: (version: bigint | undefined, envelope: WireEnvelope = {}) => send(version, false, envelope, () => false),
    /** Heartbeats, one a second. */
    beats(number: number, version: bigint) {
      for (let beat = 0; beat < number; beat += 1) {
        story.wait(1000);
        caller.beat(version);
      }
    },
    /** Written to the cluster, and known to the agent at once. */
    change(change: "created" | "modified" | "deleted", placed: Placed) {
      tenant.commit(change, placed);
      if (types[placed.resource] === undefined) return;
      if (change === "deleted") objects.delete(keyOf(placed));
      else objects.set(keyOf(placed), placed);
    },
    /** From now on the agent sends an object in this form, whatever the cluster has. */
    send: (placed: Placed) => void objects.set(keyOf(placed), placed),
    /** From now on it does not send an object. */
    forget: (placed: Placed) => void objects.delete(keyOf(placed)),
    /** The server forgets everything. */
    reset: () => tenant.reset(),
    /** It ends by itself. */
    exit(code = 1) {
      tenant.line("agent", "exited", { life: 1, code, signal: null });
      stopped = true;
    },
    /** It is told to leave, and what becomes of it is the test's. */
    stopped() {
      stopped = true;
    },
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
        evidence: check?.scenarios.flatMap((one) => one.evidence) ?? [],
      };
    },
  };
  return caller;
}

/** Two kinds may have one uid where a test says so. */
const keyOf = ({ resource, object }: Placed) => `${resource} ${uidOf(object)}`;
