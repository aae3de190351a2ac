import { Buffer } from "node:buffer";
import type { OutgoingHttpHeaders } from "node:http";
import type { ProxyExchange } from "./exchange.ts";
import type { ReadPage } from "./page-reader.ts";

/** An answer to a list that can be given again. */
export interface StaleList {
  readonly headers: OutgoingHttpHeaders;
  readonly chunks: readonly Buffer[];
  readonly page: Omit<ReadPage, "items">;
}

/** So many lists are kept; the one longest unseen goes first. */
const LIMIT = 64;

/**
 * The last answer to each list. Lists are the same where path, selectors, form and limit are: which resourceVersion an agent
 * asks for depends on what it went through. Of a list in pages, the first is kept: its token leads to the rest as it was.
 */
export class StaleLists {
  readonly #lists = new Map<string, StaleList>();

  remember(exchange: ProxyExchange, list: StaleList): void {
    const key = keyOf(exchange);
    if (key === undefined) return;
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > LIMIT && oldest !== undefined) this.#lists.delete(oldest);
  }

  find(exchange: ProxyExchange): StaleList | undefined {
    const key = keyOf(exchange);
    return key === undefined ? undefined : this.#lists.get(key);
  }
}

function keyOf({ info, facts, request }: ProxyExchange): string | undefined {
  if (info.verb !== "list" || facts.furtherPage || request.method !== "GET") return undefined;
  const asked = ["labelSelector", "fieldSelector", "limit", "pretty", "includeObject"].map((name) => info.query.get(name));
  return JSON.stringify([info.path, ...asked, request.headers.accept, request.headers["accept-encoding"]]);
}
