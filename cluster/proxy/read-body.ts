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

/** What is done with the pieces of a body, and in its end. */
export interface BodySink<T> {
  /** Called with each piece; false: wait until the reply has drained. */
  readonly take: (chunk: Buffer) => boolean;
  /** Called as the body ends: whoever waits for a promise goes on behind all that Node does then with the connection. */
  readonly end: () => T | Promise<T>;
}

/**
 * Reads an answer to its end, no faster than the agent takes it.
 * @returns what is made of the end
 * @throws where the server breaks off, or the exchange is aborted
 */
export function readBody<T>(answer: IncomingMessage, reply: ServerReply, { take, end }: BodySink<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const resume = () => answer.resume();
    answer.on("data", (chunk: Buffer) => {
      if (take(chunk)) return;
      answer.pause();
      reply.once("drain", resume);
    });
    answer.on("end", () => {
      try {
        resolve(end());
      } catch (error) {
        reject(error);
      }
    });
    // It comes after an error too, which says no more.
    answer.on("close", () => {
      reply.off("drain", resume);
      if (!answer.readableEnded) reject(new Error("the API server broke off"));
    });
  });
}
