import { play } from "../../suites/checks/testing/play.ts";
import { judgeTranscript } from "../../suites/judge.ts";
import type { PlannedScenario } from "../../suites/plan.ts";
import type { RawLine } from "../../transcript/index.ts";
import { type Ratio, timed } from "./measure.ts";

const TELLINGS = 20;
/** Longer than a telling, so that each is judged before the next begins, as in a run. */
const APART_MS = 120_000;

/** Judging a run whose scenarios were told many times against one in which they were told once. */
export async function repeats(): Promise<Ratio[]> {
  const lines = play();
  const once = timed(() => judgeTranscript(told(lines, 1, () => {})));
  const held: number[] = [];
  const often = timed(() =>
    judgeTranscript(
      told(lines, TELLINGS, () => {
        globalThis.gc?.();
        held.push(process.memoryUsage().heapUsed);
      }),
    ),
  );
  const [first = 1] = held.slice(1);
  const last = held.at(-1) ?? first;
  return [
    {
      name: `judging ${TELLINGS} tellings against judging one, for each`,
      ratio: often / TELLINGS / once,
      goal: { atMost: 1.5 },
      detail: `${often.toFixed(0)} ms to ${once.toFixed(0)} ms`,
    },
    {
      name: `memory held after ${TELLINGS} tellings against two`,
      ratio: last / first,
      goal: { atMost: 1.2 },
      detail: `${(last / 2 ** 20).toFixed(0)} MiB to ${(first / 2 ** 20).toFixed(0)} MiB`,
    },
  ];
}

/** The same scenarios again and again, one round after the other, as a run under --repeat writes them. */
function* told(lines: readonly RawLine[], tellings: number, onRound: () => void): Generator<RawLine> {
  const [header, ...rest] = lines;
  const body = rest.slice(0, -1);
  const plan = header?.["plan"] as { readonly scenarios: readonly PlannedScenario[] };
  const rounds = Array.from({ length: tellings }, (_, index) => index);
  const scenarios = rounds.flatMap((round) => plan.scenarios.map((one) => ({ ...one, tenant: `${one.tenant}#${round + 1}` })));
  yield { ...header, plan: { ...plan, repeat: tellings, scenarios } } as unknown as RawLine;
  for (const round of rounds) {
    for (const line of body) {
      const tenant = line.tenant === "" ? "" : `${line.tenant}#${round + 1}`;
      yield { ...line, seq: line.seq + round * lines.length, t: line.t + round * APART_MS, tenant };
    }
    onRound();
  }
  yield { ...lines.at(-1)!, t: tellings * APART_MS };
}
