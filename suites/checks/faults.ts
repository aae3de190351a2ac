import { scriptOf } from "../history/fault-specs.ts";
import type { AgentLife, FaultRecord, ScenarioHistory, SyncCall } from "../history/types.ts";
import type { CheckContext } from "./check.ts";
import { type NotTestable, notTestable } from "./verdict.ts";

/** What a scripted fault does: `status`, `silence`, `outage` …; empty where the record does not tell. */
export function kindOf(record: FaultRecord): string {
  return scriptOf(record)?.fault ?? "";
}

/** A call that a fault hit. */
export interface FaultedCall {
  readonly call: SyncCall;
  readonly fault: FaultRecord;
}

/** Calls on a service of the target that were hit by a fault of these kinds, by arrival. */
export function faultedCalls({ scenario, oracle }: CheckContext, kinds: readonly string[]): readonly FaultedCall[] {
  const faultOf = new Map<number, FaultRecord>();
  for (const fault of scenario.faults) {
    if (!kinds.includes(kindOf(fault))) continue;
    for (const hit of fault.hits) if (hit.call !== undefined) faultOf.set(hit.call, fault);
  }
  return oracle.calls.flatMap((call) => {
    const fault = faultOf.get(call.call);
    return fault === undefined ? [] : [{ call, fault }];
  });
}

/** The end of the agent's last life where nobody told it to leave. */
export function endedByItself({ agent }: ScenarioHistory): AgentLife["exited"] | undefined {
  const life = agent.lives.at(-1);
  const exited = life?.exited;
  return exited && !life.signals.some(({ seq }) => seq < exited.seq) ? exited : undefined;
}

/** What stays open since the agent ended by itself; undefined where it did not. */
export function hiddenByEnd({ scenario }: CheckContext): NotTestable | undefined {
  const exited = endedByItself(scenario);
  if (!exited) return undefined;
  const how = exited.signal ?? `exit code ${exited.code}`;
  return notTestable(`the agent ended by itself, with ${how}; KAS-LIFE-5 is about that`, [
    { seq: exited.seq, note: "the agent ended by itself" },
  ]);
}
