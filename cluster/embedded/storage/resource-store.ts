import type { StoredObject } from "./stored-object.ts";

/** One committed change of one object. */
export interface Change {
  readonly revision: number;
  readonly type: "created" | "modified" | "deleted";
  /** The object after the change; for a deletion, as it was last, under the deletion's revision. */
  readonly object: StoredObject;
  /** The object before the change; absent for a creation. */
  readonly previous?: StoredObject;
}

/** Thrown where a state is asked for that is older than the history kept. */
export class CompactedError extends Error {
  readonly oldest: number;
  constructor(revision: number, oldest: number) {
    super(`revision ${revision} is older than the history, which begins at ${oldest}`);
    this.name = "CompactedError";
    this.oldest = oldest;
  }
}

/**
 * The objects of one resource in etcd's key order, and a window of their latest changes.
 * Snapshots are immutable arrays; a write copies the array only if a snapshot of it is out.
 */
export class ResourceStore {
  readonly #limit: number;
  #objects: StoredObject[] = [];
  #snapshotOut = false;
  readonly #changes: Change[] = [];
  /** States and watches before this revision are gone. */
  #oldest = 0;
  #cached = 0;
  /** Revision of the latest change that left the window. */
  #dropped = 0;
  #past: { readonly revision: number; readonly head: number; readonly objects: readonly StoredObject[] } | undefined;
  readonly #listeners = new Set<() => void>();

  /** @param limit how many changes the window holds */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Revision from which on watches and past states are served. */
  get oldest(): number {
    return this.#oldest;
  }

  /**
   * Revision that the watch cache of the resource has come to. A change of another resource moves it nowhere: a list "at hand"
   * is of this revision, and one that asks for a later one waits. Never before `oldest`.
   */
  get cached(): number {
    return this.#cached;
  }

  /** Revision of the latest change that can no longer be read; a reader that has not seen it is lost. */
  get dropped(): number {
    return this.#dropped;
  }

  get(key: string): StoredObject | undefined {
    const found = this.#objects[this.#position(key)];
    return found?.key === key ? found : undefined;
  }

  /** All objects as of now, in key order. The array never changes. */
  snapshot(): readonly StoredObject[] {
    this.#snapshotOut = true;
    return this.#objects;
  }

  /**
   * All objects as they were at a revision.
   * @throws CompactedError where the history does not reach back so far
   */
  snapshotAt(revision: number): readonly StoredObject[] {
    if (revision < this.#oldest) throw new CompactedError(revision, this.#oldest);
    const head = this.#changes.at(-1)?.revision ?? 0;
    if (head <= revision) return this.snapshot();
    if (this.#past?.revision === revision && this.#past.head === head) return this.#past.objects;
    const before = new Map<string, StoredObject | undefined>();
    for (const change of this.changesAfter(revision)) {
      if (!before.has(change.object.key)) before.set(change.object.key, change.previous);
    }
    const kept = this.#objects.filter((object) => !before.has(object.key));
    const restored = [...before.values()].filter((object) => object !== undefined);
    const objects = [...kept, ...restored].sort((a, b) => (a.key < b.key ? -1 : 1));
    this.#past = { revision, head, objects };
    return objects;
  }

  /** Changes committed after a revision, oldest first, as far as the window holds them. */
  changesAfter(revision: number): readonly Change[] {
    return this.#changes.slice(this.#firstAfter(revision));
  }

  /** The first change after a revision and how many there are. */
  nextAfter(revision: number): { readonly change: Change | undefined; readonly pending: number } {
    const index = this.#firstAfter(revision);
    return { change: this.#changes[index], pending: this.#changes.length - index };
  }

  /** Fills the store at start, with objects in the order of their revisions; these have no history. */
  load(objects: readonly StoredObject[]): void {
    this.#objects = [...this.#objects, ...objects].sort((a, b) => (a.key < b.key ? -1 : 1));
    const last = objects.at(-1);
    if (last !== undefined) this.compact(last.revision);
  }

  commit(change: Change): void {
    if (this.#snapshotOut) {
      this.#objects = this.#objects.slice();
      this.#snapshotOut = false;
    }
    const position = this.#position(change.object.key);
    if (change.type === "deleted") this.#objects.splice(position, 1);
    else this.#objects.splice(position, change.type === "created" ? 0 : 1, change.object);
    this.#changes.push(change);
    this.#cached = change.revision;
    if (this.#changes.length > this.#limit) this.#drop(1);
  }

  /** Forgets what led to the state at `revision`: earlier states answer 410 from now on. */
  compact(revision: number): void {
    this.#drop(this.#firstAfter(revision));
    this.#oldest = Math.max(this.#oldest, revision);
    this.#past = undefined;
    this.catchUp(revision);
  }

  /** The watch cache has heard that nothing changed up to a revision. */
  catchUp(revision: number): void {
    this.#cached = Math.max(this.#cached, revision);
  }

  /** Calls back after every commit. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #drop(count: number): void {
    const last = this.#changes.splice(0, count).at(-1);
    if (last === undefined) return;
    this.#dropped = last.revision;
    this.#oldest = Math.max(this.#oldest, last.revision);
  }

  #position(key: string): number {
    let low = 0;
    let high = this.#objects.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#objects[middle]?.key ?? "") < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #firstAfter(revision: number): number {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changes[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
