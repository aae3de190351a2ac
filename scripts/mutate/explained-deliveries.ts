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
const GATED = "equivalent: the gate runs no check where nothing was accepted, so that the first accepted request is there";
const SAID = "words alone, and never green: it only chooses what is shown as evidence, or shows too little for a pass";
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
  ...exactly("checks/watch-gaps", "never green: it leaves the agent less time", ["end.t > last.t", "true"]),
  ...exactly("checks/watch-gaps", "equivalent: no comparison with nothing is true, nor is this one with Infinity", [
    "gap.to?.seq ?? Infinity",
    "gap.to?.seq",
  ]),
  ...exactly("checks/api-manners", "equivalent: no quiet time since the first snapshot is in a window that ended before it", [
    "endedBy && first && to.seq > first.seq",
    "endedBy && first",
  ]),
  ...exactly("checks/api-manners", GATED, ["endedBy && first", "endedBy"]),
  ...exactly("checks/api-manners", "either is right: a window that is as long as it must be, to a fraction of a millisecond", [
    "to.t - Math.max(from.t, first.t) >= quiet",
    "to.t - Math.max(from.t, first.t) > quiet",
  ]),
  ...exactly("checks/api-manners", "never green: without an upload after it nothing shows, or it throws", [
    "oracle.uploads.find(({ call }) => call.seq > window.from.seq)?.call ?? window.from",
    "oracle.uploads.find(({ call }) => call.seq > window.from.seq)?.call",
  ]),
  ...exactly("checks/api-manners", "equivalent: no upload comes before the first accepted request, which is one", [
    "settled.seq < window.to.seq && settled.seq > first.seq",
    "settled.seq < window.to.seq",
  ]),
  ...exactly(
    "checks/api-manners",
    "equivalent: only lists and watches are among the complete lists, and only watches have events",
    ['request.verb === "watch" && whole.has(request.seq)', "whole.has(request.seq)"],
    [
      'request.verb === "watch" && request.events.some( (event) => event.uid === commit.life.uid  …  event.seq < (showing?.call.seq ?? 0), )',
      "request.events.some( (event) => event.uid === commit.life.uid && event.seq > commit.seq && event.seq < (showing?.call.seq ?? 0), )",
      'request.verb === "watch" && request.events.some( (event) => event.uid === commit.life.uid && event.seq > commit.seq && event.seq < (showing?.call.seq ?? 0), )',
    ],
  ),
  ...exactly("checks/api-manners", "never green: a watch that lists by itself is taken for a list that no cut excuses", [
    "seq < list.seq",
    "seq <= list.seq",
  ]),
  ...exactly("checks/api-manners", "equivalent: neither is the name of a Lease or of a review", ['""', '"?"', 'resource = ""']),
  ...exactly(
    "checks/api-manners",
    SAID,
    ["0", "1", "const [first, last] = [requests[0], requests.at(-1)]"],
    ["1", "2", "const [first, last] = [requests[0], requests.at(-1)]"],
    ["0", "1", "const [first, last] = [asked[0], asked.at(-1)]"],
    ["1", "2", "const [first, last] = [asked[0], asked.at(-1)]"],
  ),
  ...exactly(
    "checks/api-manners",
    "equivalent: a list that has a first has a last; both are asked for the types",
    ["!first || !last", "!first"],
    ["!first || !last", "!last"],
  ),
  {
    file: "suites/checks/api-manners.ts",
    within: "askedFor",
    reason: "never green: where fewer kinds are asked for, more are blamed",
  },
  ...exactly(
    "checks/api-manners",
    "never green: where Secrets are uploaded, that alone is a failure",
    [
      'resource === "secrets" || !(askedFor.has(resource) || resource.startsWith("leases.") || oracle.uploadedResources.has(resource))',
      '!(askedFor.has(resource) || resource.startsWith("leases.") || oracle.uploadedResources.has(resource))',
    ],
    ['"secrets"', '""', 'resource === "secrets" ||'],
  ),
  ...exactly("checks/api-manners", "never green: a list of nothing is none that is recorded, and would throw", [
    '(verb === "list" || verb === "watch") && resource !== undefined',
    '(verb === "list" || verb === "watch")',
  ]),
  ...exactly(
    "checks/delivered-state",
    "equivalent: an object with one form is in no other; each has one",
    ["first && !second", "false"],
    ["first && !second", "!second"],
  ),
  ...exactly(
    "checks/delivered-state",
    "never green: only a Secret has forms without a view, and one in a snapshot throws or is a failure already",
    ["view === undefined || views[0] === undefined", "false"],
    ["view === undefined || views[0] === undefined", "view === undefined"],
    ["view === undefined || views[0] === undefined", "views[0] === undefined"],
    [
      "view === undefined || !differingFields(view, sent).some((field) => changing.has(field))",
      "!differingFields(view, sent).some((field) => changing.has(field))",
    ],
  ),
  ...exactly(
    "checks/delivered-state",
    "equivalent: a field in which two forms differ is one in which one of them differs from any third",
    ["0", "1", "views[0]"],
  ),
  ...exactly(
    "checks/delivered-state",
    "never green: a version that is of no form, as the harness may see it past the proxy alone, is taken for a difference",
    ['sent === "some-form" || !form', 'sent === "some-form"'],
  ),
  ...exactly("checks/delivered-state", TIE, ["seq < until.seq", "seq <= until.seq"], ["seq > began.seq", "seq >= began.seq"]),
  ...exactly(
    "checks/delivered-state",
    "either is right: a time that falls on the bound to a fraction of a millisecond is neither late nor in time",
    ["(known[index + 1]?.t ?? Infinity) >= from", "(known[index + 1]?.t ?? Infinity) > from"],
    [
      "listed > oracle.time.before(upload.call.t, plan.budgets.staleness)",
      "listed >= oracle.time.before(upload.call.t, plan.budgets.staleness)",
    ],
  ),
  ...exactly(
    "checks/delivered-state",
    "equivalent: where no states are looked at, no objects are; what has no uid has no life",
    ["0", "1", "{ states: [], objects: 0 }"],
    ["uid ?? []", "uid"],
  ),
  ...exactly("checks/delivered-state", SAID, ["0", "1", "let most = 0"]),
  ...exactly("checks/delivered-state", "equivalent: what was told of, and what is sent under the uid of an object, has a life", [
    "!life || !oracle.wasUploaded(life)",
    "!oracle.wasUploaded(life)",
  ]),
  ...exactly("checks/delivered-state", "equivalent: each form of an object has a resourceVersion of its own", [
    "life.forms.find(({ resourceVersion }) => resourceVersion === told.version)",
    "life.forms.findLast(({ resourceVersion }) => resourceVersion === told.version)",
  ]),
  ...exactly("checks/delivered-state", "equivalent: only Secrets have no object, and no Secret may be left out", [
    "form?.object !== undefined && mayBeOmitted(life.resource, form.object)",
    "mayBeOmitted(life.resource, form.object)",
  ]),
  ...exactly(
    "checks/delivered-state",
    "never green: what is not there throws",
    [
      "scenario.agent.lives.findLast(({ since }) => since.seq < upload.call.seq)?.since ?? oracle.startedAt",
      "scenario.agent.lives.findLast(({ since }) => since.seq < upload.call.seq)?.since",
    ],
    ["delivered === undefined", "false"],
    ["state && look.objects > 0", "look.objects > 0"],
  ),
  ...exactly("checks/paging", TYPES, ['""', '"?"', 'first.resource ?? ""']),
  ...exactly("checks/paging", "equivalent: only lists have pages that are not the last, and none is nothing", [
    'last?.verb !== "list" || !last.pages.some((page) => page.more)',
    "!last.pages.some((page) => page.more)",
  ]),
  ...exactly("checks/paging", "never green: a list is looked at once more from each of its further pages", [
    "!isFurther(request) && request.pages.some((page) => page.more)",
    "request.pages.some((page) => page.more)",
  ]),
  ...exactly("checks/paging", "never green: a request has one page, and one that was refused has none and no end", [
    "request.pages.some((page) => page.more)",
    "request.pages.every((page) => page.more)",
  ]),
  ...exactly("checks/paging", "never green: what comes after the last whole list comes after the first as well", [
    "begun.find((request) => endOf(chainOf(scenario, request)))",
    "begun.findLast((request) => endOf(chainOf(scenario, request)))",
  ]),
  ...exactly("checks/paging", "equivalent: a list has one last page, after which the next begins", [
    "chain.flatMap(({ pages }) => pages).find((page) => !page.more)",
    "chain.flatMap(({ pages }) => pages).findLast((page) => !page.more)",
  ]),
  ...exactly("checks/paging", "equivalent: a list has a last request at least", [
    "moment === undefined || !hasPassed(oracle.time.after(moment.t, plan.budgets.staleness), oracle.observedUntil)",
    "!hasPassed(oracle.time.after(moment.t, plan.budgets.staleness), oracle.observedUntil)",
  ]),
  ...exactly("checks/paging", "equivalent: after no moment there is no such snapshot", [
    "end && settledAfter(context, end)",
    "settledAfter(context, end)",
  ]),
  ...exactly(
    "checks/paging",
    "never green: what is not there throws",
    ["scenario.api.objects.get(uid) ?? []", "scenario.api.objects.get(uid)"],
    [
      "first && oracle.uploads.find(({ call }) => call.seq > first.seq)",
      "oracle.uploads.find(({ call }) => call.seq > first.seq)",
    ],
  ),
  ...exactly(
    "checks/paging",
    "equivalent: each life has a form, and an absent limit is the number 0",
    ["life.forms[0]?.seq ?? 0", "life.forms[0]?.seq"],
    ["0", "1", "(life.forms[0]?.seq ?? 0) <"],
    ['queryOf(first).get("limit") ?? 0', 'queryOf(first).get("limit")'],
  ),
  ...exactly("checks/paging", "equivalent: only lists and watches are among the complete lists", [
    'request.verb === "watch" && whole.has(request.seq)',
    "whole.has(request.seq)",
  ]),
  ...exactly("checks/paging", TIE, ["call.seq > first.seq", "call.seq >= first.seq"]),
  ...exactly("checks/api-trouble", "equivalent: a fault that hit a request was in reach of the agent", [
    "!first && !isFailureInReach(scenario)",
    "!isFailureInReach(scenario)",
  ]),
  ...exactly("checks/api-trouble", "equivalent: it is asked of what the snapshot itself lacks", [
    "before.call.seq < call.seq",
    "before.call.seq <= call.seq",
  ]),
  ...exactly(
    "checks/api-trouble",
    "never green: what is not there throws",
    ["request && first && hit.seq < first.call.seq", "hit.seq < first.call.seq"],
    ["request && first", "request"],
    ["request && first", "first"],
  ),
  ...exactly("checks/api-trouble", SAID, [
    "oracle.completeLists(resource).find(({ end }) => end.seq < call.seq)",
    "oracle.completeLists(resource).findLast(({ end }) => end.seq < call.seq)",
  ]),
  ...exactly(
    "checks/omission",
    "equivalent: only Secrets have no object, and no Secret may be left out",
    ["object === undefined || !mayBeOmitted(resource, object)", "!mayBeOmitted(resource, object)"],
    ["index > form && object !== undefined", "index > form"],
  ),
  ...exactly("checks/omission", "equivalent: what may be left out in the form that is asked of need not show at all", [
    "index > form",
    "index >= form",
  ]),
  {
    file: "suites/checks/api-faults.ts",
    within: "isFailureInReach",
    reason: "never green: it tells only what is not applicable from what is not testable",
  },
  ...exactly(
    "checks/api-faults",
    "equivalent: each hit of such a fault is of a request; nothing is of no kind that is uploaded",
    ["hit.req ?? 0", "hit.req"],
    ["0", "1", "hit.req ?? 0"],
    ["request?.resource === undefined", "false"],
  ),
];
