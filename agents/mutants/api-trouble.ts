import type { AgentBehaviour } from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

const KUBERNETES: Mutant["run"] = { profiles: ["kubernetes"], features: [] };

/** Faults of what an agent does in trouble at the API server: KAS-SNAP-6, 8, 10, ERR-*, WATCH-2 to 6, 8. */
export const apiTroubleMutants: readonly Mutant[] = [
  {
    name: "sends-before-listed",
    describes: "sends its first snapshot as soon as any kind has been listed",
    run: KUBERNETES,
    fails: ["KAS-SNAP-6"],
    thread: "deepflowio/deepflow#3793",
    behaviour: () => ({ isWhole: (listed) => listed > 0 }),
  },
  {
    name: "drops-refused-kind",
    describes: "forgets a kind that it may not read any more",
    run: KUBERNETES,
    // That there are none was never told to it either.
    fails: ["KAS-SNAP-8", "KAS-SNAP-10"],
    behaviour: () => onFailure(({ status }) => status === 403, "forget"),
  },
  {
    name: "token-expiry-ends-list",
    describes: "takes a list for whole when the token of its next page has expired",
    run: KUBERNETES,
    // At the start the kind is never listed to its end; later, most of what it has is missing from the list.
    fails: ["KAS-SNAP-6", "KAS-SNAP-8", "KAS-SNAP-10"],
    behaviour: () => ({ expiredToken: "end-list" }),
  },
  {
    name: "stitches-lists",
    describes: "keeps the pages of a list whose token expired beside those of the next",
    run: KUBERNETES,
    fails: ["KAS-SNAP-10"],
    behaviour: () => ({ expiredToken: "keep-pages" }),
  },
  {
    name: "error-never-told",
    describes: "never sets error_msg",
    run: KUBERNETES,
    fails: ["KAS-ERR-1"],
    behaviour: () => ({ finish: (message) => ({ ...message, errorMsg: "" }) }),
  },
  {
    name: "error-without-entries",
    describes: "tells of trouble in heartbeats",
    run: KUBERNETES,
    fails: ["KAS-ERR-2"],
    behaviour: () => ({ beat: ({ changed, acknowledged }) => (changed || !acknowledged ? "all-entries" : "no-entries") }),
  },
  {
    name: "error-never-cleared",
    describes: "goes on to tell of trouble that is over",
    run: KUBERNETES,
    fails: ["KAS-ERR-3"],
    behaviour: neverClearing,
  },
  {
    name: "error-on-hiccup",
    describes: "tells of every failure, though the next try succeeds",
    run: KUBERNETES,
    fails: ["KAS-ERR-5"],
    behaviour: tellingAll,
  },
  {
    name: "ignores-expiry",
    describes: "watches on from a position that the server no longer knows",
    run: KUBERNETES,
    fails: ["KAS-WATCH-2"],
    behaviour: () => onFailure(({ expired }) => expired, "try-again"),
  },
  {
    name: "merges-relist",
    describes: "adds a fresh list to what it had, so that what was deleted meanwhile stays",
    run: KUBERNETES,
    fails: ["KAS-WATCH-2", "KAS-SNAP-10"],
    behaviour: () => ({ relist: "merge" }),
  },
  {
    name: "watches-from-now",
    describes: "watches from wherever the server is, and not from where its list ended",
    run: KUBERNETES,
    fails: ["KAS-WATCH-3"],
    thread: "kubernetes/kubernetes#141528",
    behaviour: watchingFromNow,
  },
  {
    name: "relists-not-older",
    describes:
      "lists again what is no older than what it had, and so waits for a revision that a resource at rest never comes to",
    run: KUBERNETES,
    fails: ["KAS-ERR-3", "KAS-WATCH-4"],
    behaviour: () => ({ ...onFailure(() => true, "list"), listNotOlderThan: (position) => position }),
  },
  {
    name: "never-resumes",
    describes: "never takes up again a watch whose connection broke",
    run: KUBERNETES,
    fails: ["KAS-WATCH-4"],
    behaviour: () => onFailure(({ during, status }) => during === "watch" && status === undefined, "give-up"),
  },
  {
    name: "first-page-only",
    describes: "reads the first page of every list, and takes it for the whole",
    run: KUBERNETES,
    // A page alone is no state of its kind.
    fails: ["KAS-WATCH-5", "KAS-SNAP-10"],
    behaviour: () => ({ paging: "first-page" }),
  },
  {
    name: "lists-in-one-piece",
    describes: "asks for whole lists",
    run: KUBERNETES,
    fails: ["KAS-WATCH-6"],
    thread: "deepflowio/deepflow#2416",
    behaviour: () => ({ paging: "none" }),
  },
  {
    name: "ignores-retry-after",
    describes: "comes back to a server that throttles as soon as its own backoff says",
    run: KUBERNETES,
    fails: ["KAS-WATCH-8"],
    behaviour: () => ({ waitAfterFailure: (backoffMs) => backoffMs }),
  },
  {
    name: "exits-on-expiry",
    describes: "exits when a watch expired",
    run: { profiles: ["recovery", "kubernetes"], features: [] },
    fails: ["KAS-LIFE-5"],
    behaviour: () => ({ afterFailure: ({ expired }) => (expired ? process.exit(1) : "try-again") }),
  },
];

type AfterFailure = AgentBehaviour["afterFailure"];

/**
 * A real API server begins such a watch with what is there, in any order: where the last of it is older than the list, going
 * on from there would bring what was missed, or the 410 by which the agent lists again. So it begins from now once more.
 */
function watchingFromNow(): Partial<AgentBehaviour> {
  const listed = new Map<string, bigint>();
  return {
    watchFrom(position, after, { id }) {
      if (after === "list") listed.set(id, BigInt(position));
      return after === "list" || BigInt(position) < (listed.get(id) ?? 0n) ? undefined : position;
    },
  };
}

/** Does something else after some failures, and what is right after all others. */
function onFailure(
  which: (failure: Parameters<AfterFailure>[0]) => boolean,
  what: ReturnType<AfterFailure>,
): Partial<AgentBehaviour> {
  return { afterFailure: (failure) => (which(failure) ? what : failure.expired ? "list" : "try-again") };
}

/** What was told once is told for ever, with entries. */
function neverClearing(): Partial<AgentBehaviour> {
  let told = "";
  return {
    beat: ({ changed, acknowledged, failing }) => (changed || !acknowledged || failing || told ? "all-entries" : "no-entries"),
    finish(message) {
      told ||= message.errorMsg ?? "";
      return { ...message, errorMsg: told };
    },
  };
}

/** The next request after a failure tells of it, with entries, whatever became of it. */
function tellingAll(): Partial<AgentBehaviour> {
  let news = "";
  return {
    afterFailure({ status, expired }) {
      if (!expired) news = `a request failed: ${status ?? "connection lost"}`;
      return expired ? "list" : "try-again";
    },
    beat: ({ changed, acknowledged, failing }) => (changed || !acknowledged || failing || news ? "all-entries" : "no-entries"),
    finish(message) {
      const errorMsg = message.errorMsg || news;
      news = "";
      return { ...message, errorMsg };
    },
  };
}
