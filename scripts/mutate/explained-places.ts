import { ofCalls } from "./explained-calls.ts";
import { ofContents } from "./explained-contents.ts";
import { ofDeliveries } from "./explained-deliveries.ts";
import { ofJudging } from "./explained-judging.ts";
import { ofOracle } from "./explained-oracle.ts";
import { ofScattered } from "./explained-scattered.ts";
import { ofTies } from "./explained-ties.ts";
import type { Explanation } from "./explanations.ts";

/** Single places. */
const ofSingles: readonly Explanation[] = [
  {
    file: "suites/checks/gate.ts",
    code: "trouble === undefined || moment.seq < trouble.seq",
    reason: "equivalent: it is asked only where there is trouble",
  },
  {
    file: "suites/checks/gate.ts",
    code: "if (own && verdict) return",
    reason: "equivalent: where the check is the cause itself it was run, so that there is a verdict",
  },
  {
    file: "suites/checks/gate.ts",
    code: 'CAUSE_OF_ROW[call.answer?.row ?? ""]',
    reason: "equivalent: no row has the name that stands in for none",
  },
  {
    file: "suites/checks/versions.ts",
    code: "!first || !last",
    reason: "equivalent: a list that has a first has a last; both are asked for the types",
  },
  {
    file: "suites/checks/presence.ts",
    code: "!first || !last || used.size === 0",
    reason: "equivalent: a namespace is in use only where there is a snapshot, which is the first and the last then",
  },
  {
    file: "suites/checks/presence.ts",
    code: "!first || !last || most === 0",
    reason: "equivalent: owners were kept only where there is a snapshot, which is the first and the last then",
  },
  {
    file: "suites/checks/presence.ts",
    code: "readings.get(item.object) ?? { owner: readOwner(item, life) }",
    reason: "equivalent: the memory only saves reading an object again that many snapshots share",
  },
  {
    file: "suites/checks/presence.ts",
    code: "readings.set(item.object, known);",
    reason: "equivalent: the memory only saves reading an object again that many snapshots share",
  },
  {
    file: "suites/checks/presence.ts",
    code: "if (name !== undefined && !inUse.has(name))",
    reason: "equivalent for verdicts: another object of the same namespace is told as the example",
  },
  {
    file: "suites/checks/versions.ts",
    code: "if (!shown || !commit)",
    reason: "equivalent: the one is there where the other is; both are asked for the types",
  },
  {
    file: "suites/checks/versions.ts",
    code: "(after.version ?? 0n) < (before.version ?? 0n)",
    reason: "equivalent: only two versions that differ, and neither absent, are compared",
  },
  {
    file: "suites/checks/deletion.ts",
    code: "upload.call.seq < commit.seq",
    reason: "equivalent: no commit has the seq of a request",
  },
  {
    file: "suites/checks/deletion.ts",
    code: "(other.forms[0]?.seq ?? 0) > seq || (other.deleted?.seq ?? Infinity) <= seq",
    reason:
      "equivalent: each life has a form; a deletion that never came is neither before nor after; no creation has the seq of a deletion",
  },
  {
    file: "suites/checks/deletion.ts",
    code: "(life.deleted?.seq ?? Infinity) <= (deleted?.seq ?? 0)",
    reason: "equivalent: it is asked of a life that was deleted, and what never was compares as false",
  },
];

const CHECKS = "suites/checks";
const SAYS = "words alone: it is said beside a verdict that was reached without it";
const ANY = "equivalent: it is asked only whether there is one, or only said which one it is";
const GATED = "equivalent: the gate runs no check where nothing was accepted, so that the first accepted request is there";
const THROWS = "never green: the moment is noted next, which throws where there is none";
const TYPES = "equivalent: what is there where it is asked; the other side stands for the types";
const MARGIN = "either is right: a margin that was chosen, longer by a millisecond";
const WARNS = "words alone: no verdict and no exit code rests on a warning";

const file = (name: string) => `${CHECKS}/${name}.ts`;
const inFunctions = (name: string, reason: string, ...functions: readonly string[]): readonly Explanation[] =>
  functions.map((within) => ({ file: file(name), within, reason }));
const inCode = (name: string, reason: string, ...codes: readonly string[]): readonly Explanation[] =>
  codes.map((code) => ({ file: file(name), code, reason }));
/** Of `a ?? b` and `a && b` what is left where b is left out, or a. */
const lefts = (name: string, reason: string, ...codes: readonly string[]): readonly Explanation[] =>
  inCode(name, reason, ...codes).map((one) => ({ ...one, operators: ["operand"], becomes: "left" }));
