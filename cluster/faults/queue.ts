import { createChance, type Chance } from "../../common/chance.ts";
import { checkSpec, isWatchFault, verbsOf } from "./check-spec.ts";
import type { ApiFaultSpec } from "./types.ts";

/** What a fault looks at in a request. */
export interface ApiFaultRequest {
  /** Number of the request, from 1. */
  readonly req: number;
  /** Kubernetes verb. */
  readonly verb: string;
  /** Key of the resource; absent for discovery, /version and other paths, which no fault hits. */
  readonly resource?: string | undefined;
  readonly namespace?: string | undefined;
  /** A list that goes on where a page ended. */
  readonly furtherPage: boolean;
}

/** A fault that was scripted and has not hit as often as it may. */
export interface PendingApiFault {
  /** From 1, in the order of scripting. */
  readonly id: number;
  readonly spec: ApiFaultSpec;
}

/** What happened to a fault; for the record. */
export type ApiFaultListener = (event: "scripted" | "fired" | "removed", fault: PendingApiFault, req?: number) => void;

interface Entry extends PendingApiFault {
  skipsLeft: number;
  timesLeft: number;
  readonly draw: Chance;
}

/**
 * The scripted faults of one API server, first scripted first fired. A fault of a whole answer hits when its request comes.
 * A fault of watches is asked for when the watch opens (which counts `skip` and draws `chance`), and hits when it takes effect.
 */
export class ApiFaultQueue {
  readonly #seed: number;
  readonly #listener: ApiFaultListener;
  #pending: Entry[] = [];
  #nextId = 1;

  constructor(seed: number, listener: ApiFaultListener = () => {}) {
    this.#seed = seed;
    this.#listener = listener;
  }

  /** @throws RangeError for a fault that could never fire */
  add(spec: ApiFaultSpec): PendingApiFault {
    checkSpec(spec);
    const id = this.#nextId;
    this.#nextId += 1;
    const timesLeft = spec.times === "all" ? Number.POSITIVE_INFINITY : (spec.times ?? 1);
    const entry = { id, spec, skipsLeft: spec.skip ?? 0, timesLeft, draw: createChance(this.#seed, id) };
    this.#pending.push(entry);
    this.#listener("scripted", entry);
    return entry;
  }

  /**
   * Takes all away.
   * @param inForce faults that have hit for the last time and still hold something up: they are taken away too
   */
  clear(inForce: Iterable<PendingApiFault> = []): void {
    const removed = new Set<PendingApiFault>([...this.#pending, ...inForce]);
    this.#pending = [];
    for (const fault of [...removed].sort((a, b) => a.id - b.id)) this.#listener("removed", fault);
  }

  /**
   * The fault of a whole answer that hits this request, if any. Counts the request against every fault that it fits until one fires.
   * @param possible false where the fault cannot be carried out on this request: it waits for another
   */
  hit(request: ApiFaultRequest, possible: (spec: ApiFaultSpec) => boolean = () => true): PendingApiFault | undefined {
    const found = this.due(request, possible);
    if (found !== undefined) this.fire(found, request.req);
    return found;
  }

  /** The same for a fault that hits later, when it takes effect, or not at all. */
  due(request: ApiFaultRequest, possible: (spec: ApiFaultSpec) => boolean): PendingApiFault | undefined {
    return this.#pending.find((entry) => !isWatchFault(entry.spec) && possible(entry.spec) && isDue(entry, request));
  }

  /** The faults of watches that wait for this one, which is being opened. */
  awaiting(request: ApiFaultRequest): readonly PendingApiFault[] {
    return this.#pending.filter((entry) => isWatchFault(entry.spec) && isDue(entry, request));
  }

  /** Whether a fault that is for open watches waits for this one, which is open. */
  awaits(fault: PendingApiFault, request: ApiFaultRequest): boolean {
    const entry = this.#pending.find(({ id }) => id === fault.id);
    return entry !== undefined && isDue(entry, request);
  }

  /** A fault takes effect on a request. False where it has hit as often as it may, or was taken away. */
  fire(fault: PendingApiFault, req: number): boolean {
    const entry = this.#pending.find(({ id }) => id === fault.id);
    if (entry === undefined) return false;
    entry.timesLeft -= 1;
    if (entry.timesLeft === 0) this.#pending = this.#pending.filter((other) => other !== entry);
    this.#listener("fired", entry, req);
    return true;
  }
}

/** Whether a request fits and is neither skipped nor spared by chance; counts it. */
function isDue(entry: Entry, request: ApiFaultRequest): boolean {
  if (!fits(entry.spec, request)) return false;
  if (entry.skipsLeft > 0) {
    entry.skipsLeft -= 1;
    return false;
  }
  return entry.draw() < (entry.spec.chance ?? 1);
}

function fits(spec: ApiFaultSpec, request: ApiFaultRequest): boolean {
  if (request.resource === undefined) return false;
  if (verbsOf(spec)?.includes(request.verb) === false) return false;
  if (spec.resources?.includes(request.resource) === false) return false;
  if (spec.namespace !== undefined && spec.namespace !== request.namespace) return false;
  const page = spec.fault === "api-expire-continue" ? "further" : spec.page;
  return page === undefined || (page === "further") === request.furtherPage;
}
