import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { type ServerReply, write } from "../embedded/api/exchange.ts";

/**
 * Bytes of a reply that may wait for its agent. Node asks for a rest after 16 KiB, which is one TLS record: a reader that stopped
 * there would stop after each.
 */
export const WAITING_BYTES = 2 ** 20;

/** Writes to a reply. False asks for a rest, until it has drained. */
export function writeOn(reply: ServerReply, chunk: Buffer): boolean {
  return write(reply, chunk) || reply.writableLength <= WAITING_BYTES;
}

/**
 * Reads an answer to its end, no faster than the agent takes it.
 * @param take called with each piece; false: wait until the reply has drained
 * @throws where the server breaks off, or the exchange is aborted
 */
export function readBody(answer: IncomingMessage, reply: ServerReply, take: (chunk: Buffer) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const resume = () => answer.resume();
    const settle = (done: () => void) => () => {
      reply.off("drain", resume);
      done();
    };
    reply.on("drain", resume);
    answer.on("data", (chunk: Buffer) => {
      if (!take(chunk)) answer.pause();
    });
    answer.on("end", settle(resolve));
    answer.on("error", (error) => settle(() => reject(error))());
    answer.on(
      "close",
      settle(() => reject(new Error("the API server broke off"))),
    );
  });
}
