import type { EndReason } from "../embedded/api/exchange.ts";

/**
 * Says once that an exchange is over for its agent. An AbortSignal says as much, but by way of DOM events: to make, hear and
 * abort one for each request shows in what a small page costs.
 */
export class ExchangeSignal {
  #reason: EndReason | undefined;
  readonly #listeners = new Set<() => void>();

  /** Why the exchange is over; undefined while it is not. */
  get reason(): EndReason | undefined {
    return this.#reason;
  }

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  /** The first reason stands. */
  abort(reason: EndReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  /** @param listener called once; never where the exchange is over already */
  onAbort(listener: () => void): void {
    this.#listeners.add(listener);
  }

  offAbort(listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
