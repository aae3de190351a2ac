import { HistoryError } from "../history/error.ts";
import type { SyncCall } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { wasOvertaken } from "./overtaken.ts";
import { noted, proofOf } from "./proof.ts";
import { fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, inCall, seconds } from "./words.ts";

/** A request without entries whose answer asks for them, and the request that followed with entries. */
interface Demand {
  readonly beat: SyncCall;
  readonly answered: { readonly seq: number; readonly t: number };
  readonly followed?: SyncCall;
  /** The snapshot that the agent had sent under the same version, where that request holds less. */
  readonly whole?: SyncCall;
  /** When the entries were due, milliseconds. */
  readonly due: number;
}

/** Version other than the one held, or agent_id 0: the requests without entries that the server cannot keep. */
const ASKING_ROWS: readonly string[] = ["5", "10"];

function demandsOf({ oracle, plan }: CheckContext): readonly Demand[] {
  return oracle.calls.flatMap((beat): readonly Demand[] => {
    const { answer } = beat;
    if (beat.entriesHash !== undefined || answer?.code !== 0 || !ASKING_ROWS.includes(answer.row ?? "")) return [];
    if (wasOvertaken(oracle, beat)) return [];
    const followed = oracle.calls.find((call) => call.seq > beat.seq && call.entriesHash !== undefined);
    const listedAt = listedBy(oracle, followed ?? oracle.observedUntil);
    // An agent that is still listing has nothing to send: its time begins when the last of its kinds is listed.
    if (listedAt === undefined) return [];
    const since = Math.max(answer.t, oracle.accepted[0] && oracle.accepted[0].seq < beat.seq ? 0 : listedAt);
    const due = oracle.time.after(since, plan.budgets.echo);
    const whole = followed && wholeOf(oracle, followed);
    return [{ beat, answered: answer, due, ...(followed && { followed }), ...(whole && { whole }) }];
  });
}

/** What an agent sends again under a version, while nothing is written, is not less than what it had sent under it. */
function wholeOf(oracle: CheckContext["oracle"], again: SyncCall): SyncCall | undefined {
  const sent = oracle.calls.findLast(
    ({ seq, version, entriesHash }) => seq < again.seq && entriesHash !== undefined && version === again.version,
  );
  const [had, has] = [sent && sizeOf(sent), sizeOf(again)];
  const isLess = had !== undefined && has !== undefined && had > has;
  return isLess && sent && !oracle.wroteBetween(sent.t, again.t) ? sent : undefined;
}

/** How many entries a request has; undefined where the record lacks them. */
function sizeOf(call: SyncCall): number | undefined {
  try {
    return call.entries.length;
  } catch (error) {
    if (error instanceof HistoryError) return undefined;
    throw error;
  }
}

/** When every kind that was asked for had been listed once; undefined where that never came about. */
function listedBy(oracle: CheckContext["oracle"], before: { readonly seq: number; readonly t: number }): number | undefined {
  if (oracle.deliveryUnseen) return oracle.accepted[0]?.t;
  if (oracle.unlistedAt(before).length > 0) return oracle.accepted.length > 0 ? 0 : undefined;
  const first = new Map<string, number>();
  for (const { resource, end } of oracle.completeLists()) if (!first.has(resource)) first.set(resource, end.t);
  // One that uploaded something without ever listing has had it from elsewhere.
  if (first.size === 0) return oracle.accepted.length > 0 ? 0 : undefined;
  return Math.max(...first.values());
}

function demandText({ beat, followed, whole }: Demand): string {
  const got = beat.answer?.version === undefined ? "no version" : `version ${beat.answer.version}`;
  const after = followed && seconds(followed.t - (beat.answer?.t ?? beat.t));
  const parts = whole && followed && `${followed.entries.length} of ${whole.entries.length}`;
  const then = parts
    ? `${parts} entries came (seq ${followed?.seq})`
    : after
      ? `entries came ${after} later`
      : "no entries ever came";
  return `answered with ${got}, and ${then}`;
}

/** KAS-ECHO-1. */
export const echoBringsEntries: Check = {
  id: "KAS-ECHO-1",
  readsContent: false,
  withoutAccepted: { beside: "KAS-LIFE-1" },
  run(context) {
    const { oracle, plan } = context;
    const demands = demandsOf(context);
    const unmet = demands.filter(({ followed, whole, due }) =>
      followed ? followed.t > due || whole : hasPassed(due, oracle.observedUntil),
    );
    if (unmet.length > 0) {
      return fail({
        problem: `the server's other version was not answered with all entries within ${seconds(plan.budgets.echo)}`,
        cases: unmet.map((demand) => inCall(demand.beat, demandText(demand))),
        consequence:
          "The real server holds nothing of the cluster then (it restarted, or the state aged) and shows nothing until all entries come (row 5).",
        mend: "Compare the version of each answer with your own, and send the same request again with all entries where they differ.",
      });
    }
    const [since] = oracle.accepted;
    const met = demands.find(({ beat, followed }) => followed && since && beat.seq > since.seq);
    if (met?.followed) {
      return pass(
        proofOf(
          context,
          noted(met.answered, "an answer with another version, or none"),
          noted(met.followed, "the request with all entries"),
        ),
        `${count(demands.length, "answer")} with another version, all entries ${seconds(met.followed.t - met.answered.t)} later`,
      );
    }
    return unasked(context);
  },
};

/** KAS-ECHO-2. */
export const echoKeepsVersion: Check = {
  id: "KAS-ECHO-2",
  readsContent: false,
  run(context) {
    const { oracle, plan } = context;
    const [since] = oracle.accepted;
    const met = demandsOf(context).filter(
      ({ beat, followed }) =>
        followed &&
        since &&
        beat.seq > since.seq &&
        !oracle.wroteBetween(oracle.time.before(beat.t, plan.budgets.staleness), followed.t),
    );
    const renewed = met.filter(({ beat, followed }) => followed?.version !== beat.version);
    if (renewed.length > 0) {
      return fail({
        problem: "the request with all entries carries a new version though nothing changed",
        cases: renewed.map(({ beat, followed }) =>
          inCall(followed ?? beat, `the request that asked for it had version ${beat.version}`),
        ),
        consequence: "The real server stores it all the same (row 6), but takes it for a change and refreshes the whole cluster.",
        mend: "Send the same request again, under the same version, with all entries.",
      });
    }
    const [first] = met;
    if (!first?.followed) {
      const demands = demandsOf(context);
      if (demands.length === 0) return unasked(context);
      return notTestable(
        demands.some(({ followed }) => followed)
          ? "something was written while all entries were asked for, so that a new version may have been due"
          : "no request with all entries followed, because of KAS-ECHO-1",
      );
    }
    return pass(
      proofOf(
        context,
        noted(first.answered, "an answer with another version, or none"),
        noted(first.followed, "all entries under the same version"),
      ),
      `all entries under the same version ${first.beat.version}`,
    );
  },
};

function unasked({ oracle, scenario }: CheckContext) {
  if (scenario.resets.length === 0) return notApplicable("the server held what the agent had sent and asked for nothing");
  const bare = oracle.calls.some((call) => call.entriesHash === undefined && call.seq > (oracle.accepted[0]?.seq ?? 0));
  const later = oracle.calls.some((call) => call.seq > (oracle.accepted[0]?.seq ?? 0));
  if (!bare && later)
    return notApplicable("the agent sends all entries in every request (KAS-SNAP-9), so that no answer can ask for them");
  return notTestable("no request without entries was answered with another version");
}
