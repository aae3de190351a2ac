import type { SyncEntry } from "../../../proto/index.ts";
import type { KubeObject } from "../kubernetes/objects.ts";

/** One object as it will be uploaded. Never changed, only replaced: an entry in a snapshot stays what it was. */
export interface StoredEntry {
  readonly uid: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly resourceVersion: string | undefined;
  readonly entry: SyncEntry;
}

/** A list that is coming in, page by page. Until it is committed, the store shows what it had. */
export interface Listing {
  add(objects: readonly KubeObject[]): void;
  /** Replaces the store's content as a whole; `merge` keeps what is not in the list. */
  commit(how?: "replace" | "merge"): void;
}

/**
 * The objects of one resource by uid, each trimmed, encoded and compressed once. `onChange` is called when something
 * that the upload carries came, went or became other: the encoded bytes are compared, so that a change of what is
 * trimmed away counts for nothing. Objects without uid are passed over.
 */
export class ObjectStore {
  #live = new Map<string, StoredEntry>();
  #listed = false;
  readonly #encode: (object: KubeObject) => SyncEntry;
  readonly #onChange: () => void;

  constructor(encode: (object: KubeObject) => SyncEntry, onChange: () => void) {
    this.#encode = encode;
    this.#onChange = onChange;
  }

  /** True once a list has been read to its end. */
  get listed(): boolean {
    return this.#listed;
  }

  get size(): number {
    return this.#live.size;
  }

  entries(): IterableIterator<StoredEntry> {
    return this.#live.values();
  }

  has(uid: string): boolean {
    return this.#live.has(uid);
  }

  beginListing(): Listing {
    const incoming = new Map<string, StoredEntry>();
    return {
      add: (objects) => {
        for (const object of objects) {
          const stored = this.#store(object);
          if (stored !== undefined) incoming.set(stored.uid, stored);
        }
      },
      commit: (how = "replace") => {
        const before = this.#live;
        if (how === "merge") for (const [uid, stored] of before) if (!incoming.has(uid)) incoming.set(uid, stored);
        this.#live = incoming;
        this.#listed = true;
        const same =
          before.size === incoming.size && [...incoming.values()].every((stored) => isSame(before.get(stored.uid), stored));
        if (!same) this.#onChange();
      },
    };
  }

  clear(): void {
    if (this.#live.size === 0) return;
    this.#live.clear();
    this.#onChange();
  }

  put(object: KubeObject): void {
    const stored = this.#store(object);
    if (stored === undefined) return;
    const before = this.#live.get(stored.uid);
    this.#live.set(stored.uid, stored);
    if (!isSame(before, stored)) this.#onChange();
  }

  remove(uid: string): void {
    if (this.#live.delete(uid)) this.#onChange();
  }

  #store(object: KubeObject): StoredEntry | undefined {
    const { uid, name, namespace, resourceVersion } = object.metadata ?? {};
    if (!uid || !name) return undefined;
    const known = this.#live.get(uid);
    if (known !== undefined && resourceVersion !== undefined && known.resourceVersion === resourceVersion) return known;
    const entry = this.#encode(object);
    // The bytes that are there already are kept, so that equal entries are mostly one and the same.
    return { uid, name, namespace, resourceVersion, entry: known && sameEntry(known.entry, entry) ? known.entry : entry };
  }
}

function isSame(a: StoredEntry | undefined, b: StoredEntry): boolean {
  return a?.entry === b.entry;
}

function sameEntry(a: SyncEntry, b: SyncEntry): boolean {
  if (a.type !== b.type || a.info !== b.info) return false;
  if (a.compressedInfo === undefined || b.compressedInfo === undefined) return a.compressedInfo === b.compressedInfo;
  return Buffer.compare(a.compressedInfo, b.compressedInfo) === 0;
}
