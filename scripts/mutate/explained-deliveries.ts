import { exactly } from "./exactly.ts";
import { TIE } from "./explained-ties.ts";
import type { Explanation } from "./explanations.ts";

const LAST_OF_WATCH =
  "equivalent: an ERROR is the last event of its watch, whose end follows at once, and a status 410 is given at once";
const OTHER_GAP = "never green: what an agent missed before an earlier error is a change in the gap of that watch";
const AT_ONCE =
  "either is right: only an agent that reads a kind twice at once was brought something after what is the last here";
const GENUINE =
  "equivalent: the first list of a resourceVersion is of its time; while a resourceVersion lasts, nothing is written";
const TYPES = "equivalent: what is there where it is asked; the other side stands for the types";

/** Of checks that look at what the API server delivered. */
export const ofDeliveries: readonly Explanation[] = [
  ...exactly("checks/watch-gaps", "equivalent: no kind that is uploaded is without a name", [
    "resource === undefined || !oracle.uploadedResources.has(resource)",
    "!oracle.uploadedResources.has(resource)",
  ]),
  ...exactly("checks/watch-gaps", "equivalent: it is asked of what was served, which is a list or such a watch", [
    "isWatchRequest(request)",
    "true",
    "return isWatchRequest(request) ?",
  ]),
  ...exactly("checks/watch-gaps", "equivalent: a watch ends with the error event that one such fault writes", [
    'script.find((one) => one?.fault === "api-error-event")?.["code"]',
    'script.findLast((one) => one?.fault === "api-error-event")?.["code"]',
  ]),
  ...exactly(
    "checks/watch-gaps",
    LAST_OF_WATCH,
    [
      'watch.events.find(({ type }) => type === "ERROR") ?? watch.ended ?? watch',
      'watch.events.find(({ type }) => type === "ERROR") ?? watch.ended',
    ],
    ['watch.events.find(({ type }) => type === "ERROR") ?? watch.ended', 'watch.events.find(({ type }) => type === "ERROR")'],
    ['watch.events.find(({ type }) => type === "ERROR") ?? watch.ended', "watch.ended"],
    [
      'watch.events.find(({ type }) => type === "ERROR")',
      'watch.events.findLast(({ type }) => type === "ERROR")',
      'const at = watch.events.find(({ type }) => type === "ERROR")',
    ],
    ['"ERROR"', '""', 'const at = watch.events.find(({ type }) => type === "ERROR")'],
  ),
  ...exactly(
    "checks/watch-gaps",
    OTHER_GAP,
    ['one.seq < at.seq && !("type" in one && one.type === "ERROR")', "one.seq < at.seq"],
    ['"type"', '""', '"type" in one'],
    ['"ERROR"', '""', 'one.type === "ERROR"'],
  ),
  ...exactly(
    "checks/watch-gaps",
    AT_ONCE,
    ['one.seq < at.seq && !("type" in one && one.type === "ERROR")', '!("type" in one && one.type === "ERROR")'],
    ["one.seq > last.seq", "true"],
  ),
  ...exactly("checks/watch-gaps", TIE, ["one.seq < at.seq", "one.seq <= at.seq"], ["one.seq > last.seq", "one.seq >= last.seq"]),
  ...exactly("checks/watch-gaps", "equivalent: a page has no type", [
    '"type" in one && one.type === "ERROR"',
    'one.type === "ERROR"',
  ]),
  ...exactly(
    "checks/watch-gaps",
    TYPES,
    ['""', '"?"', 'watch.resource ?? ""'],
    ['""', '"?"', 'by?.resource ?? ""'],
    ["next && list", "next"],
  ),
  ...exactly(
    "checks/watch-gaps",
    "equivalent: no watch asks for the next page of a list",
    ['request.verb === "watch" || !queryOf(request).get("continue")', '!queryOf(request).get("continue")'],
    ['"watch"', '""', 'find((request) => request.verb === "watch"'],
  ),
  ...exactly(
    "checks/watch-gaps",
    GENUINE,
    ['verb === "list" && seq < list.seq', 'verb === "list"'],
    ["seq < list.seq", "seq <= list.seq"],
    [
      "requests.find((request) => isSame(request) && !isStale(request))?.pages[0]",
      "requests.findLast((request) => isSame(request) && !isStale(request))?.pages[0]",
    ],
    ["isSame(request) && !isStale(request)", "isSame(request)"],
  ),
  ...exactly("checks/watch-gaps", "never green: a gap that is nothing throws", [
    "[]",
    "undefined",
    "if (ended.seq > context.oracle.observedUntil.seq) return []",
  ]),
  ...exactly("checks/watch-gaps", "never green: it leaves the agent less time", ["end.t > last.t", "true"]),
  ...exactly("checks/watch-gaps", "equivalent: no comparison with nothing is true, nor is this one with Infinity", [
    "gap.to?.seq ?? Infinity",
    "gap.to?.seq",
  ]),
];
