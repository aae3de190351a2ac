import { createChance, type Chance } from "../../common/chance.ts";
import type { ArrivingFault, FaultSpec, PendingFault } from "./types.ts";

/** Who calls. */
interface FaultCaller {
  readonly clusterId?: string;
  readonly agentId?: number;
}

/** What a fault looks at in a call. */
interface FaultCall extends FaultCaller {
  readonly entries: readonly unknown[];
}

/** What a fault looks at in a request of which only the beginning is there. */
interface ArrivingCall extends FaultCaller {
  readonly hasEntries: boolean;
}

/** A fault of a call that has arrived. */
type ArrivedFaultSpec = Exclude<FaultSpec, { readonly fault: ArrivingFault }>;

/** What happened to a fault; for the record. */
export type FaultListener = (event: "scripted" | "fired" | "removed", fault: PendingFault, call?: number) => void;

/** The scripted faults of one mock, first scripted first fired. */
export interface FaultQueue {
  /** Scripts a fault and returns its id. */
  add(spec: FaultSpec): number;
  /** Takes away those of one cluster, or all; returns how many had not fired to their end. */
  clear(cluster?: string): number;
  list(): readonly PendingFault[];
  /** The fault that hits this call, if any. Counts the call against every fault that it fits until one fires. */
  next(request: FaultCall, call: number): ArrivedFaultSpec | undefined;
  /** Whether any fault waits for requests that are still on their way. */
  awaitsArriving(): boolean;
  /** Whether such a fault hits this one. Counts it likewise. */
  hitsArriving(request: ArrivingCall): boolean;
}

const ARRIVING: ArrivingFault = "cut-request";

/** Makes an empty queue. The listener hears what becomes of each fault. @param seed of what is drawn by chance */
export function createFaultQueue(listener: FaultListener = () => {}, seed = 0): FaultQueue {
  let pending: PendingFault[] = [];
  const draws = new Map<number, Chance>();
  let nextId = 1;

  /** @param call its number, which only a request that has arrived has */
  function hit(fitting: (spec: FaultSpec) => boolean, call?: number): FaultSpec | undefined {
    for (const [index, fault] of pending.entries()) {
      if (!fitting(fault.spec)) continue;
      if (fault.skipsLeft > 0) {
        pending[index] = { ...fault, skipsLeft: fault.skipsLeft - 1 };
        continue;
      }
      if ((draws.get(fault.id)?.() ?? 0) >= (fault.spec.chance ?? 1)) continue;
      const left = { ...fault, timesLeft: fault.timesLeft - 1 };
      pending[index] = left;
      if (left.timesLeft === 0) pending.splice(index, 1);
      listener("fired", left, call);
      return fault.spec;
    }
    return undefined;
  }

  return {
    add(spec) {
      const fault = { id: nextId, spec, skipsLeft: spec.skip ?? 0, timesLeft: spec.times ?? 1 };
      nextId += 1;
      pending.push(fault);
      draws.set(fault.id, createChance(seed, fault.id));
      listener("scripted", fault);
      return fault.id;
    },
    clear(cluster) {
      const removed = pending.filter((fault) => cluster === undefined || fault.spec.cluster === cluster);
      pending = pending.filter((fault) => !removed.includes(fault));
      for (const fault of removed) listener("removed", fault);
      return removed.length;
    },
    list: () => [...pending],
    next(request, call) {
      const spec = hit((one) => one.fault !== ARRIVING && fits(one, request, request.entries.length > 0), call);
      return spec?.fault === ARRIVING ? undefined : spec;
    },
    awaitsArriving: () => pending.some(({ spec }) => spec.fault === ARRIVING),
    hitsArriving: (request) => hit((spec) => spec.fault === ARRIVING && fits(spec, request, request.hasEntries)) !== undefined,
  };
}

function fits(spec: FaultSpec, request: FaultCaller, hasEntries: boolean): boolean {
  if (spec.agent !== undefined && spec.agent !== (request.agentId ?? 0)) return false;
  if (spec.cluster !== undefined && spec.cluster !== request.clusterId) return false;
  return spec.when === undefined || (spec.when === "entries") === hasEntries;
}
