import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKindCluster } from "../../cluster/index.ts";
import { releaseCluster } from "../../cluster/kind/claim.ts";
import { deleteCluster, requirePrograms } from "../../cluster/kind/commands.ts";
import { planFor, runConformance, type ClusterChoice } from "../../suites/runner/index.ts";
import { whyNoEnvtest } from "./envtest.ts";
import { median, type NotTaken, type Ratio } from "./measure.ts";

const ROUNDS = 3;
const STORY = "first-snapshot";
const reference = join(import.meta.dirname, "../../dist/agents/reference/main.js");

/**
 * What a cluster costs: the time from the start of a run to its first verdict, one story and the judgement of it, against the
 * same on the embedded API server. With kind it takes minutes, so that is asked for: BENCH_KIND=1.
 */
export async function firstVerdicts(): Promise<readonly (Ratio | NotTaken)[]> {
  const embedded = median(await times(ROUNDS, { kind: "embedded" }));
  const against = (name: string, ms: number): Ratio => ({
    name: `first verdict on ${name} against embedded`,
    ratio: ms / embedded,
    detail: `${(ms / 1000).toFixed(1)} s to ${(embedded / 1000).toFixed(1)} s`,
  });
  const noEnvtest = whyNoEnvtest();
  const envtest =
    noEnvtest === undefined
      ? against("envtest", median(await times(ROUNDS, { kind: "envtest" })))
      : { name: "first verdict on envtest", because: noEnvtest };
  const noKind = await whyNoKind();
  if (noKind !== undefined) return [envtest, { name: "first verdict on kind", because: noKind }];
  const { cold, warm } = await onKind();
  return [envtest, against("kind, made for the run,", cold), against("kind, kept by an earlier run,", warm)];
}

async function whyNoKind(): Promise<string | undefined> {
  if ((process.env["BENCH_KIND"] ?? "") === "") return "takes minutes; BENCH_KIND=1 asks for it";
  try {
    await requirePrograms(undefined);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The first run makes a cluster and keeps it, the others take it. It is removed at the end. */
async function onKind(): Promise<{ readonly cold: number; readonly warm: number }> {
  try {
    const [cold = Number.NaN] = await times(1, { kind: "kind", keep: true });
    const warm = median(await times(ROUNDS, { kind: "kind", reuse: true, keep: true }));
    return { cold, warm };
  } finally {
    const kept = await startKindCluster({ run: "bench", reuse: true, keep: true });
    await kept[Symbol.asyncDispose]();
    await deleteCluster(kept.name, join(tmpdir(), `${kept.name}.kubeconfig`));
    await releaseCluster(kept.name);
  }
}

/** @returns milliseconds of each round */
async function times(rounds: number, cluster: ClusterChoice): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), "bench-verdict-"));
    const began = performance.now();
    const options = {
      agent: { form: "command", command: [process.execPath, reference] },
      out: join(folder, "run"),
      cluster,
      seed: 1,
    } as const;
    const plan = planFor(options);
    const { results } = await runConformance(options, {
      ...plan,
      scenarios: plan.scenarios.filter(({ name }) => name === STORY),
    });
    taken.push(performance.now() - began);
    rmSync(folder, { recursive: true, force: true });
    // An overloaded machine leaves requirements open, and takes its time all the same.
    if (results.exitCode !== 0 && results.exitCode !== 2) {
      throw new Error(`the run on ${cluster.kind} ended with ${results.exitCode}: ${results.warnings.join("; ")}`);
    }
  }
  return taken;
}
