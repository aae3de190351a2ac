import type { ResourceStore, Change } from "../storage/resource-store.ts";
import { StoredObject } from "../storage/stored-object.ts";
import type { Filter } from "./list.ts";

/** What a watch delivers next. */
export type WatchItem =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: StoredObject }
  | { readonly type: "BOOKMARK"; readonly revision: number; readonly initialEventsEnd: boolean };

/** How a watch begins. */
export interface WatchStart {
  /** Objects that are told as ADDED before anything else. */
  readonly initial: readonly StoredObject[];
  /** Changes after this revision follow. */
  readonly revision: number;
  /** Whether a bookmark marks the end of the initial events. */
  readonly announceEnd: boolean;
}

/** Objects that left a selector, under the revision of the change that made them leave; shared by all watchers. */
const departed = new WeakMap<Change, StoredObject>();

/**
 * One watcher's place in the history of a resource. It holds no queue: it reads on from the shared window, and is lost
 * when the window has moved past what it has not seen.
 */
export class WatchSource {
  readonly #store: ResourceStore;
  readonly #filter: Filter;
  readonly #initial: readonly StoredObject[];
  #nextInitial = 0;
  #announceEnd: boolean;
  /** Where it began. */
  readonly startRevision: number;
  #revision: number;

  constructor(store: ResourceStore, filter: Filter, start: WatchStart) {
    this.#store = store;
    this.#filter = filter;
    this.#initial = start.initial;
    this.#announceEnd = start.announceEnd;
    this.startRevision = start.revision;
    this.#revision = start.revision;
  }

  /** How many changes it has not looked at; Infinity where some of them are gone. */
  get behind(): number {
    return this.#store.dropped > this.#revision ? Number.POSITIVE_INFINITY : this.#store.nextAfter(this.#revision).pending;
  }

  /** The next thing to deliver; undefined where the watcher has caught up, or is lost. */
  next(): WatchItem | undefined {
    while (this.#nextInitial < this.#initial.length) {
      const object = this.#initial[this.#nextInitial];
      this.#nextInitial += 1;
      if (object !== undefined && this.#filter(object)) return { type: "ADDED", object };
    }
    if (this.#announceEnd) {
      this.#announceEnd = false;
      return { type: "BOOKMARK", revision: this.startRevision, initialEventsEnd: true };
    }
    while (this.#store.dropped <= this.#revision) {
      const { change } = this.#store.nextAfter(this.#revision);
      if (change === undefined) return undefined;
      this.#revision = change.revision;
      const item = this.#itemOf(change);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  #itemOf(change: Change): WatchItem | undefined {
    const before = change.previous !== undefined && this.#filter(change.previous);
    const after = change.type !== "deleted" && this.#filter(change.object);
    if (after) return { type: before ? "MODIFIED" : "ADDED", object: change.object };
    if (!before) return undefined;
    return { type: "DELETED", object: change.type === "deleted" ? change.object : departedObject(change) };
  }
}

function departedObject(change: Change): StoredObject {
  const known = departed.get(change);
  if (known !== undefined) return known;
  const made = new StoredObject((change.previous ?? change.object).source, change.revision);
  departed.set(change, made);
  return made;
}
