import type { AgentLife, Moment } from "../history/types.ts";
import type { CheckContext, ControlledCheck } from "./check.ts";
import { endedByItself } from "./faults.ts";
import { noted } from "./proof.ts";
import { type Case, fail, notTestable, passByControl } from "./verdict.ts";
import { callText, count, seconds } from "./words.ts";

/** KAS-CFG-4. The control run is the life before: the same agent on the same cluster, watching. */
export const silentWhenTold: ControlledCheck = {
  id: "KAS-CFG-4",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { oracle, scenario } = context;
    const told = toldLife(context);
    if (!told) return notTestable("the agent was never started by the command that tells it not to watch");
    const since = told.started;
    const [control] = oracle.accepted;
    const asked = scenario.api.requests.filter(({ seq }) => seq < since.seq);
    const [firstAsked] = asked;
    if (!control || control.seq > since.seq || !firstAsked) {
      return notTestable("the control run shows nothing: the same agent, watching, did not upload from this API server");
    }
    const cases: readonly Case[] = [
      ...scenario.calls.filter(({ seq }) => seq > since.seq).map((call) => ({ at: call, text: `${callText(call)} was sent` })),
      ...scenario.api.requests
        .filter(({ seq }) => seq > since.seq)
        .map((request) => ({ at: request, text: `API request ${request.req}: ${request.verb} ${request.path.split("?")[0]}` })),
    ].toSorted((a, b) => a.at.seq - b.at.seq);
    if (cases.length > 0) {
      return fail({
        problem: "the agent was told not to watch, and is not silent",
        cases,
        consequence:
          "Two agents that upload under one cluster_id overwrite each other at every interval, and the API server carries the load that was to be spared.",
        mend: "Where it is told not to watch, neither open a connection to the API server nor call KubernetesAPISync.",
      });
    }
    return silence(context, { told, control, firstAsked, asked: asked.length });
  },
};

interface Silence {
  readonly told: AgentLife;
  readonly control: Moment;
  readonly firstAsked: Moment;
  readonly asked: number;
}

function silence({ scenario, oracle, plan }: CheckContext, { told, control, firstAsked, asked }: Silence) {
  const left = endedByItself(scenario);
  if (left) {
    return notTestable(
      `told not to watch, the agent ended by itself (${left.signal ?? `exit code ${left.code}`}): whether it would have been silent cannot be seen`,
      [{ seq: left.seq, note: "the agent ended by itself" }],
    );
  }
  const [controlLife] = scenario.agent.lives;
  const until = told.signals[0] ?? oracle.observedUntil;
  const observed = oracle.time.elapsed(told.started.t, until.t);
  const needed = Math.max(...[control, firstAsked].map(({ t }) => t - (controlLife?.started.t ?? 0)), plan.intervalMs);
  if (observed <= needed) {
    return notTestable(`the agent was observed for ${seconds(observed)}, and needed ${seconds(needed)} in the control run`);
  }
  return passByControl(
    {
      control: noted(control, "an accepted request of the control run"),
      precondition: noted(told.started, "the same agent, told not to watch, started"),
      outcome: noted(until, "until here nothing came of it"),
    },
    `silent for ${seconds(observed)}; in the control run ${count(asked, "API request")}, and the first snapshot after ${seconds(needed)}`,
  );
}

/** The life that was started by the other command. */
function toldLife({ scenario }: CheckContext): AgentLife | undefined {
  const step = scenario.steps.find((each) => each.step === "start-agent" && each.note === "not-to-watch");
  return step && scenario.agent.lives.find(({ started }) => started.seq > step.began.seq);
}
