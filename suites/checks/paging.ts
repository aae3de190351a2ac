import type { ApiRequestRecord, Moment, ScenarioHistory } from "../history/types.ts";
import { isSelective, queryOf, type Upload } from "../oracle/index.ts";
import { requestText } from "./api-faults.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { hiddenByEnd } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { type Case, fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { count, lifeText } from "./words.ts";

const isFurther = (request: ApiRequestRecord) => Boolean(queryOf(request).get("continue"));

/** Lists of all objects. One that asks for a single object asks whether it may. */
function listsOf({ api }: ScenarioHistory, resource: string): readonly ApiRequestRecord[] {
  return api.requests.filter(
    (request) =>
      request.resource === resource && request.verb === "list" && !isSelective(request) && queryOf(request).get("limit") !== "1",
  );
}

/** A list and the requests that read it on, up to the next list that begins. */
function chainOf(scenario: ScenarioHistory, first: ApiRequestRecord): readonly ApiRequestRecord[] {
  const later = listsOf(scenario, first.resource ?? "").filter(
    ({ seq, namespace }) => seq > first.seq && namespace === first.namespace,
  );
  const next = later.findIndex((request) => !isFurther(request));
  return [first, ...(next < 0 ? later : later.slice(0, next))];
}

/** Whether nobody reads on after a page that was not the last, nor begins the list anew. */
export function isGivenUp({ api }: ScenarioHistory, last: ApiRequestRecord | undefined): boolean {
  if (last?.verb !== "list" || !last.pages.some((page) => page.more)) return false;
  const next = api.requests.find(({ resource, seq }) => resource === last.resource && seq > last.seq);
  return next === undefined || next.verb === "watch";
}

/** Whether the list that stood open at a place was given up: the agent took a part for the whole. */
export function isAbandoned(scenario: ScenarioHistory, resource: string, before: number): boolean {
  return isGivenUp(
    scenario,
    listsOf(scenario, resource).findLast(({ seq }) => seq < before),
  );
}

/** KAS-WATCH-5. */
export const pagesReadToTheLast: Check = {
  id: "KAS-WATCH-5",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const kinds = [...oracle.uploadedResources];
    const begun = kinds.flatMap((resource) =>
      listsOf(scenario, resource).filter((request) => !isFurther(request) && request.pages.some((page) => page.more)),
    );
    const cases = begun.flatMap((request): readonly Case[] => {
      const chain = chainOf(scenario, request);
      const last = chain.at(-1);
      const given = chain.flatMap(({ pages }) => pages.flatMap(({ uids }) => uids)).length;
      // An agent whose record ends between two pages has given nothing up.
      if (isGivenUp(scenario, last) && settledAfter(context, last)) {
        const text = `${requestText(last ?? request)}: ${count(given, "object")} and a token for more, which was never used`;
        return [{ at: request, text }];
      }
      const lost = lostPages(context, chain);
      return lost === undefined ? [] : [{ at: request, text: `${requestText(request)}: ${lost}` }];
    });
    if (cases.length > 0) {
      return fail({
        problem: "lists that came in pages were not read to their last page",
        cases,
        consequence: "The real server deletes every object of the pages that were not read: in a large cluster, most of them.",
        mend: "Ask again with metadata.continue until it is empty, and take no list for whole before.",
      });
    }
    const whole = begun.find((request) => endOf(chainOf(scenario, request)));
    const end = whole && endOf(chainOf(scenario, whole));
    const upload = end && oracle.uploads.find(({ call }) => call.seq > end.seq);
    if (!whole || !end || !upload) {
      if (begun.length > 0)
        return hiddenByEnd(context) ?? notTestable("no list that came in pages was followed to its end by a snapshot");
      const asked = kinds.some((resource) => listsOf(scenario, resource).length > 0);
      return asked
        ? notApplicable("the agent asks for whole lists, which the server does not divide; KAS-WATCH-6 says so")
        : notApplicable("the agent lists nothing: it has its lists streamed (KAS-WATCH-6)");
    }
    return pass(
      proofOf(
        context,
        noted(whole, `${requestText(whole)}, answered with a token for more`),
        noted(upload.call, "a snapshot after its last page"),
      ),
      `${count(begun.length, "list")} came in pages, each read to its last or begun anew`,
    );
  },
};

