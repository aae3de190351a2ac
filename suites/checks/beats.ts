import type { SyncCall } from "../history/types.ts";
import type { Check } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { noted, proofOf, throughout } from "./proof.ts";
import { untold } from "./untold.ts";
import { fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { callText, count, inCall, otherCalls, quoted, seconds, silence } from "./words.ts";
import { isAcknowledged } from "./versions.ts";

/** KAS-SNAP-9. */
export const entriesLeftOut: Check = {
  id: "KAS-SNAP-9",
  readsContent: false,
  run(context) {
    const { oracle, plan } = context;
    const [first] = oracle.accepted;
    const later = oracle.calls.filter((call) => first && call.seq > first.seq);
    if (oracle.calls.every((call) => !call.agentId)) {
      return notApplicable("the agent sends agent_id 0 (KAS-ENV-4), under which every request must carry all entries");
    }
    const repeated = later.filter((call) => {
      const before = oracle.calls[oracle.calls.indexOf(call) - 1];
      if (call.entriesHash === undefined || !before || !isAcknowledged(before)) return false;
      // An error_msg comes with all entries (KAS-ERR-2); whether there was reason for one is KAS-ERR-4's.
      if (call.errorMsg !== undefined && call.errorMsg !== "") return false;
      // An answer that was still on its way told the agent nothing.
      if ((before.answer?.seq ?? Infinity) > call.seq) return false;
      const upload = oracle.uploads.find((candidate) => candidate.call === call);
      const previous = oracle.uploads.findLast((candidate) => candidate.call.seq < call.seq);
      if (!upload || !previous || oracle.wroteBetween(oracle.time.before(previous.call.t, plan.budgets.staleness), call.t))
        return false;
      const same = previous.call.entriesHash === call.entriesHash;
      return same || previous.snapshot.contentKey === upload.snapshot.contentKey;
    });
    // An answer that an overloaded harness gave too late told the agent nothing either.
    const lostSince = (call: SyncCall) => {
      const before = oracle.calls[oracle.calls.indexOf(call) - 1] ?? call;
      return call.t - before.t < plan.callTimeoutMs ? [] : oracle.lostBetween(before, call);
    };
    const unasked = repeated.filter((call) => lostSince(call).length === 0);
    const [again] = repeated;
    if (again && unasked.length === 0)
      return untold("all entries were sent again after a call without an answer in time", lostSince(again));
    if (unasked.length > 0) {
      return fail({
        problem: "all entries were sent again though nothing had changed and the server held them",
        cases: unasked.map((call) => inCall(call, `${count(call.entries.length, "object")} that the server held`)),
        consequence:
          "The real server discards them, or takes them for a new state and refreshes the whole cluster; in a large cluster it is megabytes every few seconds.",
        mend: "Send version and cluster_id alone while nothing changed, and all entries when the answer has another version.",
      });
    }
    const bare = later.filter((call) => call.entriesHash === undefined && isAcknowledged(call));
    const [one, last] = [bare[0], bare.at(-1)];
    if (!first || !one || !last)
      return notTestable("no acknowledged request without entries came; KAS-LIFE-2 says whether requests came at all");
    return pass(
      proofOf(
        context,
        noted(first, "the snapshot that the server held"),
        noted(last, "the last request without entries, acknowledged"),
      ),
      `${count(bare.length, "request")} without entries while nothing changed`,
    );
  },
};

/** From so long on, milliseconds, an agent may have taken a list or watch for failed because the harness stood still. */
const UNANSWERED_MS = 1_000;

/** KAS-ERR-4. What an agent says before its first snapshot, or of a call that failed, is not "while all is well". */
export const noErrorWhenWell: Check = {
  id: "KAS-ERR-4",
  readsContent: false,
  run(context) {
    const { oracle, plan } = context;
    const [first] = oracle.accepted;
    const well = oracle.calls.filter((call, index) => {
      const before = oracle.calls[index - 1];
      return first && call.seq >= first.seq && (call === first || !before || before.answer?.code === 0);
    });
    const reports = well.filter(({ errorMsg }) => errorMsg !== undefined && errorMsg !== "");
    if (reports.length === 0)
      return pass(throughout(context, well.at(-1)), `${count(well.length, "request")}, none with an error_msg`);
    // To an agent that gets no answer, an API server that stands still is one that fails.
    const lostBefore = (call: SyncCall) =>
      oracle.lostBetween({ seq: 0, t: call.t - plan.budgets.staleness }, call).filter(({ ms }) => ms >= UNANSWERED_MS);
    const unfounded = reports.filter((call) => lostBefore(call).length === 0);
    const [report] = reports;
    if (report && unfounded.length === 0) return untold("error_msg was set", lostBefore(report));
    return fail({
      problem: "error_msg is set while all is well",
      cases: unfounded.map((call) => inCall(call, `error_msg ${quoted(call.errorMsg)}`)),
      consequence:
        "Since v6.3.5 the real server applies nothing of a cluster while its error_msg is not empty: the cluster is frozen.",
      mend: "Leave error_msg empty while listing and watching work, and empty it as soon as they work again.",
    });
  },
};

/** KAS-LIFE-1. */
export const firstSnapshotInTime: Check = {
  id: "KAS-LIFE-1",
  readsContent: false,
  withoutAccepted: "cause",
  run(context) {
    const { oracle, plan, scenario } = context;
    const [first] = oracle.accepted;
    const { startedAt, observedUntil } = oracle;
    const consequence = "The real server knows nothing of the cluster until then.";
    const mend =
      "List everything, dial the server and send all entries within the start budget; agent.log says what the agent was at.";
    if (first) {
      const took = oracle.time.elapsed(startedAt.t, first.t);
      if (took > plan.budgets.start) {
        const cases = [inCall(first, `it came ${seconds(took)} after the start`)];
        return fail({ problem: `the first snapshot came later than ${seconds(plan.budgets.start)}`, cases, consequence, mend });
      }
      return pass(
        proofOf(context, noted(startedAt, "the agent started"), noted(first, "the first snapshot was accepted")),
        `the first snapshot came ${seconds(took)} after the start`,
      );
    }
    const life = scenario.agent.lives.at(-1);
    const left = life?.exited && !life.signals.some((signal) => signal.seq < (life.exited?.seq ?? 0)) ? life.exited : undefined;
    const waited = observedUntil.t - startedAt.t;
    const sentEntries = scenario.calls.some((call) => call.entriesHash !== undefined);
    if (!left && !sentEntries && !hasPassed(oracle.time.after(startedAt.t, plan.budgets.start), observedUntil)) {
      return notTestable(`the agent was observed for ${seconds(waited)} only, and it has ${seconds(plan.budgets.start)}`);
    }
    const cases = [
      ...(left
        ? [
            {
              at: left,
              text: `the agent left by itself ${seconds(left.t - startedAt.t)} after its start, with ${left.signal ?? `exit code ${left.code}`}`,
            },
          ]
        : []),
      ...(scenario.calls.length > 0
        ? [
            {
              at: scenario.calls.at(-1) ?? observedUntil,
              text: `${count(scenario.calls.length, "request")}, none of which the target stored; the last was ${callText(scenario.calls.at(-1)!)}${scenario.calls.every((call) => call.entriesHash === undefined) ? ", none with entries" : ""}`,
            },
          ]
        : []),
      ...otherCalls(scenario.otherCalls, context.target),
    ];
    const silent = silence(startedAt, observedUntil, scenario.connections.length);
    return fail({ problem: "no snapshot came", cases: cases.length > 0 ? cases : [silent], consequence, mend });
  },
};

/** KAS-LIFE-2: the part of each gap that lies in a time without commits, until the agent is told to leave. */
export const requestsKeepComing: Check = {
  id: "KAS-LIFE-2",
  readsContent: false,
  run(context) {
    const { oracle, plan, scenario } = context;
    const { heartbeat } = plan.budgets;
    const [first] = oracle.accepted;
    if (!first) return notTestable("nothing was accepted");
    const life = scenario.agent.lives.at(-1);
    const left = life?.exited;
    const byItself = left && !life.signals.some(({ seq }) => seq < left.seq);
    // An agent that left by itself is as silent as one that hangs.
    const end = byItself ? (scenario.ended ?? life.signals[0] ?? left) : oracle.observedUntil;
    const disturbed = [...scenario.resets, ...scenario.faults.flatMap(({ fired }) => fired ?? [])];
    const arrivals = oracle.calls.filter((call) => call.seq >= first.seq && call.seq <= end.seq);
    const gaps = [...arrivals, end].flatMap((to, index) => {
      const from = index === 0 ? undefined : arrivals[index - 1];
      if (!from || disturbed.some(({ seq }) => seq > from.seq && seq < to.seq)) return [];
      const quiet = oracle
        .quietWindows()
        .map((window) =>
          oracle.time.elapsed(Math.max(from.t, window.from.t), Math.min(to.t, window.endedBy ? window.to.t : to.t)),
        );
      return [{ from, to, length: Math.max(0, ...quiet) }];
    });
    const wide = gaps.filter(({ length }) => length > heartbeat);
    if (wide.length > 0 || (byItself && left.seq > first.seq)) {
      const exits = byItself
        ? [{ at: left, text: `the agent left by itself, with ${left.signal ?? `exit code ${left.code}`}` }]
        : [];
      return fail({
        problem: `requests did not keep coming within ${seconds(heartbeat)}`,
        cases: [
          ...exits,
          ...wide.map(({ from, to, length }) => inCall(from, `nothing for ${seconds(length)} after it, up to seq ${to.seq}`)),
        ],
        consequence:
          "The real server cannot tell a silent agent from a dead one, asks nobody for what it lost in a restart, and forgets the cluster after 24 hours.",
        mend: "Send version and cluster_id at every interval, with or without changes.",
      });
    }
    const [second] = arrivals.slice(1);
    const last = arrivals.at(-1);
    if (!second || !last)
      return notTestable(`only one request came, and the agent was not observed for ${seconds(heartbeat)} after it`);
    const longest = Math.max(...gaps.map(({ length }) => length));
    return pass(
      proofOf(
        context,
        noted(first, "the first accepted request"),
        noted(last, "the last request before the agent was told to leave"),
      ),
      `${count(arrivals.length, "request")}, the longest silence while nothing changed was ${seconds(longest)}`,
    );
  },
};

/** KAS-LIFE-4. */
export const leavesOnSigterm: Check = {
  id: "KAS-LIFE-4",
  readsContent: false,
  run(context) {
    const { plan, scenario, oracle } = context;
    const life = scenario.agent.lives.at(-1);
    const term = life?.signals.find(({ signal }) => signal === "SIGTERM");
    if (!life || !term)
      return notTestable(
        life?.exited ? "the agent had left before it was told to; KAS-LIFE-2 says so" : "the agent was never told to leave",
      );
    const killed = life.signals.find(({ signal, seq }) => signal === "SIGKILL" && seq > term.seq);
    const { exited } = life;
    if (exited && exited.seq < term.seq) return notTestable("the agent had left before it was told to; KAS-LIFE-2 says so");
    const took = oracle.time.elapsed(term.t, (exited ?? killed ?? term).t);
    const stayed = killed && (!exited || exited.seq > killed.seq);
    if (stayed && !hasPassed(oracle.time.after(term.t, plan.budgets.grace), killed)) {
      return notTestable("the harness itself stood still while the agent had time to leave");
    }
    if (stayed || (exited && took > plan.budgets.grace)) {
      return fail({
        problem: `the agent did not leave within ${seconds(plan.budgets.grace)} of SIGTERM`,
        cases: [
          {
            at: stayed ? killed : (exited ?? term),
            text: stayed
              ? `it still ran ${seconds(killed.t - term.t)} after SIGTERM (seq ${term.seq}) and had to be killed`
              : `it left ${seconds(took)} after SIGTERM (seq ${term.seq})`,
          },
        ],
        consequence:
          "Kubernetes kills such a pod at the end of its grace period, in the midst of whatever it does, and every rollout waits for it.",
        mend: "Handle SIGTERM: end the watches, close the connection, exit.",
      });
    }
    if (!exited) return notTestable("the record ends before the agent left");
    return pass(
      proofOf(context, noted(term, "SIGTERM"), noted(exited, "the agent left")),
      `left ${seconds(took)} after SIGTERM, with ${exited.signal ?? `exit code ${exited.code ?? "unknown"}`}`,
    );
  },
};
