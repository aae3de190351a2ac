import type { KubeObject } from "../catalog/index.ts";
import { ResourceStore, type Change } from "./resource-store.ts";
import { StoredObject, sharedStoredObject } from "./stored-object.ts";

/** Revision before the first object is loaded: a cluster that has lived for a while, so that 1 is long compacted. */
const FIRST_REVISION = 1000;

/** An object that is there from the start, and its resource. */
export interface LoadedObject {
  /** Resource key, such as `deployments.apps`. */
  readonly resource: string;
  readonly object: KubeObject;
}

/** Called with every change once it is committed, before anyone who watches hears of it. */
export type CommitListener = (resource: string, change: Change) => void;

/** What etcd is to a real API server: all resources under one revision counter. */
export class ObjectStore {
  readonly #historyLimit: number;
  readonly #onCommit: CommitListener;
  readonly #resources = new Map<string, ResourceStore>();
  readonly #waiting = new Set<() => void>();
  #revision = FIRST_REVISION;
  #compacted = FIRST_REVISION;

  constructor(historyLimit: number, onCommit: CommitListener = () => {}) {
    this.#historyLimit = historyLimit;
    this.#onCommit = onCommit;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Resources that hold or held something. */
  get resources(): ReadonlyMap<string, ResourceStore> {
    return this.#resources;
  }

  resource(key: string): ResourceStore {
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const made = new ResourceStore(this.#historyLimit);
    made.compact(this.#compacted);
    this.#resources.set(key, made);
    return made;
  }

  /**
   * Fills the store, one revision per object in the order given, as in a server that has run since before the first of them:
   * the watch cache of each resource stands at its last object. Frozen objects are shared, never changed.
   */
  load(objects: Iterable<LoadedObject>): void {
    const byResource = new Map<string, StoredObject[]>();
    for (const { resource, object } of objects) {
      this.#revision += 1;
      const list = byResource.get(resource) ?? [];
      byResource.set(resource, list);
      list.push(sharedStoredObject(object, this.#revision));
    }
    for (const [resource, list] of byResource) this.resource(resource).load(list);
  }

  /** Commits a new or changed object. */
  put(resource: string, object: KubeObject): StoredObject {
    const store = this.resource(resource);
    this.#revision += 1;
    const stored = new StoredObject(object, this.#revision);
    const previous = store.get(stored.key);
    this.#commit(
      resource,
      previous === undefined
        ? { revision: this.#revision, type: "created", object: stored }
        : { revision: this.#revision, type: "modified", object: stored, previous },
    );
    return stored;
  }

  /** Commits a deletion; undefined where there is no such object. */
  remove(resource: string, key: string): StoredObject | undefined {
    const previous = this.resource(resource).get(key);
    if (previous === undefined) return undefined;
    this.#revision += 1;
    const object = new StoredObject(previous.source, this.#revision);
    this.#commit(resource, { revision: this.#revision, type: "deleted", object, previous });
    return object;
  }

  /**
   * Forgets the history up to a revision: lists and watches from before it answer 410. The watch caches begin anew there, as
   * those of a server that was restarted.
   */
  compact(revision = this.#revision): void {
    this.#compacted = Math.max(this.#compacted, revision);
    for (const store of this.#resources.values()) store.compact(revision);
  }

  /**
   * Looks after each change whether something holds. Resolves with true once it does; with false after `timeoutMs`, or when
   * `signal` aborts.
   */
  async becomes(holds: () => boolean, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (holds()) return true;
    if (signal.aborted) return false;
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(look);
        clearTimeout(timer);
        signal.removeEventListener("abort", settle);
        resolve(holds());
      };
      const look = () => {
        if (holds()) settle();
      };
      const timer = setTimeout(settle, timeoutMs);
      this.#waiting.add(look);
      signal.addEventListener("abort", settle);
    });
  }

  #commit(resource: string, change: Change): void {
    const store = this.resource(resource);
    store.commit(change);
    this.#onCommit(resource, change);
    store.notify();
    for (const look of this.#waiting) look();
  }
}