const rights = (name: string, reason: string, ...codes: readonly string[]): readonly Explanation[] =>
  inCode(name, reason, ...codes).map((one) => ({ ...one, operators: ["operand"], becomes: "right" }));
/** A condition that turns away what is not there. */
const guards = (name: string, reason: string, ...codes: readonly string[]): readonly Explanation[] =>
  inCode(name, reason, ...codes).map((one) => ({ ...one, operators: ["operand", "condition"] }));
/** Which of several is taken for the example that a pass or a failure names. */
const examples = (name: string, ...codes: readonly string[]): readonly Explanation[] =>
  inCode(name, ANY, ...codes).map((one) => ({ ...one, operators: ["method"] }));

/** What is only said: functions and parts of functions that make the texts of failures, of passes and of what is not testable. */
const ofWords: readonly Explanation[] = [
  ...inFunctions("api-faults", SAYS, "faultText", "requestText", "surroundings", "some", "SHOWN"),
  ...inFunctions("told", SAYS, "givenText", "heardText", "isSeen", "toldOf"),
  ...inFunctions("change", SAYS, "otherCase", "lateCase"),
  ...inFunctions("watches", SAYS, "lostText"),
  ...inFunctions("in-vain", SAYS, "askedInVain"),
  ...inFunctions("cluster-id", SAYS, "questionText", "strangeText"),
  ...inFunctions("environments", SAYS, "andMore"),
  ...inFunctions("echo", SAYS, "demandText"),
  ...inFunctions("delivery", SAYS, "caseOf"),
  ...inFunctions("versions", SAYS, "whatCame"),
  ...inFunctions("scale", SAYS, "mebibytes"),
  ...inFunctions("api-trouble", SAYS, "EXAMPLES"),
  ...inCode("api-trouble", SAYS, "missing.slice(0, EXAMPLES)"),
  ...inCode("api-trouble", SAYS, "troubled.findLast((candidate) => candidate.resource === resource)"),
  ...inCode("beats", SAYS, "const waited = observedUntil.t - startedAt.t;"),
  ...inCode("beats", SAYS, "scenario.calls.at(-1) ?? observedUntil", "exited ?? term),"),
  ...inCode(
    "cluster-role",
    SAYS,
    'plan.clusterRole?.source === "minimal"',
    'const what = resource ?? request.path.split("?")[0] ?? "";',
    "const times = (known?.times ?? 0) + 1;",
    "known?.first ?? request",
    'const more = missing.length > 1 ? `, and so are ${missing.length - 1} more objects` : "";',
    'const aside = refused.length === 0 ? ""',
  ),
  ...inCode("connection", SAYS, "target.services.map((service) => `/${service}.Synchronizer`)"),
  ...inCode("delivered-state", SAYS, "{ ...state, seq: states[0]?.seq ?? 0 }"),
  ...inCode("delivered-state", SAYS, "closest === undefined || wrong.length <= closest.wrong.length"),
  ...inCode("delivered-state", SAYS, "wrong.slice(0, 3)", "seen.add(key);", "look.wrong === undefined || seen.has(key)"),
  ...inCode(
    "delivery",
    SAYS,
    '{ seq: silenced.seq, note: "a snapshot whose call failed" }',
    "Math.max(...failures.map(({ t, delivered }) => (delivered?.t ?? t) - t))",
  ),
  { file: file("delivery"), code: /\[\s*\{ seq: silenced\.seq, note: "a snapshot whose call failed" \},\s*\]/g, reason: SAYS },
  ...inCode("echo", SAYS, "followed ?? beat,"),
  { file: file("echo"), code: /demands\.some\(\(\{ followed \}\) => followed\)\s*\?/g, reason: SAYS },
  ...inCode("environments", SAYS, "lives.flatMap((life) => lateCase(context, life)).slice(0, 1)"),
  ...inCode("error-messages", SAYS, "failures.filter(({ seq }) => seq >= from.seq && seq <= to.seq)"),
  ...inCode("error-messages", SAYS, "late[0] ?? after.findLast(tells) ?? last", "told.seq > over.seq"),
  ...inFunctions("presence", SAYS, "shapeOf"),
  ...inCode("scale", SAYS, "most && most.byteLength >= call.byteLength"),
  ...inCode("watches", SAYS, "Math.max(...changes.map((change) => (change.shown?.call.t ?? 0) - change.commit.t))"),
  ...inCode("watches", SAYS, "cases.toSorted((a, b) => a.at.seq - b.at.seq)"),
  ...inCode("reconnection", SAYS, "Math.max(...judged.map(({ over, heard }) => (heard?.t ?? over.t) - over.t))"),
  ...inFunctions("echo", "never green: it tells only what is not applicable from what is not testable", "unasked"),
  ...inCode(
    "registry",
    "never green: without its number no check is found, or the registry cannot be loaded",
    "[check.id, check]",
  ),
  ...inCode("faults", "equivalent: no kind of fault has either name", 'scriptOf(record)?.fault ?? ""'),
  ...inCode("faults", "equivalent: no call has the number of none", "hit.call !== undefined"),
  ...inCode("proof", "equivalent: of two that are one moment either is", "last.seq < accepted.seq"),
  ...inCode("verdict", "equivalent: a list that has a first has a last; both are asked for the types", "first && last"),
  ...inFunctions("beats", MARGIN, "UNANSWERED_MS"),
  ...inFunctions("deadline", MARGIN, "TIMER_SLACK_MS"),
  ...inFunctions("throttling", MARGIN, "SLACK_MS"),
  ...inCode("every-snapshot", SAYS, "Math.max(...seen.map(({ looked }) => looked))"),
  ...inCode("faults", SAYS, "exited.signal ?? `exit code ${exited.code}`"),
  { file: file("faults"), code: /\[\s*\{ seq: exited\.seq, note: "the agent ended by itself" \},\s*\]/g, reason: SAYS },
  ...inCode("not-watching", SAYS, '[{ seq: left.seq, note: "the agent ended by itself" }]', "a.at.seq - b.at.seq"),
  {
    file: file("not-watching"),
    operators: ["method"],
    original: /\.toSorted\(\(a, b\) => a\.at\.seq - b\.at\.seq\)$/,
    reason: SAYS,
  },
  ...inCode("lives", SAYS, "fired.findLast((fault) => fault.fired && fault.fired.seq < left.seq) ?? first"),
  ...inCode("paging", SAYS, "asked ?", "const example = lives[0];"),
  { file: file("paging"), code: /const asked = kinds\.some\([^;]*;\s*return asked/g, reason: SAYS },
  ...inCode("throttling", SAYS, "next ?? failure"),
  ...inCode("untold", SAYS, "(stall.ms > most.ms ? stall : most)"),
  { file: file("untold"), code: /\[\s*\{ seq: longest\.seq, note: [^}]*\}[^}]*\},\s*\]/g, reason: SAYS },
  ...inCode("scale", SAYS, "oracle.calls.at(-1) ?? first"),
  ...inCode(
    "replicas",
    SAYS,
    '[{ at: killed, text: `replica ${before?.replica ?? "?"} was killed, and the other sent nothing` }]',
  ),
  { file: "suites/judge.ts", within: "whyNotRun", reason: SAYS },
  { file: "suites/judging/warnings.ts", reason: WARNS },
  { file: "suites/judging/judge-tenant.ts", within: "warningsOf", reason: WARNS },
];

