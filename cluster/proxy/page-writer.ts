import type { Buffer } from "node:buffer";
import { type ServerReply, write } from "../embedded/api/exchange.ts";

/** Writes to a reply, and tells when the connection has taken it. */
export class PageWriter {
  readonly #reply: ServerReply;
  readonly #signal: AbortSignal;
  #waiting = 0;
  #wake = () => {};
  readonly #taken = () => {
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#wake();
  };

  constructor(reply: ServerReply, signal: AbortSignal) {
    this.#reply = reply;
    this.#signal = signal;
  }

  /** False asks for a rest. */
  write(chunk: Buffer): boolean {
    this.#waiting += 1;
    return write(this.#reply, chunk, this.#taken);
  }

  /**
   * Waits until what is written next goes out at once. Over HTTP/2 nothing does: a session gathers frames until the turn is over,
   * and there is nothing to be had from waiting.
   */
  async idle(): Promise<void> {
    if (this.#waiting === 0 || this.#signal.aborted || "stream" in this.#reply) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}
