import type { AgentLife, Moment } from "../history/types.ts";
import type { Upload } from "../oracle/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { hasPassed } from "./deadline.ts";
import { endedByItself, hiddenByEnd } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { fail, notApplicable, notTestable, pass } from "./verdict.ts";
import { callText, count, inCall, seconds } from "./words.ts";

/** A life after the first, with what was uploaded in it and before it. */
interface NextLife {
  readonly started: Moment;
  /** Until when it was observed. */
  readonly until: Moment;
  readonly uploads: readonly Upload[];
  readonly before: readonly Upload[];
}

function nextLives({ scenario, oracle }: CheckContext): readonly NextLife[] {
  return scenario.agent.lives.slice(1).map((life: AgentLife) => {
    const ends = [life.signals[0], life.exited, oracle.observedUntil].flatMap((moment) => moment ?? []);
    const until = ends.reduce((first, moment) => (moment.seq < first.seq ? moment : first));
    const gone = life.exited?.seq ?? Infinity;
    const uploads = oracle.uploads.filter(({ call }) => call.seq > life.since.seq && call.seq < gone);
    return {
      started: { seq: life.since.seq, t: Math.min(life.started.t, uploads[0]?.call.t ?? Infinity) },
      until,
      uploads,
      before: oracle.uploads.filter(({ call }) => call.seq < life.since.seq),
    };
  });
}

/** KAS-LIFE-3. */
export const restartUploads: Check = {
  id: "KAS-LIFE-3",
  readsContent: true,
  run(context) {
    const { start } = context.plan.budgets;
    const { time } = context.oracle;
    const lives = nextLives(context);
    const mute = lives.filter(({ uploads, started, until }) =>
      uploads[0] ? time.elapsed(started.t, uploads[0].call.t) > start : hasPassed(time.after(started.t, start), until),
    );
    if (mute.length > 0) {
      return fail({
        problem: `no full snapshot came within ${seconds(start)} of the agent's restart`,
        cases: mute.map(({ started, uploads }) => ({
          at: started,
          text: uploads[0] ? `it came ${seconds(uploads[0].call.t - started.t)} later` : "no request with all entries came",
        })),
        consequence: "What changed while the agent was away stays unknown to the real server.",
        mend: "List everything after each start, and send all entries before the first heartbeat.",
      });
    }
    const reused = lives.flatMap(({ uploads, before }) =>
      uploads.flatMap((upload) => {
        const earlier = before.find(
          ({ call, snapshot }) => call.version === upload.call.version && snapshot.contentKey !== upload.snapshot.contentKey,
        );
        return earlier ? [inCall(upload.call, `other content than ${callText(earlier.call)} of an earlier life`)] : [];
      }),
    );
    if (reused.length > 0) {
      return fail({
        problem: "a version of an earlier life stands for other content after the agent's restart",
        cases: reused,
        consequence: "The real server holds that version, and discards the entries under it: it shows the old state (row 8).",
        mend: "Begin each life above every version of the lives before: at the time in milliseconds, not at a constant.",
      });
    }
    const [first] = lives;
    const upload = first?.uploads[0];
    if (!first || !upload || lives.some(({ uploads }) => uploads.length === 0)) {
      return hiddenByEnd(context) ?? notTestable("the agent was not started again, or not observed for long enough after it");
    }
    return pass(
      proofOf(context, noted(first.started, "the agent started again"), noted(upload.call, "its first snapshot after it")),
      `${count(lives.length, "restart")}, each with a full snapshot under a version not used for other content`,
    );
  },
};

/** KAS-LIFE-5. What the harness itself killed did not exit. */
export const outlivesFaults: Check = {
  id: "KAS-LIFE-5",
  readsContent: false,
  run(context) {
    const { scenario, oracle } = context;
    const fired = scenario.faults.filter((fault) => fault.fired !== undefined);
    const [first] = fired;
    const left = endedByItself(scenario);
    if (!left && scenario.faults.length === 0 && scenario.steps.some(({ passedOver }) => passedOver)) {
      return notApplicable("every fault of this story is for agents that watch; KAS-WATCH-1 says so");
    }
    if (!first?.fired || (left && left.seq < first.fired.seq)) {
      return notTestable(left ? "the agent ended by itself before any fault" : "no fault was brought about");
    }
    if (left) {
      const last = fired.findLast((fault) => fault.fired && fault.fired.seq < left.seq) ?? first;
      return fail({
        problem: "the agent did not outlive a fault",
        cases: [
          {
            at: left,
            text: `it ended by itself, with ${left.signal ?? `exit code ${left.code}`}, ${seconds(left.t - (last.fired ?? left).t)} after the fault ${last.fault} (seq ${last.fired?.seq})`,
          },
        ],
        consequence:
          "Every restart of the server then lets every agent list its whole cluster anew, if anything starts it again at all.",
        mend: "Catch every error of a call, and go on with the next interval.",
      });
    }
    return pass(
      proofOf(context, noted(first.fired, `the fault ${first.fault}`), noted(oracle.observedUntil, "the agent still ran")),
      `the agent outlived ${count(fired.length, "fault")}`,
    );
  },
};
