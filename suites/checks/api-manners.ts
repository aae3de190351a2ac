import { findTarget, targetIds, uploadableResources } from "../../server-mock/contract/index.ts";
import type { ApiRequestRecord, Moment } from "../history/types.ts";
import type { Commit, QuietWindow } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { firstShowing } from "./change.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
import { count, lifeText, seconds } from "./words.ts";

/**
 * KAS-WATCH-1: a quiet window that a change ended, and whether that change came by a watch. The longest decides; where its
 * change never showed (it may be of what no server reads, as clusters write by themselves), the next one.
 */
export const keepsUpByWatching: Check = {
  id: "KAS-WATCH-1",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, plan } = context;
    const { quiet } = plan.budgets;
    const [first] = oracle.accepted;
    const windows = oracle
      .quietWindows()
      .flatMap(({ from, to, endedBy }): readonly EndedWindow[] =>
        endedBy && first && to.seq > first.seq && to.t - Math.max(from.t, first.t) >= quiet ? [{ from, to, endedBy, first }] : [],
      );
    const longestFirst = windows.toSorted((a, b) => b.to.t - b.from.t - (a.to.t - a.from.t));
    let unproved: ScenarioVerdict | undefined;
    for (const window of longestFirst) {
      const verdict = judgeWindow(context, window);
      if (verdict.verdict !== "not-testable") return verdict;
      unproved ??= verdict;
    }
    return unproved ?? notTestable(`no ${seconds(quiet)} went by without a change before one`);
  },
};

/** A quiet window that a change ended, since the first snapshot. */
interface EndedWindow extends QuietWindow {
  readonly endedBy: Commit;
  readonly first: Moment;
}

function judgeWindow(context: CheckContext, window: EndedWindow): ScenarioVerdict {
  const { oracle, scenario } = context;
  const { first, endedBy: commit } = window;
  const settled = oracle.uploads.find(({ call }) => call.seq > window.from.seq)?.call ?? window.from;
  const from =
    settled.seq < window.to.seq && settled.seq > first.seq ? settled : window.from.seq > first.seq ? window.from : first;
  // A watch that begins with the whole state lists as well.
  const whole = new Set(oracle.completeLists().map(({ start }) => start.seq));
  const lists = scenario.api.requests.filter((request) => {
    const relist =
      (request.verb === "list" || (request.verb === "watch" && whole.has(request.seq))) &&
      oracle.uploadedResources.has(request.resource ?? "");
    return relist && request.seq > from.seq && request.seq < commit.seq && !wasCut(scenario.api.requests, request);
  });
  const failure = {
    consequence: "Listing everything again and again is the load that the API server's owners forbid agents to make.",
    mend: "List once, then watch from the list's resourceVersion, and list again only when a watch expired.",
  };
  if (lists.length > 0) {
    const cases = lists.map((request): Case => ({
      at: request,
      text: `API request ${request.req} lists ${request.resource} (seq ${request.seq})`,
    }));
    return fail({
      problem: `the agent listed again in ${seconds(commit.t - from.t)} in which nothing changed`,
      cases,
      ...failure,
    });
  }
  const showing = firstShowing(context, commit);
  const told = scenario.api.requests.some(
    (request) =>
      request.verb === "watch" &&
      request.events.some(
        (event) => event.uid === commit.life.uid && event.seq > commit.seq && event.seq < (showing?.call.seq ?? 0),
      ),
  );
  if (!showing)
    return notTestable(`the change after the quiet window, of ${lifeText(commit.life)}, never showed; see KAS-SNAP-5`);
  if (!told) {
    const cases = [{ at: showing.call, text: `${lifeText(commit.life)} showed though no watch had brought it` }];
    return fail({ problem: "a change reached the agent without a watch", cases, ...failure });
  }
  return pass(
    proofOf(context, noted(from, "the quiet window began"), noted(showing.call, `a change after it, brought by a watch, showed`)),
    `no list in ${seconds(commit.t - from.t)} without changes, and the change after it came by a watch`,
  );
}

