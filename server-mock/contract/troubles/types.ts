import type { KubeObject } from "../json.ts";
import type { AbortRule } from "../targets/types.ts";

/** An uploaded object with the entry that carried it. */
export interface UploadedObject {
  /** Index of the entry in the request. */
  readonly entry: number;
  /** The entry's type name as sent. */
  readonly type: string;
  readonly object: KubeObject;
}

/** Something in a snapshot that costs the whole sync, or that the target does not take as sent. */
export interface Trouble {
  readonly rule: AbortRule | "version-info-missing" | "version-info-several" | "version-info-git-version";
  /** `aborts`: the sync fails and nothing new is applied; `crashes`: the server's process dies; `ignores`: taken in part. */
  readonly effect: "aborts" | "crashes" | "ignores";
  /** Absent where the trouble is that something is missing. */
  readonly entry?: number;
  readonly type?: string;
  readonly uid?: string;
  /** `namespace/name` or the name, for people. */
  readonly name?: string;
  /** What is wrong, where, what the target does with it and how to mend it: whole sentences. */
  readonly text: string;
  readonly source: string;
}
