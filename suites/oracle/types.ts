import type { EntryReading, JsonObject } from "../../server-mock/ingest/index.ts";
import type { Moment, ObjectLife, Stall, SyncCall } from "../history/types.ts";
import type { Delivered } from "./delivered.ts";
import type { UnstalledTime } from "./unstalled-time.ts";

/** One object of a snapshot, with what the cluster knows of it. */
export interface SnapshotItem {
  /** Index of the entry in the request. */
  readonly entry: number;
  /** The type name as sent; absent where the entry has none. */
  readonly type?: string;
  readonly object: JsonObject;
  /** metadata.uid, name and namespace where they are non-empty strings. */
  readonly uid?: string;
  readonly name?: string;
  readonly namespace?: string;
  /** The object of the cluster that has this uid. */
  readonly life?: ObjectLife;
  /** The resource by uid, else the first that the target reads under this type name. */
  readonly resource?: string;
}

/** The entries of a request, read as tolerantly as they can be. The same for all requests with the same entries. */
export interface Snapshot {
  readonly entries: readonly EntryReading[];
  readonly items: readonly SnapshotItem[];
  /** Items by uid, in entry order. */
  readonly byUid: ReadonlyMap<string, readonly SnapshotItem[]>;
  /** Entries from which no object could be read. */
  readonly unreadable: readonly { readonly entry: number; readonly reading: EntryReading }[];
  /**
   * The item that stands for an object of the cluster: by uid, else by name among those whose uid is missing or not
   * theirs alone, so that a missing uid is blamed once.
   */
  find(life: ObjectLife): SnapshotItem | undefined;
  /** Equal for two snapshots exactly where they are equal in all that is compared. */
  readonly contentKey: string;
}

/** A request with entries, version and cluster_id: what the wire says of the cluster's state. */
export interface Upload {
  readonly call: SyncCall;
  readonly snapshot: Snapshot;
}

/** A change that the API server committed after the cluster was filled. */
export interface Commit extends Moment {
  readonly change: "created" | "modified" | "deleted";
  readonly life: ObjectLife;
  /** Index in `life.forms`; for a deletion that of the last form. */
  readonly form: number;
}

/** A stretch of time without any commit to an uploaded kind, within what was observed. */
export interface QuietWindow {
  readonly from: Moment;
  readonly to: Moment;
  /** The commit that ended it; absent where the observation did. */
  readonly endedBy?: Commit;
}

/** What was true at which time, derived from one scenario. */
export interface Oracle {
  /** By what all budgets are counted. */
  readonly time: UnstalledTime;
  /** Times that no budget counts and that lie, at least in part, between two moments. */
  lostBetween(from: Moment, until: Moment | undefined): readonly Stall[];
  /**
   * The same by the clock alone, as if nothing had ever stood still; this one itself where nothing did. What differs
   * between the two cannot be told.
   */
  readonly byTheClock: Oracle;
  /**
   * The same as if each such time had lasted twice as long: who has no processor now and then is slow in between as well,
   * which nothing records. This one itself where there was none.
   */
  readonly inDoubt: Oracle;
  /** Calls on a service that the target serves. */
  readonly calls: readonly SyncCall[];
  readonly accepted: readonly SyncCall[];
  readonly uploads: readonly Upload[];
  /** One upload for each distinct list of entries, the first with it. */
  readonly distinctUploads: readonly Upload[];
  /** When the agent started. */
  readonly startedAt: Moment;
  /** When the observation of the agent ended: it was told to leave, it left, or the record stops. */
  readonly observedUntil: Moment;
  readonly lives: readonly ObjectLife[];
  /** Changes while the agent ran, in order. What the cluster was filled with before is none. */
  readonly commits: readonly Commit[];
  /** Resources of which some object was in an upload. */
  readonly uploadedResources: ReadonlySet<string>;
  /** Commits to uploaded resources. */
  readonly relevantCommits: readonly Commit[];
  /**
   * The agent went to the API server itself, so that nothing tells what it asked for and was given; the commits are those
   * that the harness saw by watches of its own, somewhat late.
   */
  readonly deliveryUnseen: boolean;
  /** Whether the agent may have known of a commit when it sent a request. */
  mayHaveKnown(commit: Moment, call: SyncCall): boolean;
  /** Uids that were in some upload. */
  wasUploaded(life: ObjectLife): boolean;
  /** Whether the object existed from the start of its kind's collection to the arrival of the upload. */
  existedThroughout(life: ObjectLife, upload: Upload): boolean;
  /** Complete lists of a resource, in the order in which they were complete. */
  completeLists(resource?: string): readonly CompleteList[];
  /** Kinds that were asked for by list or watch and never listed to their end before a moment. */
  unlistedAt(moment: Moment): readonly string[];
  /** What was delivered of each resource that was listed or watched, without a selector. */
  readonly delivered: ReadonlyMap<string, Delivered>;
  /** The start of a kind's collection for a request, milliseconds. */
  collectionStart(resource: string, arrival: Moment): number;
  /** Compared view of a form of an object; undefined where its bytes are not recorded (Secrets). */
  viewOfForm(life: ObjectLife, form: number): string | undefined;
  viewOfItem(item: SnapshotItem, resource: string): string;
  quietWindows(): readonly QuietWindow[];
  /** Whether anything was written to an uploaded kind in [from − lag, to], milliseconds. */
  wroteBetween(from: number, to: number): boolean;
  /** Children by owner uid, of every object that ever existed. */
  ownedBy(uid: string): readonly ObjectLife[];
}

/** A list that was answered to its last page, or streamed to its bookmark. */
export interface CompleteList {
  readonly resource: string;
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly start: Moment;
  readonly end: Moment;
}
