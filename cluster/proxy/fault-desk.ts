import { ApiFaultQueue, type ApiFaultRequest, type PendingApiFault } from "../faults/queue.ts";
import type { ApiFaultSpec } from "../faults/types.ts";
import type { ExchangeSignal } from "./exchange-signal.ts";
import type { ProxyRecording } from "./recording.ts";
import type { OpenWatch } from "./relay-watch.ts";

/** A watch that was asked for and is not open yet, with the faults that wait for it to open. */
export interface ComingWatch {
  readonly facts: ApiFaultRequest;
  readonly awaitedBy: PendingApiFault[];
}

/** The faults of one proxy: those that wait, and what they hold up. */
export class FaultDesk {
  readonly queue: ApiFaultQueue;
  readonly #watches = new Set<OpenWatch>();
  readonly #coming = new Set<ComingWatch>();
  readonly #held = new Map<() => void, PendingApiFault>();

  constructor(seed: number, recording: ProxyRecording) {
    this.queue = new ApiFaultQueue(seed, (event, { spec }, req) => recording.fault(spec, event, req));
  }

  /** @throws RangeError for a fault that could never fire */
  add(spec: ApiFaultSpec): void {
    const fault = this.queue.add(spec);
    if (spec.open !== true) return;
    for (const watch of this.#watches) if (this.queue.awaits(fault, watch.facts)) watch.suffer(fault);
    for (const { facts, awaitedBy } of this.#coming) if (this.queue.awaits(fault, facts)) awaitedBy.push(fault);
  }

  /** Takes all away: what is held goes on, frozen watches end. */
  clear(): void {
    const frozen = [...this.#watches].flatMap(({ frozenBy }) => frozenBy ?? []);
    this.queue.clear([...this.#held.values(), ...frozen]);
    for (const release of this.#held.keys()) release();
    for (const watch of this.#watches) watch.thaw();
  }

  /** A watch is asked for: what waits for watches that open waits for it, and so does what is scripted for open ones meanwhile. */
  expect(facts: ApiFaultRequest): ComingWatch {
    const coming = { facts, awaitedBy: [...this.queue.awaiting(facts)] };
    this.#coming.add(coming);
    return coming;
  }

  /** It will not open, or has done so. */
  dismiss(coming: ComingWatch): void {
    this.#coming.delete(coming);
  }

  /** A watch is open, and suffers what waited for it. */
  enter(watch: OpenWatch, coming: ComingWatch): void {
    this.#coming.delete(coming);
    this.#watches.add(watch);
    for (const fault of coming.awaitedBy) watch.suffer(fault);
  }

  leave(watch: OpenWatch): void {
    this.#watches.delete(watch);
  }

  /**
   * Holds a request up until the fault is cleared, or its agent leaves.
   * @param ms how long at most; undefined: without end
   */
  hold(fault: PendingApiFault, signal: ExchangeSignal, ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => release(), ms);
      const release = () => {
        clearTimeout(timer);
        this.#held.delete(release);
        signal.offAbort(release);
        resolve();
      };
      this.#held.set(release, fault);
      signal.onAbort(release);
      if (signal.aborted) release();
    });
  }
}
