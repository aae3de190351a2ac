import type { ProxyExchange } from "./exchange.ts";
import type { ListHead } from "./list-scanner.ts";
import type { SeenObject } from "./seen-object.ts";

/** So many lists may be between two pages; the oldest is given up. */
const LIMIT = 256;

/** Puts the pages of lists together: each page but the first is asked for by the token of the one before. */
export class WholeLists {
  readonly #begun = new Map<string, ReadonlySet<string>>();

  /**
   * Takes a page in.
   * @returns the uids of the whole list, where this was the last page, all before it have been seen and no selector left any out
   */
  take({ info, facts }: ProxyExchange, head: ListHead, items: readonly SeenObject[]): ReadonlySet<string> | undefined {
    if (info.verb !== "list" || info.query.get("labelSelector") || info.query.get("fieldSelector")) return undefined;
    const token = info.query.get("continue") ?? "";
    const before = facts.furtherPage ? this.#begun.get(token) : new Set<string>();
    if (before === undefined) return undefined;
    const uids = new Set(before);
    for (const { uid } of items) uids.add(uid);
    if (head.continue === "") return uids;
    this.#begun.set(head.continue, uids);
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > LIMIT && oldest !== undefined) this.#begun.delete(oldest);
    return undefined;
  }
}
