/** What was found on a host; undefined stands for "cannot be told". Paths are those that were looked at. */
export interface HostFacts {
  readonly binary: FileFact;
  /** Output of `getcap BINARY` (empty: none set), or why there is none. */
  readonly capabilities: { readonly text: string } | { readonly unknown: string };
  readonly user: { readonly name: string; readonly uid: number | undefined };
  /** `v1` holds for hybrid hosts too, whose controllers are v1 folders. */
  readonly cgroup: "v1" | "v2" | "none";
  readonly folders: readonly FileFact[];
}

/** A file or folder; uid is its owner, if it exists and may be looked at. */
export interface FileFact {
  readonly path: string;
  readonly exists: boolean;
  readonly uid?: number;
}