/** The last page of a list that was read to its end. */
function endOf(chain: readonly ApiRequestRecord[]): Moment | undefined {
  return chain.flatMap(({ pages }) => pages).find((page) => !page.more);
}

/** The last snapshot after a moment, where the agent has had time to read what it was given then. */
function settledAfter({ oracle, plan }: CheckContext, moment: Moment | undefined): Upload | undefined {
  if (moment === undefined || !hasPassed(oracle.time.after(moment.t, plan.budgets.staleness), oracle.observedUntil))
    return undefined;
  return oracle.uploads.findLast(({ call }) => call.seq > moment.seq);
}

/** What a snapshot lacks of the pages after the first: all of it, though it was asked for. */
function lostPages(context: CheckContext, chain: readonly ApiRequestRecord[]): string | undefined {
  const { scenario } = context;
  const further = chain.slice(1);
  const end = endOf(further);
  const upload = end && settledAfter(context, end);
  if (!upload) return undefined;
  const lives = further
    .flatMap(({ pages }) => pages.flatMap(({ uids }) => uids))
    .flatMap((uid) => scenario.api.objects.get(uid) ?? [])
    .filter((life) => (life.deleted?.seq ?? Infinity) > upload.call.seq);
  if (lives.length === 0 || lives.some((life) => upload.snapshot.find(life))) return undefined;
  const example = lives[0];
  return `${count(lives.length, "object")} of its further pages are all missing from request seq ${upload.call.seq}, such as ${example ? lifeText(example) : ""}`;
}

/** KAS-WATCH-6: how the kind of which there is most is listed first. No agent knows beforehand how long a list will be. */
export const largeListsInPages: Check = {
  id: "KAS-WATCH-6",
  readsContent: true,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const sizes = [...oracle.uploadedResources].map((resource) => ({
      resource,
      size: oracle.lives.filter((life) => life.resource === resource && (life.forms[0]?.seq ?? 0) < oracle.startedAt.seq).length,
    }));
    const largest = sizes.toSorted((a, b) => b.size - a.size)[0];
    const whole = new Set(oracle.completeLists(largest?.resource).map(({ start }) => start.seq));
    const first = scenario.api.requests.find((request) => {
      const lists = request.verb === "list" || (request.verb === "watch" && whole.has(request.seq));
      return request.resource === largest?.resource && lists && !isSelective(request);
    });
    // An agent that sends before it has listed everything may list what there is most of later (KAS-SNAP-6).
    const upload = first && oracle.uploads.find(({ call }) => call.seq > first.seq);
    if (!largest || !first || !upload) return notTestable("no kind that the agent uploads was listed");
    const limit = Number(queryOf(first).get("limit") ?? 0);
    if (first.verb === "list" && !(limit > 0)) {
      return fail({
        problem: "large lists are asked for in one piece",
        cases: [
          { at: first, text: `${requestText(first)} has no limit, and ${largest.resource} has ${count(largest.size, "object")}` },
        ],
        consequence:
          "Tens of thousands of objects in one answer take gigabytes of the API server's memory, for each agent that starts.",
        mend: "Ask with limit=500 and read on with metadata.continue, or have the list streamed by a watch with sendInitialEvents.",
      });
    }
    return pass(
      proofOf(context, noted(first, requestText(first)), noted(upload.call, "the first snapshot after it")),
      first.verb === "watch"
        ? `${largest.resource} is streamed`
        : `${largest.resource}, of which there is most, is asked for in pages of ${limit}`,
    );
  },
};
