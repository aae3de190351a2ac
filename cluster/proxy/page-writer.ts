import { Buffer } from "node:buffer";
import { type ServerReply, write } from "../embedded/api/exchange.ts";
import type { ExchangeSignal } from "./exchange-signal.ts";
import { WAITING_BYTES } from "./read-body.ts";

/**
 * Writes a page to its reply, and knows when the agent can have the whole of it. What comes while a piece is still on its way is
 * gathered, and goes as one behind it: a kube-apiserver sends megabytes in pieces of a few KiB.
 */
export class PageWriter {
  readonly #reply: ServerReply;
  readonly #signal: ExchangeSignal;
  /** A piece that the connection has not confirmed is on its way. */
  #underWay = false;
  #gathered: Buffer[] = [];
  #gatheredBytes = 0;
  #ended: (() => void) | undefined;

  /** @param signal of the exchange, aborted when the agent is gone */
  constructor(reply: ServerReply, signal: ExchangeSignal) {
    this.#reply = reply;
    this.#signal = signal;
  }

  /** False asks for a rest, until the reply has drained. */
  write(chunk: Buffer): boolean {
    this.#gathered.push(chunk);
    this.#gatheredBytes += chunk.length;
    if (!this.#underWay) this.#pass();
    return this.#gatheredBytes <= WAITING_BYTES;
  }

  /**
   * Sends the last piece.
   * @param then called once, before this process hears of anything that the agent does with the whole, and before the reply is
   * closed: in the turn of the event loop in which the kernel is given the last piece, or sooner; and when the agent is gone
   * @returns what `then` returns
   */
  end<T>(rest: Buffer, then: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#gathered.push(rest);
      this.#ended = () => {
        this.#ended = undefined;
        this.#signal.offAbort(end);
        this.#reply.end(this.#takeGathered());
        try {
          resolve(then());
        } catch (error) {
          reject(error);
        }
      };
      const end = () => this.#ended?.();
      // An idle connection is given at once what is written.
      if (!this.#underWay || this.#signal.aborted) end();
      else this.#signal.onAbort(end);
    });
  }

  #pass(): void {
    this.#underWay = true;
    write(this.#reply, this.#takeGathered(), () => {
      this.#underWay = false;
      if (this.#ended !== undefined) this.#ended();
      else if (this.#gathered.length > 0) this.#pass();
    });
  }

  #takeGathered(): Buffer {
    const [first, ...more] = this.#gathered;
    const whole = first !== undefined && more.length === 0 ? first : Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    return whole;
  }
}