/** Which one is taken does not matter. */
const ofExamples: readonly Explanation[] = [
  ...examples("beats", "oracle.uploads.find((candidate) => candidate.call === call)"),
  ...examples("change", "shown.find(({ due, upload }) => upload.call.seq > due.commit.seq)"),
  ...examples("change", "changesDue(context).find((candidate) => candidate.commit === commit)"),
  ...examples("delivery", "failures.find(({ delivered }) => delivered === undefined)"),
  ...examples("echo", "demands.find(({ beat, followed }) => followed && since && beat.seq > since.seq)"),
  ...examples("error-messages", "troubles.find((trouble) => trouble.told)"),
  ...examples("single-faults", "oracle.calls.find((call) => call.seq > healed.seq && call.seq < other && !tells(call))"),
  ...examples("single-faults", "hiccups.find((hiccup) => hiccup.quiet && !hiccup.told)"),
  ...examples("paging", "oracle.uploads.find(({ call }) => call.seq > end.seq)"),
  ...examples("paging", "oracle.uploads.find(({ call }) => call.seq > first.seq)"),
  ...examples("reconnection", "retries.find(({ seq }) => lasting?.fired && seq > lasting.fired.seq)"),
  ...examples("scale", "oracle.uploads.find((candidate) => candidate.call === call)"),
  ...examples("throttling", "throttled.find(({ next }) => next)"),
  ...examples("versions", "steps.find(({ after }) => after.call.seq > commit.seq)"),
  ...examples("watches", "changes.find(({ shown }) => shown)"),
  ...examples("watch-gaps", "requests.find(({ seq }) => seq === list?.start.seq)", "requests.indexOf(next)"),
  ...examples("api-trouble", "scenario.api.requests.find(({ req }) => req === hit.req)"),
  ...examples("overtaken", "calls.indexOf(beat)"),
  ...examples("beats", "oracle.calls.indexOf(call)"),
  ...examples("envelope", "given.indexOf(call)"),
  { file: file("environments"), operators: ["method"], original: /^WORKLOADS\.find\(/, reason: ANY },
  { file: file("lives"), operators: ["method"], original: /^before\.find\(/, reason: ANY },
  { file: file("presence"), operators: ["method"], original: /^\(namespaces\.get\(name\) \?\? \[\]\)\.find\(/, reason: ANY },
];

/** What is there whenever it is asked for, and what throws where it is not. */
const ofGuards: readonly Explanation[] = [
  ...rights("api-trouble", GATED, "accepted !== undefined && seq > accepted.seq"),
  ...rights("beats", GATED, "first && call.seq > first.seq", "first && call.seq >= first.seq"),
  ...rights("error-messages", GATED, "accepted && seq > accepted.seq"),
  ...rights("single-faults", GATED, "accepted && seq > accepted.seq"),
  ...lefts("error-messages", GATED, "!failure || !accepted"),
  ...rights(
    "faults",
    "never green: without an exit it gives nothing as well, or throws",
    "exited && !life.signals.some(({ seq }) => seq < exited.seq)",
  ),
  ...guards("beats", GATED, "if (!first) return notTestable"),
  ...guards("change", GATED, "if (!first) return [];"),
  ...guards("proof", GATED, "if (!accepted) throw"),
  ...lefts("versions", GATED, "accepted[0]?.seq ?? 0", "!comparable || oracle.accepted[0] === undefined"),
  ...lefts("environments", "equivalent: each life has a form, and the gate sees to an accepted request", "!created || !first"),
  ...guards("api-trouble", THROWS, "if (!first || !held)"),
  ...lefts("api-trouble", THROWS, "missing.length === 0 || !failure"),
  ...guards("beats", THROWS, "if (!first || !one || !last)", "if (!life || !term)"),
  ...lefts("beats", "equivalent: where there is a second there is a last", "!second || !last"),
  ...guards("cluster-id", THROWS, "if (!asked || !answer)", "oracle.accepted.length === 0 || !last"),
  ...guards("cluster-role", THROWS, "if (!last || !granted)"),
  ...guards("consumer", THROWS, "if (!first || !last)"),
  ...guards("error-messages", THROWS, "if (!first || !failure)"),
  ...guards("every-snapshot", THROWS, "if (!first || !last)"),
  ...guards("lives", THROWS, "!first || !upload"),
  ...guards("paging", THROWS, "if (!whole || !end || !upload)", "if (!largest || !first || !upload)"),
  ...guards("presence", THROWS, "if (!last || !first)"),
  ...guards("reconnection", THROWS, "if (!lasting?.fired || !retry)"),
  ...guards("scale", THROWS, "if (!first || !largest)"),
  ...guards("versions", THROWS, "if (!first || !second)"),
  ...lefts("throttling", TYPES, 'scriptOf(failure.fault) ?? { fault: "" }'),
  ...lefts("single-faults", TYPES, 'scriptOf(fault) ?? { fault: "" }'),
  ...lefts("single-faults", "equivalent: what healed soon has healed", "soon && healed"),
  ...inCode("throttling", TYPES, '{ fault: "" }'),
  ...inCode("single-faults", TYPES, '{ fault: "" }'),
  ...lefts("watch-gaps", TYPES, 'watch.resource ?? ""', 'by?.resource ?? ""'),
  ...inCode("watch-gaps", "equivalent: it only keeps requests of one namespace apart from those of all", 'namespace = ""'),
  ...rights("watch-gaps", "equivalent: only what has ended can be cut", "!ended || !cut"),
  ...lefts("paging", TYPES, 'first.resource ?? ""'),
];

/** Survivors that were looked into, and stay, each where it stands. */
export const ofPlaces: readonly Explanation[] = [
  ...ofSingles,
  ...ofWords,
  ...ofExamples,
  ...ofGuards,
  ...ofTies,
  ...ofCalls,
  ...ofContents,
  ...ofDeliveries,
  ...ofOracle,
  ...ofJudging,
  ...ofScattered,
];
