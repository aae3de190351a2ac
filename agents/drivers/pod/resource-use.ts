import type { Recorder } from "../../../transcript/index.ts";
import type { ClusterHand } from "../driver.ts";
import type { AgentResources } from "../events.ts";
import { call, type KubeObject } from "./api.ts";

interface Summary {
  readonly pods?: readonly {
    readonly podRef: { readonly uid: string };
    readonly containers?: readonly {
      readonly cpu?: { readonly usageCoreNanoSeconds?: number };
      readonly memory?: { readonly workingSetBytes?: number };
    }[];
  }[];
}

/** Records what the pod has used by now, as its kubelet tells (`/stats/summary`); nothing where it does not. */
export async function recordResources(hand: ClusterHand, pod: KubeObject, recorder: Recorder, life: number): Promise<void> {
  const node = (pod["spec"] as { readonly nodeName?: string } | undefined)?.nodeName;
  if (node === undefined) return;
  try {
    const summary = (await call(hand, `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`)) as Summary;
    const own = summary.pods?.find(({ podRef }) => podRef.uid === pod.metadata?.["uid"])?.containers ?? [];
    const cpu = own.flatMap(({ cpu }) => cpu?.usageCoreNanoSeconds ?? []);
    const memory = own.flatMap(({ memory }) => memory?.workingSetBytes ?? []);
    if (cpu.length === 0 && memory.length === 0) return;
    recorder.record<AgentResources>({
      side: "agent",
      kind: "resources",
      life,
      ...(cpu.length === 0 ? {} : { cpuMs: Math.round(sum(cpu) / 1e6) }),
      ...(memory.length === 0 ? {} : { memoryBytes: sum(memory) }),
    });
  } catch {
    // no figures are better than none of the run
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
