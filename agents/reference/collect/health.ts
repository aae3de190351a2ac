/**
 * What is wrong with the collection, and since when. A single fault that is mended by the next try is nobody's
 * business: it would freeze the cluster on the server (protocol.md 2.3). So only what has failed for the whole of a
 * grace, without one success in between, is reported.
 */
export class Health {
  readonly #graceMs: number;
  readonly #now: () => number;
  readonly #failing = new Map<string, { readonly since: number; reason: string }>();

  constructor(graceMs: number, now: () => number = () => performance.now()) {
    this.#graceMs = graceMs;
    this.#now = now;
  }

  failed(part: string, reason: string): void {
    const known = this.#failing.get(part);
    if (known === undefined) this.#failing.set(part, { since: this.#now(), reason });
    else known.reason = reason;
  }

  /** A try began: counts as failing from now on, until it succeeds. */
  began(part: string): void {
    if (!this.#failing.has(part)) this.failed(part, "no answer from the API server");
  }

  succeeded(part: string): void {
    this.#failing.delete(part);
  }

  /** Text for error_msg: empty while all is well, else what each failing part says, joined by `;`. */
  errorMessage(): string {
    const from = this.#now() - this.#graceMs;
    const lasting = [...this.#failing].filter(([, { since }]) => since <= from);
    return lasting.map(([part, { reason }]) => `${part}: ${reason}`).join(";");
  }
}
