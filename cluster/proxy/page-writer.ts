import type { Buffer } from "node:buffer";
import { type ServerReply, write } from "../embedded/api/exchange.ts";

/** Writes a page to its reply, and knows when the agent can have the whole of it. */
export class PageWriter {
  readonly #reply: ServerReply;
  readonly #signal: AbortSignal;
  /** Pieces that the connection has not confirmed. */
  #underWay = 0;
  #wake = () => {};
  readonly #confirm = () => {
    this.#underWay -= 1;
    this.#wake();
  };

  /** @param signal of the exchange, aborted when the agent is gone */
  constructor(reply: ServerReply, signal: AbortSignal) {
    this.#reply = reply;
    this.#signal = signal;
  }

  /** False asks for a rest. */
  write(chunk: Buffer): boolean {
    this.#underWay += 1;
    return write(this.#reply, chunk, this.#confirm);
  }

  /**
   * Sends the last piece.
   * @param then called once, before this process hears of anything that the agent does with the whole, and before the reply is
   * closed: in the turn of the event loop in which the kernel is given the last piece, or sooner
   * @returns what `then` returns
   */
  end<T>(rest: Buffer, then: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const waits = this.#underWay > 0 && !this.#signal.aborted;
      this.#reply.end(rest);
      const settle = () => {
        this.#wake = () => {};
        this.#signal.removeEventListener("abort", settle);
        try {
          resolve(then());
        } catch (error) {
          reject(error);
        }
      };
      // An idle connection is given at once what is written, and an HTTP/2 session gathers frames until the turn is over.
      if (!waits || "stream" in this.#reply) return settle();
      // What waits behind a piece is given away when that is confirmed, just before it is told so here.
      this.#wake = settle;
      this.#signal.addEventListener("abort", settle);
    });
  }
}
