import type { ScenarioHistory } from "../history/types.ts";
import { requestText, surroundings } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { hiddenByEnd } from "./faults.ts";
import { askedInVain } from "./in-vain.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notApplicable, notTestable, pass, type ScenarioVerdict } from "./verdict.ts";
import { changesIn, cutGaps, expiredGaps, type Gap, type GapChange, listGaps, recoverableAt } from "./watch-gaps.ts";
import { callText, count, lifeText, seconds } from "./words.ts";

/** What one of the three requirements says of its gaps. */
interface Words {
  readonly problem: string;
  readonly mend: string;
  /** Of a gap that was never closed, with what was asked in vain; undefined where closing it is another requirement's business. */
  readonly open?: (gap: Gap, asked: string) => string;
  /** When the changes happened. */
  readonly when: string;
  readonly none: string;
}

function neverWatches({ api }: ScenarioHistory): boolean {
  return !api.requests.some(({ verb }) => verb === "watch");
}

function judgeGaps(context: CheckContext, gaps: readonly Gap[], words: Words): ScenarioVerdict {
  const { oracle, plan, scenario } = context;
  if (neverWatches(scenario)) return notApplicable("the agent never watches; KAS-WATCH-1 says so");
  const { api } = plan.budgets;
  const until = (gap: Gap) => oracle.time.after(recoverableAt(context, gap).t, api);
  const open = gaps.filter((gap) => (gap.next ? gap.next.t > until(gap) : hasPassed(until(gap), oracle.observedUntil)));
  const changes = changesIn(context, gaps);
  const lost = changes.filter((change) => change.lost);
  const cases: readonly Case[] = [
    ...open.flatMap((gap): readonly Case[] =>
      words.open ? [{ at: gap.began, text: words.open(gap, askedInVain(scenario.api.requests, gap)) }] : [],
    ),
    ...lost.map((change): Case => ({ at: change.commit, text: lostText(context, change) })),
  ];
  if (cases.length > 0) {
    return fail({
      problem: words.problem,
      cases: cases.toSorted((a, b) => a.at.seq - b.at.seq),
      consequence: "The real server shows what was, until the agent happens to list again.",
      mend: words.mend,
    });
  }
  const pending = words.open !== undefined && gaps.some(({ next }) => next === undefined);
  const example = pending ? undefined : changes.find(({ shown }) => shown);
  if (!example?.shown || changes.some(({ shown }) => !shown)) return hiddenByEnd(context) ?? notTestable(words.none);
  const { gap, commit, shown } = example;
  const slowest = Math.max(...changes.map((change) => (change.shown?.call.t ?? 0) - change.commit.t));
  return pass(
    proofOf(
      context,
      noted(commit, `${lifeText(commit.life)} was ${commit.change} ${words.when}, by ${requestText(gap.by)}`),
      noted(shown.call, "the first snapshot that shows it"),
    ),
    `${count(changes.length, "change")} ${words.when}, all of them shown, the slowest after ${seconds(slowest)}`,
  );
}

function lostText(context: CheckContext, { commit, gap, shown, due }: GapChange): string {
  const { oracle } = context;
  const what = `${lifeText(commit.life)} was ${commit.change} at seq ${commit.seq}`;
  const last = oracle.uploads.findLast(({ call }) => call.seq > commit.seq && call.t <= due);
  const has = last?.snapshot.find(commit.life) !== undefined;
  const instead = !last
    ? "no snapshot followed"
    : `${callText(last.call)} ${has ? (commit.change === "deleted" ? "still holds it" : "has it in an older form") : "lacks it"}`;
  const then = shown ? `showed ${seconds(shown.call.t - commit.t)} later` : `never showed; ${instead}`;
  const next = gap.next ?? oracle.observedUntil;
  const end = next.seq > commit.seq ? next : commit;
  return `${what} and ${then}${surroundings(context, gap.resource, gap.from, end)}`;
}

/** KAS-WATCH-2. */
export const expiredWatchListsAgain: Check = {
  id: "KAS-WATCH-2",
  readsContent: true,
  readsDelivery: true,
  run: (context) =>
    judgeGaps(context, expiredGaps(context), {
      problem: "an expired watch did not lead to a fresh list with nothing lost",
      mend: "On 410, as a status or in an ERROR event, list again without the old resourceVersion, replace the whole state by the list, and watch from there.",
      open: ({ by, resource, began }, asked) =>
        `${requestText(by)} expired at seq ${began.seq}, and no list of ${resource} was read to its end after it${asked}`,
      when: "while a watch had expired",
      none: "no watch expired, or nothing changed until the list after it",
    }),
};

/** KAS-WATCH-3. */
export const nothingLostAfterList: Check = {
  id: "KAS-WATCH-3",
  readsContent: true,
  readsDelivery: true,
  run: (context) =>
    judgeGaps(context, listGaps(context), {
      problem: "what changed between a list and its watch was lost",
      mend: "Watch from metadata.resourceVersion of the list, the first page's as well as the last's, and from nowhere else.",
      when: "between a list and its watch",
      none: "nothing changed between a list and the watch after it",
    }),
};

/** KAS-WATCH-4. */
export const cutWatchResumes: Check = {
  id: "KAS-WATCH-4",
  readsContent: true,
  readsDelivery: true,
  run: (context) =>
    judgeGaps(context, cutGaps(context), {
      problem: "a watch that was cut was not resumed with nothing lost",
      mend: "Watch again after every end of a watch, from the resourceVersion of the last event or bookmark, or list again.",
      open: ({ by, resource, began }, asked) =>
        `${requestText(by)} was cut at seq ${began.seq}, and ${resource} was neither watched nor listed again${asked}`,
      when: "while a watch was cut",
      none: "no watch was cut, or nothing changed until it was taken up again",
    }),
};
