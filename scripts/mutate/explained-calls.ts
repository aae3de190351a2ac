import { exactly } from "./exactly.ts";
import { TIE } from "./explained-ties.ts";
import type { Explanation } from "./explanations.ts";

const SAID = "words alone: it only chooses what a verdict that was reached says, or shows as evidence";
const AFTER_FIRST = "equivalent: the first accepted request is an upload, and comes before each request that is looked at";
const ONLY_BARE =
  "never green: what stands before the first accepted request has no upload before it, and a pass by it alone throws";
const NO_EXIT = "never green: without an exit it gives none as well, or throws";
const AFTER_EXIT =
  "never green: it is red where the agent left after its first snapshot; one that left before sends no two requests afterwards";

/** Of checks that look at the calls of an agent and at its process. */
export const ofCalls: readonly Explanation[] = [
  ...exactly(
    "checks/beats",
    ONLY_BARE,
    ["oracle.calls.filter((call) => first && call.seq > first.seq)", "oracle.calls"],
    ["first && call.seq > first.seq", "first"],
    ["call.seq > first.seq", "call.seq >= first.seq"],
  ),
  ...exactly(
    "checks/beats",
    "equivalent: it is looked for among the uploads next, all of which have entries and one of which came before",
    ["call.entriesHash === undefined || !before || !isAcknowledged(before)", "!isAcknowledged(before)"],
    ["call.entriesHash === undefined || !before", "call.entriesHash === undefined"],
    ["call.entriesHash === undefined || !before", "!before"],
  ),
  ...exactly(
    "checks/beats",
    AFTER_FIRST,
    ["!upload || !previous", "!upload"],
    ["oracle.calls[oracle.calls.indexOf(call) - 1] ?? call", "oracle.calls[oracle.calls.indexOf(call) - 1]"],
    ["call === first || !before", "call === first"],
  ),
  ...exactly("checks/beats", "equivalent: what was acknowledged has an answer", [
    "before.answer?.seq ?? Infinity",
    "before.answer?.seq",
  ]),
  ...exactly("checks/beats", "equivalent: the same entries have the same content", [
    "same || previous.snapshot.contentKey === upload.snapshot.contentKey",
    "previous.snapshot.contentKey === upload.snapshot.contentKey",
  ]),
  ...exactly("checks/beats", "equivalent: of the start of that time only t is read", [
    "0",
    "1",
    "{ seq: 0, t: call.t - plan.budgets.staleness }",
  ]),
  ...exactly("checks/beats", "equivalent: there is a report, or it would have passed", [
    "report && unfounded.length === 0",
    "unfounded.length === 0",
  ]),
  ...exactly("checks/beats", NO_EXIT, [
    "life?.exited && !life.signals.some((signal) => signal.seq < (life.exited?.seq ?? 0))",
    "!life.signals.some((signal) => signal.seq < (life.exited?.seq ?? 0))",
  ]),
  ...exactly(
    "checks/beats",
    AFTER_EXIT,
    ["scenario.ended ?? life.signals[0]", "scenario.ended"],
    ["0", "1", "life.signals[0] ?? left"],
  ),
  ...exactly("checks/beats", "never green: a record that breaks off with a request has one request less", [
    "call.seq <= end.seq",
    "call.seq < end.seq",
  ]),
  ...exactly("checks/beats", "equivalent: nothing stands before the first either", ["index === 0", "false"]),
  ...exactly(
    "checks/beats",
    TIE,
    ["seq > from.seq", "seq >= from.seq"],
    ["seq < to.seq", "seq <= to.seq"],
    ["seq > term.seq", "seq >= term.seq"],
  ),
  ...exactly("checks/beats", "equivalent: no heartbeat is due within a millisecond", ["0", "1", "Math.max(0, ...quiet)"]),
  ...exactly(
    "checks/beats",
    SAID,
    ["1", "2", "throughout(context, well.at(-1))"],
    ["1", "2", "arrivals.at(-1)"],
    ["byItself", "true", "const exits = byItself"],
    ["stayed", "false", "at: stayed"],
    ['"SIGTERM"', '""', 'noted(term, "SIGTERM")'],
  ),
  ...exactly(
    "checks/beats",
    "never green: one that was killed before it was told to leave was not awaited for as long as it may take",
    ['signal === "SIGKILL" && seq > term.seq', 'signal === "SIGKILL"'],
  ),
  ...exactly(
    "checks/beats",
    "equivalent: the time that it took is read where it left alone; one that did not leave was killed",
    ["exited ?? killed", "exited"],
    ["exited && took > plan.budgets.grace", "took > plan.budgets.grace"],
  ),
  ...exactly("checks/echo", "equivalent: the server asks in these rows where a request has no entries", [
    "beat.entriesHash !== undefined || answer?.code !== 0",
    "answer?.code !== 0",
  ]),
  ...exactly(
    "checks/echo",
    TIE,
    ["call.seq > beat.seq", "call.seq >= beat.seq"],
    ["oracle.accepted[0].seq < beat.seq", "oracle.accepted[0].seq <= beat.seq"],
    ["beat.seq > since.seq", "beat.seq >= since.seq"],
  ),
  ...exactly("checks/echo", "never green: it is so only where nothing was accepted, which no pass comes of", [
    "listedAt === undefined",
    "false",
  ]),
  ...exactly(
    "checks/echo",
    "equivalent: any moment before the answer is as good",
    ["0", "1", "< beat.seq ? 0 : listedAt"],
    ["0", "1", "? 0 : undefined"],
  ),
  ...exactly(
    "checks/echo",
    "equivalent: no comparison with nothing is true",
    ["had !== undefined && has !== undefined && had > has", "had > has"],
    ["had !== undefined && has !== undefined", "had !== undefined"],
    ["had !== undefined && has !== undefined", "has !== undefined"],
  ),
  ...exactly("checks/echo", "equivalent: there is none that has less than nothing", ["isLess && sent", "isLess"]),
  ...exactly(
    "checks/echo",
    "never green: reading entries throws no other error, and one that is thrown on ends the run with 70",
    ["error instanceof HistoryError", "true"],
    ["error instanceof HistoryError", "false"],
  ),
  ...exactly("checks/echo", "never green: it leaves an agent past the proxy less time", ["oracle.deliveryUnseen", "false"]),
  ...exactly("checks/echo", "never green: an agent of which nothing was accepted has less time", [
    "oracle.accepted.length > 0",
    "true",
  ]),
  ...exactly(
    "checks/echo",
    "never green: without an accepted request it throws, and where the first demand is unmet it passes by none",
    ["followed && since", "followed"],
    ["followed && since", "since"],
  ),
  ...exactly("checks/replicas", "never green: where the story kills once more, nobody takes over after that", [
    'scenario.agent.lives.flatMap(({ signals }) => signals).find(({ signal }) => signal === "SIGKILL")',
    'scenario.agent.lives.flatMap(({ signals }) => signals).findLast(({ signal }) => signal === "SIGKILL")',
  ]),
  ...exactly("checks/replicas", SAID, [
    "oracle.calls.find((call) => call.seq > killed.seq && call.replica !== before?.replica)",
    "oracle.calls.findLast((call) => call.seq > killed.seq && call.replica !== before?.replica)",
  ]),
  ...exactly(
    "checks/replicas",
    "never green: it decides whether that nobody took over is a failure or not testable, or throws",
    [
      'scenario.steps.findLast(({ step }) => step === "stop-agent")?.began ?? oracle.observedUntil',
      'scenario.steps.findLast(({ step }) => step === "stop-agent")?.began',
    ],
    ['scenario.steps.findLast(({ step }) => step === "stop-agent")?.began ?? oracle.observedUntil', "oracle.observedUntil"],
    [
      'scenario.steps.findLast(({ step }) => step === "stop-agent")?.began',
      'scenario.steps.find(({ step }) => step === "stop-agent")?.began',
    ],
    ['step === "stop-agent"', 'step !== "stop-agent"'],
    ['"stop-agent"', '""'],
  ),
  ...exactly(
    "checks/replicas",
    "equivalent: of each request it is known whose it is, or of none",
    ["replica !== undefined && call.replica !== undefined && replica !== call.replica", "replica !== call.replica"],
    ["replica !== undefined && call.replica !== undefined", "replica !== undefined"],
    ["replica !== undefined && call.replica !== undefined", "call.replica !== undefined"],
  ),
  ...exactly(
    "checks/replicas",
    "equivalent for verdicts: of requests of one replica between two of the other the first, or the last, is told all the same",
    ["each.seq < call.seq && isOther(each)", "each.seq < call.seq"],
    ["each.seq > call.seq && isOther(each)", "each.seq > call.seq"],
  ),
  ...exactly(
    "checks/replicas",
    "equivalent: a request is of no other replica than its own, and there are two of them",
    ["each.seq < call.seq", "each.seq <= call.seq"],
    ["each.seq > call.seq", "each.seq >= call.seq"],
    ["before && after && before.replica === after.replica", "before && after"],
  ),
  ...exactly(
    "checks/reconnection",
    "never green: what was never over throws, and nothing is green where a fault never fired",
    ["what === undefined || !fired || !over", "what === undefined || !fired"],
    ["what === undefined || !fired", "what === undefined"],
    ["heard !== undefined && heard.seq < next.began.seq", "heard.seq < next.began.seq"],
    ['kindOf(fault) === "status" && fault.fired', 'kindOf(fault) === "status"'],
  ),
  ...exactly("checks/reconnection", "never green: more losses are judged, each of which must end in time", [
    "losses.find(({ began }) => began.seq > over.seq)",
    "losses.findLast(({ began }) => began.seq > over.seq)",
  ]),
  ...exactly("checks/reconnection", TIE, ["began.seq > over.seq", "began.seq >= over.seq"]),
  ...exactly("checks/reconnection", "equivalent: nothing is not among what was refused", [
    "before !== undefined && refused.has(before)",
    "refused.has(before)",
  ]),
  ...exactly("checks/reconnection", "either is right: a bound that was chosen, higher by a two-thousandth", ["2_000", "2001"]),
  {
    file: "suites/checks/reconnection.ts",
    code: /scenario\.faults\.find\(\s*\(fault\) => kindOf\(fault\) === "status"[^;]*;/g,
    operators: ["method"],
    original: /^scenario\.faults\.find\(/,
    reason: "never green: errors that lasted are there or not, and a request that followed the last of them followed the first",
  },
  ...exactly("checks/throttling", "either is right: a second that was chosen, longer by a millisecond", ["1000", "1001"]),
  ...exactly("checks/throttling", "never green: where no request followed it throws", [
    "next && next.t - failure.t < asked - SLACK_MS",
    "next.t - failure.t < asked - SLACK_MS",
  ]),
  ...exactly("checks/scale", SAID, [
    "oracle.calls.filter(({ entriesHash }) => entriesHash !== undefined)",
    "oracle.calls",
    "const uploads = oracle.calls.filter(({ entriesHash }) => entriesHash !== undefined)",
  ]),
  ...exactly(
    "checks/scale",
    "never green: it is not testable then, or throws",
    ["tooLarge(context).length > 0 && !call", "tooLarge(context).length > 0"],
    ["!call || took === undefined", "!call"],
    ["!call || took === undefined", "took === undefined"],
    ["!upload", "false"],
  ),
  ...exactly(
    "checks/versions",
    SAID,
    [
      "oracle.relevantCommits.find((candidate) => steps.some(({ after }) => after.call.seq > candidate.seq))",
      "oracle.relevantCommits.findLast((candidate) => steps.some(({ after }) => after.call.seq > candidate.seq))",
    ],
    ["1", "2", "anonymous.at(-1)"],
    ["item && !hasNot.snapshot.byUid.has(uid)", "!hasNot.snapshot.byUid.has(uid)"],
  ),
  ...exactly(
    "checks/versions",
    "equivalent: nothing is acknowledged without a version, and none before the first accepted request",
    ["before?.version && after.version", "before?.version"],
    [
      "!comparable || oracle.accepted[0] === undefined || before.seq < oracle.accepted[0].seq",
      "!comparable || oracle.accepted[0] === undefined",
    ],
    ["upload.call.version ?? 0n", "upload.call.version"],
  ),
  ...exactly("checks/versions", "equivalent: the gate runs no check where nothing was accepted", [
    "0",
    "1",
    "call.seq >= (accepted[0]?.seq ?? 0)",
  ]),
  ...exactly("checks/versions", "equivalent: the same entries have the same content", [
    "!before || before.call.entriesHash === after.call.entriesHash",
    "!before",
  ]),
  ...exactly("checks/lives", "never green: what is not there throws", ["moment ?? []", "moment"]),
  ...exactly(
    "checks/lives",
    "never green: an agent is awaited for longer, or counts as mute",
    ["moment.seq < first.seq", "false"],
    ["life.exited?.seq ?? Infinity", "life.exited?.seq"],
  ),
  ...exactly("checks/lives", "equivalent: what came before the kubelet told of the start came at once", [
    "uploads[0]?.call.t ?? Infinity",
    "Infinity",
  ]),
  ...exactly(
    "checks/lives",
    "never green: an agent is awaited for longer, or came before the kubelet told of its start",
    ["0", "1", "life.signals[0], life.exited"],
    ["0", "1", "uploads[0]?.call.t ?? Infinity"],
  ),
  ...exactly(
    "checks/error-messages",
    TIE,
    ["call.seq < trouble.to.seq", "call.seq <= trouble.to.seq"],
    ["call.seq > accepted.seq", "call.seq >= accepted.seq"],
  ),
  ...exactly("checks/single-faults", "equivalent: what was told is read where it healed, by a line that is no failure", [
    "seq > since.seq",
    "seq >= since.seq",
  ]),
  ...exactly("checks/error-messages", "never green: it tells only what is not testable from what is not applicable", [
    "hiddenByEnd(context) ?? notApplicable(NEVER_TOLD)",
    "notApplicable(NEVER_TOLD)",
  ]),
  ...exactly(
    "checks/delivery",
    "equivalent: neither a call that failed nor one that was hit delivered anything",
    ["seq < delivered.seq", "seq <= delivered.seq"],
    ["call.seq <= failed.seq", "call.seq < failed.seq"],
  ),
  ...exactly(
    "checks/delivery",
    "equivalent: it is asked only whether there is one, or only said which one it is",
    ["oracle.calls.find(({ seq }) => seq > failed.seq)", "oracle.calls.findLast(({ seq }) => seq > failed.seq)"],
    [
      "missed.find(({ next, fault }) => !next && SILENCE_OF[kindOf(fault)] !== undefined)",
      "missed.findLast(({ next, fault }) => !next && SILENCE_OF[kindOf(fault)] !== undefined)",
    ],
  ),
  ...exactly("checks/delivery", "never green: of a request that was cut off it throws", [
    "isAcknowledged(call) && failed.call !== undefined",
    "isAcknowledged(call)",
  ]),
  ...exactly(
    "checks/not-watching",
    "never green: what comes after it was told not to watch is a failure, and what is not there throws",
    ["scenario.api.requests.filter(({ seq }) => seq < since.seq)", "scenario.api.requests"],
    ["!control || control.seq > since.seq || !firstAsked", "false"],
    ["!control || control.seq > since.seq || !firstAsked", "!control || control.seq > since.seq"],
    ["!control || control.seq > since.seq || !firstAsked", "!firstAsked"],
    ["!control || control.seq > since.seq", "!control"],
    ["!control || control.seq > since.seq", "control.seq > since.seq"],
  ),
  ...exactly(
    "checks/not-watching",
    "equivalent: the agent is observed until it is told to leave, once, and was started once so",
    ["told.signals[0] ?? oracle.observedUntil", "told.signals[0]"],
    ["told.signals[0] ?? oracle.observedUntil", "oracle.observedUntil"],
    ["0", "1", "told.signals[0]"],
    ["controlLife?.started.t ?? 0", "controlLife?.started.t"],
    ["0", "1", "controlLife?.started.t ?? 0"],
    [
      'scenario.steps.find((each) => each.step === "start-agent" && each.note === "not-to-watch")',
      'scenario.steps.findLast((each) => each.step === "start-agent" && each.note === "not-to-watch")',
    ],
    ['each.step === "start-agent" && each.note === "not-to-watch"', 'each.note === "not-to-watch"'],
    [
      "scenario.agent.lives.find(({ started }) => started.seq > step.began.seq)",
      "scenario.agent.lives.findLast(({ started }) => started.seq > step.began.seq)",
    ],
  ),
  ...exactly("checks/not-watching", "either is right: it was observed for as long as it needed, to a fraction of a millisecond", [
    "observed <= needed",
    "observed < needed",
  ]),
  ...exactly(
    "checks/envelope",
    "never green: more cluster_ids are compared with what was configured",
    ['call === first && !obtains && scenario.clusterId !== ""', "call === first && !obtains"],
    ['""', '"?"', 'scenario.clusterId !== ""'],
    [
      'plan.features.includes("cluster-id") || scenario.otherCalls.some(({ path }) => path.endsWith("/GetKubernetesClusterID"))',
      'scenario.otherCalls.some(({ path }) => path.endsWith("/GetKubernetesClusterID"))',
    ],
    ['"cluster-id"', '""'],
  ),
  ...exactly("checks/delivery", "equivalent: any moment before the failure is as good", [
    "0",
    "1",
    "(fault.removed?.t ?? 0) : 0",
  ]),
];
