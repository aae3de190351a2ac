import type { ApiRequestRecord } from "../history/types.ts";
import { showingOf } from "./change.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { completenessOf } from "./presence.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, type Fail, notTestable, pass } from "./verdict.ts";
import { count, inCall, lifeText, quoted } from "./words.ts";

const FORBIDDEN = 403;

/**
 * KAS-CFG-3. What is missing under the role is its own only where something was refused; otherwise the requirements of
 * the snapshots say so. It is judged though nothing was accepted, since an agent that may not list uploads nothing.
 */
export const worksUnderClusterRole: Check = {
  id: "KAS-CFG-3",
  readsContent: true,
  readsDelivery: true,
  withoutAccepted: "itself",
  run(context) {
    const { oracle, scenario, plan } = context;
    const { requests } = scenario.api;
    const refused = refusedOf(requests);
    const [first] = oracle.accepted;
    const source =
      plan.clusterRole?.source === "minimal" ? "the smallest ClusterRole" : `the ClusterRole of ${plan.clusterRole?.source}`;
    if (!first) return uploadsNothing(context, refused);
    const frozen = oracle.calls.filter((call) => call.seq > first.seq && call.errorMsg);
    const frozenCases = refused.length === 0 ? [] : frozen.map((call) => inCall(call, `error_msg ${quoted(call.errorMsg)}`));
    const cases = [...missingCases(context, refused), ...unseenCases(context, refused), ...frozenCases];
    if (cases.length > 0) return tooSmall([...refused.map(refusalCase), ...cases]);
    const last = oracle.uploads.at(-1);
    const granted = requests.find(({ resource, ended }) => resource !== undefined && ended?.status === 200);
    if (!last || !granted) return notTestable("the agent was given nothing by the API server");
    const { due, missing } = completenessOf(context, last);
    const [lacking] = missing;
    if (lacking)
      return notTestable(`${lifeText(lacking)} is missing, and nothing was refused: KAS-SNAP-1 or KAS-SNAP-2 is about that`);
    const aside = refused.length === 0 ? "" : `; it does without what was refused: ${refused.map(refusalText).join(", ")}`;
    return pass(
      proofOf(
        context,
        noted(granted, "a request that the role grants"),
        noted(last.call, `the last snapshot, with all of ${count(due, "object")} that the server needs`),
      ),
      `under ${source}, ${count(oracle.uploads.length, "snapshot")}, complete to the last${aside}`,
    );
  },
};

function uploadsNothing(context: CheckContext, refused: readonly Refusal[]) {
  const { oracle, plan, scenario } = context;
  const exited = scenario.agent.lives.at(-1)?.exited;
  const waited = hasPassed(oracle.time.after(oracle.startedAt.t, plan.budgets.start), oracle.observedUntil);
  if (refused.length === 0) return notTestable("no request was accepted, and the role refused nothing: KAS-LIFE-1 is about that");
  if (!waited && !exited) return notTestable("the agent was not observed for long enough under its role");
  return tooSmall([...refused.map(refusalCase), { at: oracle.observedUntil, text: "no snapshot was ever accepted" }]);
}

/** One thing that the role does not grant, and how often it was tried. */
interface Refusal {
  readonly verb: string;
  /** The path where it is no resource. */
  readonly what: string;
  readonly resource?: string;
  readonly first: ApiRequestRecord;
  readonly times: number;
}

function refusedOf(requests: readonly ApiRequestRecord[]): readonly Refusal[] {
  const refusals = new Map<string, Refusal>();
  for (const request of requests) {
    if (request.ended?.status !== FORBIDDEN) continue;
    const { verb, resource } = request;
    const what = resource ?? request.path.split("?")[0] ?? "";
    const known = refusals.get(`${verb} ${what}`);
    const times = (known?.times ?? 0) + 1;
    refusals.set(`${verb} ${what}`, { verb, what, first: known?.first ?? request, times, ...(resource && { resource }) });
  }
  return [...refusals.values()];
}

function refusalText({ verb, what }: Refusal): string {
  return `${verb} ${what}`;
}

function refusalCase(refusal: Refusal): Case {
  return { at: refusal.first, text: `${refusalText(refusal)} was refused with 403 (${count(refusal.times, "time")})` };
}

/** The first snapshot that lacks a kind of which something was refused. */
function missingCases(context: CheckContext, refused: readonly Refusal[]): readonly Case[] {
  if (refused.length === 0) return [];
  for (const upload of context.oracle.uploads) {
    const missing = completenessOf(context, upload).missing.filter(({ resource }) =>
      refused.some((each) => each.resource === resource),
    );
    const [life] = missing;
    if (!life) continue;
    const more = missing.length > 1 ? `, and so are ${missing.length - 1} more objects` : "";
    return [inCall(upload.call, `${lifeText(life)} is missing${more}`)];
  }
  return [];
}

/** Changes that never showed, of a kind that the agent may list and not watch. */
function unseenCases(context: CheckContext, refused: readonly Refusal[]): readonly Case[] {
  const { oracle, plan } = context;
  return oracle.commits.flatMap((commit): readonly Case[] => {
    const { resource } = commit.life;
    if (!refused.some((each) => each.verb === "watch" && each.resource === resource)) return [];
    const due = oracle.time.after(commit.t, plan.budgets.staleness);
    const shows = showingOf(context, commit, due);
    if (!shows || !hasPassed(due, oracle.observedUntil)) return [];
    if (oracle.uploads.some(shows)) return [];
    return [{ at: commit, text: `${lifeText(commit.life)} was ${commit.change}, and never showed` }];
  });
}

function tooSmall(cases: readonly Case[]): Fail {
  return fail({
    problem: "the agent does not work with just its ClusterRole",
    cases,
    consequence:
      "In a cluster that grants no more the real server gets nothing, deletes what is missing, or keeps a frozen state for as long as error_msg is set.",
    mend: "Grant what was refused (`run --dry-run` prints the smallest role that will do), or tell the agent not to ask for it.",
  });
}
