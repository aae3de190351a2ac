import { exactly } from "./exactly.ts";
import type { Explanation } from "./explanations.ts";

const TYPES = "equivalent: what is there where it is asked; the other side stands for the types";
const WORDS = "words alone: it only chooses what a verdict that was reached says, or shows as evidence";
const PAGES = "equivalent: pages are recorded of lists alone";
const GENUINE =
  "equivalent: only lists have pages, and the first of a resourceVersion is of its time, since nothing is written while it lasts";
const NOTHING_THERE = "never green: it throws where there is none";

/** Files of which a few survivors were left. */
export const ofScattered: readonly Explanation[] = [
  ...exactly("checks/api-faults", TYPES, ["end ?? []", "end"]),
  ...exactly("checks/api-faults", "equivalent: two ends with one seq are the same line", [
    "end.seq > last.seq",
    "end.seq >= last.seq",
  ]),
  ...exactly("checks/cluster-id", "never green: a call that asks nothing throws", [
    "otherCalls.filter((call): call is Question => call.question !== undefined)",
    "otherCalls",
  ]),
  ...exactly("checks/cluster-id", NOTHING_THERE, [
    "gone && gone.seq <= oracle.observedUntil.seq",
    "gone.seq <= oracle.observedUntil.seq",
  ]),
  ...exactly("checks/cluster-id", "equivalent: neither text is a digest", ['""', '"?"', 'caMd5 = ""']),
  ...exactly("checks/cluster-role", "never green: changes of a kind of which only the list was refused are awaited as well", [
    'each.verb === "watch" && each.resource === resource',
    "each.resource === resource",
  ]),
  ...exactly("checks/consumer", "equivalent: of all entries the rule looks at those of this type alone itself", [
    "snapshot.items.filter(({ type }) => type === VERSION_INFO_TYPE)",
    "snapshot.items",
  ]),
  ...exactly(
    "checks/encoding",
    WORDS,
    ["offset === undefined", "false"],
    ['""', '"?"', 'offset === undefined ? ""'],
    ["1", "2", "uploads.at(-1)?.call"],
  ),
  {
    file: "suites/checks/encoding.ts",
    within: "encodingCheck",
    operators: ["block", "return value"],
    original: /id, readsContent, run\(context\)/,
    reason: "never green: the registry throws when it is loaded with a check that is nothing",
  },
  ...exactly(
    "checks/error-messages",
    "equivalent: no comparison with nothing is true, and no line has a seq below that",
    ["troubles.at(-1)?.to.seq ?? 0", "troubles.at(-1)?.to.seq"],
    ["0", "1", "troubles.at(-1)?.to.seq ?? 0"],
  ),
  ...exactly("checks/error-messages", NOTHING_THERE, [
    "!before || before.call.version === call.version",
    "before.call.version === call.version",
  ]),
  ...exactly("checks/roll-up", "equivalent: the first that has a context has one", [
    "context && first === index",
    "first === index",
  ]),
  ...exactly("checks/scale", "equivalent: the search for the largest begins there, and looks at all of them", [
    "0",
    "1",
    "uploads[0]",
  ]),
  ...exactly("checks/watch-gaps", PAGES, ['list.verb !== "list" || page === undefined', "page === undefined"]),
  ...exactly("checks/watch-gaps", PAGES, ['verb === "list" && seq < list.seq', "seq < list.seq"]),
  ...exactly("checks/watch-gaps", GENUINE, [
    'verb === "list" && seq < list.seq && pages[0]?.resourceVersion === list.pages[0]?.resourceVersion',
    "pages[0]?.resourceVersion === list.pages[0]?.resourceVersion",
  ]),
  ...exactly("checks/watches", "never green: what has no words of it throws", ["words.open", "true", "words.open ? [{"]),
  ...exactly("checks/watches", "never green: it is not testable then", [
    "words.open !== undefined && gaps.some(({ next }) => next === undefined)",
    "gaps.some(({ next }) => next === undefined)",
  ]),
  ...exactly("judge", "equivalent for verdicts: nothing is judged either way, it throws", [
    "error instanceof DocumentError",
    "true",
  ]),
  ...exactly("judge", "never green: where there is no check no scenario has a verdict, and it is not testable either way", [
    "!findCheck(id)",
    "false",
  ]),
  ...exactly("judging/judge-tenant", "never green: where there is no check it throws, and nothing is judged", [
    "check === undefined || excluded !== undefined",
    "excluded !== undefined",
  ]),
  ...exactly("judging/judge-tenant", "words alone: a warning of a machine without processor says a millisecond more", [
    "0",
    "1",
    "starved.reduce((sum, { ms }) => sum + ms, 0)",
  ]),
  ...exactly(
    "judging/rows",
    "equivalent: where the run is not narrowed, all that is not excluded was planned, and stands above",
    ["narrowed || excluded === undefined", "narrowed"],
  ),
];
