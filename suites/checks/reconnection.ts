import type { Moment, ScenarioHistory } from "../history/types.ts";
import type { Check } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { faultedCalls, hiddenByEnd, kindOf } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { fail, notTestable, pass } from "./verdict.ts";
import { count, inCall, seconds } from "./words.ts";

/** The connection was gone, and could be had again from this moment on. */
interface Loss {
  readonly what: string;
  readonly began: Moment;
  readonly over: Moment;
}

const LOSSES: Readonly<Record<string, string>> = {
  "cut-connections": "the connection was reset",
  outage: "the server was down",
  "send-away": "the server sent its clients away",
  "lose-answer": "the connection was reset in place of an answer",
  "cut-request": "the connection was reset amid a request",
};

function lossesOf({ faults }: ScenarioHistory): readonly Loss[] {
  return faults.flatMap((fault): readonly Loss[] => {
    const what = LOSSES[kindOf(fault)];
    const { fired, scripted, removed } = fault;
    const over = kindOf(fault) === "outage" ? removed : fired;
    return what === undefined || !fired || !over ? [] : [{ what, began: scripted, over }];
  });
}

/** KAS-CONN-2. A loss that another one overtook before the time was up says nothing. */
export const comesBack: Check = {
  id: "KAS-CONN-2",
  readsContent: false,
  run(context) {
    const { oracle, plan, scenario } = context;
    const { transport } = plan.budgets;
    const losses = lossesOf(scenario).map((loss) => ({
      ...loss,
      heard: oracle.calls.find((call) => call.seq > loss.over.seq),
      due: oracle.time.after(loss.over.t, transport),
    }));
    const judged = losses.filter(({ heard, over, due }) => {
      const next = losses.find(({ began }) => began.seq > over.seq);
      return next === undefined || next.began.t > due || (heard !== undefined && heard.seq < next.began.seq);
    });
    const lost = judged.filter(({ heard, due }) => (heard ? heard.t > due : hasPassed(due, oracle.observedUntil)));
    if (lost.length > 0) {
      return fail({
        problem: `the agent was not heard again within ${seconds(transport)}`,
        cases: lost.map(({ what, over, heard }) => ({
          at: over,
          text: `${what} (until seq ${over.seq}), and ${heard ? `the next request came ${seconds(heard.t - over.t)} later` : "no request came any more"}`,
        })),
        consequence:
          "The real server is restarted with every upgrade; it shows what it last knew of the cluster, or nothing at all.",
        mend: "Connect again after every failure, with a backoff of a few seconds at most, for ever.",
      });
    }
    const [first] = judged;
    const open = judged.some(({ heard }) => heard === undefined);
    if (!first?.heard || open) {
      return hiddenByEnd(context) ?? notTestable("no connection was cut for long enough to see the agent come back");
    }
    const slowest = Math.max(...judged.map(({ over, heard }) => (heard?.t ?? over.t) - over.t));
    return pass(
      proofOf(context, noted(first.over, first.what), noted(first.heard, "the next request")),
      `heard again after ${count(judged.length, "loss")} of the connection, ${seconds(slowest)} later at most`,
    );
  },
};

const WINDOW_MS = 5_000;
const CALLS_A_SECOND = 5;

/** KAS-CONN-3. An agent that was told to call more often than 5 times a second may do so, and not twice as often. */
export const noHotLoop: Check = {
  id: "KAS-CONN-3",
  readsContent: false,
  run(context) {
    const { oracle, plan, scenario } = context;
    const refused = new Set(faultedCalls(context, ["status"]).map(({ call }) => call));
    const retries = oracle.calls.filter((_call, index) => {
      const before = oracle.calls[index - 1];
      return before !== undefined && refused.has(before);
    });
    const most = (WINDOW_MS / 1000) * Math.max(CALLS_A_SECOND, 2_000 / plan.intervalMs);
    const windows = retries.map((first) => ({
      first,
      calls: retries.filter(({ t }) => t >= first.t && t < oracle.time.after(first.t, WINDOW_MS)).length,
    }));
    const worst = windows.toSorted((a, b) => b.calls - a.calls)[0];
    if (worst && worst.calls > most) {
      return fail({
        problem: "the agent calls again in a hot loop while the server answers with errors",
        cases: [inCall(worst.first, `${count(worst.calls, "request")} within ${seconds(WINDOW_MS)} from here on`)],
        consequence:
          "A server in trouble is kept in it: every agent of every cluster sends whole snapshots at it as fast as it can.",
        mend: "Wait for the next interval after a failed call, or longer with each failure.",
      });
    }
    const lasting = scenario.faults.find(
      (fault) => kindOf(fault) === "status" && fault.fired && fault.removed && fault.removed.t - fault.fired.t >= WINDOW_MS,
    );
    const retry = retries.find(({ seq }) => lasting?.fired && seq > lasting.fired.seq);
    if (!lasting?.fired || !retry) {
      const why = lasting ? "no request followed an answer that was an error" : `errors did not last for ${seconds(WINDOW_MS)}`;
      return hiddenByEnd(context) ?? notTestable(why);
    }
    return pass(
      proofOf(
        context,
        noted(lasting.fired, "the server began to answer with errors"),
        noted(retry, "the first request after it"),
      ),
      `${worst?.calls ?? 0} of at most ${most} requests within the worst ${seconds(WINDOW_MS)} of errors`,
    );
  },
};

/** KAS-CONN-4. */
export const unansweredEnds: Check = {
  id: "KAS-CONN-4",
  readsContent: false,
  run(context) {
    const { oracle, plan } = context;
    const silences = faultedCalls(context, ["silence"]).map(({ call }) => ({
      call,
      heard: oracle.calls.find(({ seq }) => seq > call.seq),
      due: oracle.time.after(call.t, plan.callTimeoutMs + plan.budgets.transport),
    }));
    const silenced = silences.filter(({ heard, due }) => (heard ? heard.t > due : hasPassed(due, oracle.observedUntil)));
    if (silenced.length > 0) {
      return fail({
        problem: `a call without an answer silenced the agent for longer than its call timeout and ${seconds(plan.budgets.transport)}`,
        cases: silenced.map(({ call, heard }) =>
          inCall(call, heard ? `the next request came ${seconds(heard.t - call.t)} later` : "no request came any more"),
        ),
        consequence: "A server that hangs once, or a connection that died unnoticed, ends the agent's reports for ever.",
        mend: "Set a deadline on every call (--call-timeout declares it), and go on when it passed.",
      });
    }
    const [first] = silences;
    if (!first?.heard) return hiddenByEnd(context) ?? notTestable("no call was left without an answer for long enough");
    return pass(
      proofOf(context, noted(first.call, "a call that was never answered"), noted(first.heard, "the next request")),
      `the next request came ${seconds(first.heard.t - first.call.t)} after the call that was never answered`,
    );
  },
};
