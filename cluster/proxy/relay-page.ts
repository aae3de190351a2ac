import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { write } from "../embedded/api/exchange.ts";
import type { ProxyExchange } from "./exchange.ts";
import { HeldEnd } from "./held-end.ts";
import { BodyReader, type ReadPage } from "./page-reader.ts";
import { PageWriter } from "./page-writer.ts";
import { readBody } from "./read-body.ts";
import type { ProxyRecording } from "./recording.ts";
import type { SeenPage } from "./types.ts";

/** An answer that passed as a whole. */
export interface RelayedPage {
  /** The body as it was on the wire. */
  readonly chunks: readonly Buffer[];
  /** Undefined where it could not be read. */
  readonly page: ReadPage | undefined;
}

/**
 * Passes the answer to a list or a get on while it arrives, all but its end. That goes once the server has ended the body, and
 * the page is recorded in the same turn of the event loop: whatever the agent does with the whole of it, this process hears of
 * afterwards. The head of the reply is written already.
 * @param onRead told of the page in that turn
 * @param truncate passes on but the first half, and is called when that has been sent
 */
export async function relayPage(
  exchange: ProxyExchange,
  answer: IncomingMessage,
  recording: ProxyRecording,
  onRead: (page: ReadPage) => void,
  truncate?: () => void,
): Promise<RelayedPage> {
  const { reply, info, resource = "", signal } = exchange;
  const encoding = answer.headers["content-encoding"] === "gzip" ? "gzip" : "identity";
  const body = new BodyReader(info.verb, resource, encoding, recording);
  const end = new HeldEnd(encoding);
  const writer = new PageWriter(reply, signal);
  const chunks: Buffer[] = [];
  const take = (chunk: Buffer): boolean => {
    chunks.push(chunk);
    let ready = true;
    if (truncate === undefined) for (const passed of end.push(chunk)) ready = writer.write(passed);
    body.push(chunk);
    return ready;
  };
  const told = (): RelayedPage => {
    const page = body.finish();
    if (page !== undefined) onRead(page);
    if (signal.aborted || truncate !== undefined) return { chunks, page };
    if (page === undefined) exchange.unread = "not the JSON of a list or an object";
    else recording.page(exchange.req, resource, page.head, page.refs);
    return { chunks, page };
  };
  const finish = (): RelayedPage | Promise<RelayedPage> => {
    // What is done after the end has gone costs the agent no time.
    if (!signal.aborted && truncate === undefined) return writer.end(end.rest(), told);
    const relayed = told();
    if (!signal.aborted && truncate !== undefined) {
      const whole = Buffer.concat(chunks);
      write(reply, whole.subarray(0, whole.length >> 1), truncate);
    }
    return relayed;
  };
  return await readBody(answer, reply, { take, end: () => (body.inflates ? body.inflate().then(finish) : finish()) });
}

/** @returns what the sightings are told of a page */
export function seenPage({ info, resource }: ProxyExchange, page: ReadPage, whole: ReadonlySet<string> | undefined): SeenPage {
  const namespace = info.isResource && resource !== "namespaces" ? info.namespace : undefined;
  return {
    ...(namespace === undefined ? {} : { namespace }),
    resourceVersion: page.head.resourceVersion,
    items: page.items,
    ...(whole === undefined ? {} : { whole }),
  };
}
