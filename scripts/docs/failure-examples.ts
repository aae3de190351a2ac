import { join } from "node:path";

/** A wrong agent whose explanation stands in docs/failures.md. */
export interface FailureExample {
  /** The mutant; the transcript is named after it. */
  readonly mutant: string;
  /** What kind of failure it is an example of. */
  readonly title: string;
  readonly profile: string;
  /** Pattern of `--only`. */
  readonly only: string;
  /** What a reader is to see in it. */
  readonly look: string;
}

/** One example of each kind of failure. */
export const failureExamples: readonly FailureExample[] = [
  {
    mutant: "omit-pod",
    title: "Something is missing",
    profile: "core",
    only: "KAS-SNAP-1",
    look: "The object by kind, namespace and name, and whether the agent was ever given it: it was, so that it got lost inside the agent. At the end the kinds in which the cluster and the snapshot differ, with both numbers.",
  },
  {
    mutant: "keep-deleted",
    title: "Something is there that is gone",
    profile: "core",
    only: "KAS-SNAP-3",
    look: "When each object was deleted, how much later a snapshot still had it, and by which request to the API server the agent had been told.",
  },
  {
    mutant: "version-constant",
    title: "A rule of the version is broken",
    profile: "core",
    only: "KAS-VER-2",
    look: "What came, went or changed under one version, and what the server did with it: row 8 throws the entries away, though it answers as if nothing were wrong.",
  },
  {
    mutant: "watches-from-now",
    title: "A change at the API server is lost",
    profile: "kubernetes",
    only: "KAS-WATCH-3",
    look: "The list, the watch after it and the change between them, in the order in which they happened, with the faults that were in force.",
  },
  {
    mutant: "gives-up-after-failure",
    title: "A fault is not recovered from",
    profile: "recovery",
    only: "KAS-CONN-5",
    look: "The fault as it was scripted, the call that it hit, and that no request delivered the snapshot within the budget after it.",
  },
];

/** Where the transcript of an example lies. */
export function transcriptOf({ mutant }: FailureExample): string {
  return join(import.meta.dirname, "../../fixtures/failures", `${mutant}.jsonl.gz`);
}
