import type { AgentBehaviour } from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

/** Faults of the version, of the answer to its echo, and of when something is sent: KAS-VER-*, ECHO-*, LIFE-*. */
export const versionMutants: readonly Mutant[] = [
  {
    name: "version-zero",
    describes: "sends version 0",
    fails: ["KAS-VER-1"],
    behaviour: () => ({ finish: (message) => ({ ...message, version: 0n }) }),
  },
  {
    name: "version-constant",
    describes: "never changes its version",
    fails: ["KAS-VER-2", "KAS-VER-4"],
    behaviour: () => ({ nextVersion: (current) => current }),
  },
  {
    name: "version-per-beat",
    describes: "sends all entries under a new version each interval",
    fails: ["KAS-VER-3", "KAS-SNAP-9"],
    behaviour: () => ({ nextVersion: (current) => current + 1n, beat: () => "all-entries" }),
  },
  {
    name: "version-reused",
    describes: "takes two versions in turn for ever new content",
    fails: ["KAS-VER-4", "KAS-VER-5"],
    behaviour: twoVersions,
  },
  {
    name: "version-decreasing",
    describes: "counts its versions down",
    fails: ["KAS-VER-5"],
    behaviour: () => ({ nextVersion: (current, occasion) => (occasion === "changed" ? current - 1n : current) }),
  },
  {
    name: "ignore-echo",
    describes: "takes no notice of the answered version",
    fails: ["KAS-ECHO-1"],
    behaviour: () => ({ wantsEverything: () => false }),
  },
  {
    name: "echo-new-version",
    describes: "sends everything again under a new version when the server holds another",
    fails: ["KAS-ECHO-2"],
    behaviour: () => ({ nextVersion: (current, occasion) => (occasion === "beat" ? current : current + 1n) }),
  },
  {
    name: "echo-delta",
    describes: "answers another held version with a part, and not with everything",
    // To the server a part is the whole.
    fails: ["KAS-ECHO-1", "KAS-SNAP-1", "KAS-SNAP-2", "KAS-OBJ-4", "KAS-OBJ-5", "KAS-OBJ-11"],
    behaviour: deltaOnEcho,
  },
  {
    name: "no-heartbeat",
    describes: "sends only when something changed",
    fails: ["KAS-LIFE-2"],
    behaviour: () => ({ beat: ({ changed, acknowledged }) => (changed || !acknowledged ? "all-entries" : "nothing") }),
  },
  {
    name: "never-sends",
    describes: "collects and sends nothing",
    fails: ["KAS-LIFE-1"],
    behaviour: () => ({ beat: () => "nothing" }),
  },
  {
    name: "first-beat-late",
    describes: "waits for a minute of its own before it sends anything, though everything is listed",
    fails: ["KAS-LIFE-1"],
    thread: "deepflowio/deepflow#1052",
    behaviour: () => ({ beat: afterAMinute() }),
  },
  {
    name: "heartbeat-only",
    describes: "sends heartbeats and never an entry",
    fails: ["KAS-LIFE-1", "KAS-ECHO-1"],
    behaviour: () => ({ beat: () => "no-entries", wantsEverything: () => false }),
  },
];

function twoVersions(): Partial<AgentBehaviour> {
  let forward = false;
  return {
    nextVersion(current, occasion) {
      if (occasion !== "changed") return current;
      forward = !forward;
      return forward ? current + 1n : current - 1n;
    },
  };
}

/** The version info and one Pod are all that it sends again. */
function deltaOnEcho(): Partial<AgentBehaviour> {
  let resending = false;
  return {
    nextVersion(current, occasion) {
      resending = occasion === "resend";
      return occasion === "changed" ? current + 1n : current;
    },
    finish(message) {
      if (!resending || (message.entries ?? []).length === 0) return message;
      const { entries = [] } = message;
      return { ...message, entries: [...entries.slice(0, 1), ...entries.filter(({ type }) => type === "*v1.Pod").slice(-1)] };
    },
  };
}

const MINUTE_MS = 60_000;

function afterAMinute(): AgentBehaviour["beat"] {
  const startedAt = performance.now();
  return ({ changed, acknowledged }) => {
    if (performance.now() - startedAt < MINUTE_MS) return "nothing";
    return changed || !acknowledged ? "all-entries" : "no-entries";
  };
}