/** A list that follows the end of a watch which the server cut is no polling. */
function wasCut(requests: readonly ApiRequestRecord[], list: ApiRequestRecord): boolean {
  const watch = requests.findLast(({ verb, resource, seq }) => verb === "watch" && resource === list.resource && seq < list.seq);
  return (
    watch?.ended !== undefined &&
    watch.ended.seq < list.seq &&
    (watch.ended.reason === "server" || watch.ended.reason === "fault")
  );
}

const READING_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];
const READING_VERBS: readonly string[] = ["get", "list", "watch"];
const SELF_REVIEW = /^self[a-z]*reviews(\.|$)/;

/** KAS-WATCH-7. */
export const onlyReads: Check = {
  id: "KAS-WATCH-7",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { requests } = context.scenario.api;
    const writes = requests.filter(({ method, verb, resource = "" }) => {
      if (resource.startsWith("leases.") || SELF_REVIEW.test(resource)) return false;
      return !READING_METHODS.includes(method) || !READING_VERBS.includes(verb);
    });
    if (writes.length > 0) {
      return fail({
        problem: "the agent asked the API server for more than get, list and watch",
        cases: writes.map((request) => ({
          at: request,
          text: `API request ${request.req}: ${request.method} ${request.path.split("?")[0]} (${request.verb})`,
        })),
        consequence:
          "The ClusterRole that deepflow's documentation asks for does not allow it, and owners of a cluster will not either.",
        mend: "Read only; for leader election use a Lease.",
      });
    }
    const [first, last] = [requests[0], requests.at(-1)];
    if (!first || !last) return notTestable("the agent asked nothing of the API server");
    return pass(
      proofOf(context, noted(first, "the first API request"), noted(last, "the last API request")),
      `${count(requests.length, "API request")}, all of them get, list or watch`,
    );
  },
};

/** What agents may be configured to ask for: all that any target reads, and IP pools (protocol.md 6.2). */
const askedFor = new Set([
  ...targetIds.flatMap((id) => {
    const target = findTarget(id);
    return target ? uploadableResources(target) : [];
  }),
  "ippools.crd.projectcalico.org",
]);

/** KAS-SEC-1. A kind that is also uploaded, under a type name that nobody reads, is KAS-OBJ-12's; Secrets never are. */
export const otherKindsAlone: Check = {
  id: "KAS-SEC-1",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const { requests } = scenario.api;
    const isOthers = (resource: string) =>
      resource === "secrets" ||
      !(askedFor.has(resource) || resource.startsWith("leases.") || oracle.uploadedResources.has(resource));
    const lists = requests.filter(
      ({ verb, resource }) => (verb === "list" || verb === "watch") && resource !== undefined && isOthers(resource),
    );
    const uploads = oracle.distinctUploads.flatMap(({ call, snapshot }) =>
      snapshot.items.flatMap((item): readonly Case[] =>
        item.life?.resource === "secrets" || item.type === "*v1.Secret"
          ? [{ at: call, text: `request seq ${call.seq} uploads a Secret in entry ${item.entry}` }]
          : [],
      ),
    );
    const cases = [
      ...lists.map((request): Case => ({
        at: request,
        text: `API request ${request.req} asks to ${request.verb} ${request.resource}`,
      })),
      ...uploads,
    ];
    if (cases.length > 0) {
      return fail({
        problem: "kinds were listed or uploaded that nobody asked for",
        cases,
        consequence: "No server version reads them, and an agent that can read Secrets is a risk to the whole cluster.",
        mend: "Ask for the kinds that the target reads, and grant no more in the ClusterRole.",
      });
    }
    const asked = requests.filter(({ verb }) => verb === "list" || verb === "watch");
    const [first, last] = [asked[0], asked.at(-1)];
    if (!first || !last) return notTestable("the agent listed nothing");
    return pass(
      proofOf(context, noted(first, "the first list or watch"), noted(last, "the last one")),
      `${count(new Set(asked.map(({ resource }) => resource)).size, "resource")} listed or watched, all of them asked for`,
    );
  },
};
