import { join, relative } from "node:path";
import { mutants } from "../../agents/index.ts";
import { nameOf, subjectsOf } from "../../suites/selftest/index.ts";
import type { RunChoice, Subject } from "../../suites/selftest/types.ts";

/** An agent of the self-test with the scenarios that are told to it here. */
export interface TableSubject extends Subject {
  /** Absent: all of its run. */
  readonly scenarios?: readonly string[];
  /** In milliseconds, where it is not that of our own agents. */
  readonly callTimeoutMs?: number;
}

const root = join(import.meta.dirname, "../..");
const EVERYTHING: RunChoice = { profiles: ["core", "recovery", "kubernetes", "restricted"], features: [] };
const ENVIRONMENTS: RunChoice = { profiles: ["environments"], features: ["openshift", "openkruise"] };
const SCALE: RunChoice = { profiles: ["core", "scale"], features: [] };
/** Those of the scale profile that are told in a cluster of any size: a kind cluster is not filled with thousands of pods. */
const IN_ANY_SIZE: readonly string[] = ["odd-objects", "burst"];

/** Runs of the reference agent that need a feature. */
const WITH_FEATURES: readonly string[] = ["restricted with cluster-id", "restricted with ha", "restricted with no-watch"];

/**
 * Wrong agents, each with the scenario in which it shows. What they do wrong rests on the API server's side as often as on
 * the other: lists and pages, watches and where they begin, deletions that race with both.
 */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  gzip: ["first-snapshot"],
  "omit-pod": ["first-snapshot"],
  "invent-object": ["first-snapshot"],
  "writes-to-cluster": ["first-snapshot"],
  "keep-deleted": ["life-of-objects"],
  "ignore-changes": ["life-of-objects"],
  poll: ["life-of-objects"],
  "ignore-echo": ["held-version-lost"],
  "never-reconnects": ["server-restarts"],
  "gives-up-after-failure": ["server-errors"],
  "restart-reuses-version": ["agent-restarts"],
  "drops-refused-kind": ["api-kind-refused"],
  "never-resumes": ["api-watch-cut"],
  "relists-not-older": ["api-all-refused"],
  "watches-from-now": ["api-watch-expired"],
  "merges-relist": ["api-watch-expired"],
  "first-page-only": ["api-watch-expired", "api-lists-in-pages"],
  "stitches-lists": ["api-lists-in-pages"],
  "cluster-id-invented": ["cluster-id-asked"],
  "needs-secrets": ["cluster-role"],
  "openshift-ignored": ["environment-openshift"],
};

/**
 * The agents of the table. Those of our own run as they were built.
 * @param goAgent the example agent in Go, where it was built
 */
export function tableSubjects(goAgent: string | undefined): readonly TableSubject[] {
  const all = subjectsOf(mutants).map((subject): Subject => ({
    ...subject,
    command: built(subject.command),
    noWatchCommand: built(subject.noWatchCommand),
  }));
  const references = all.filter(({ name }) => name === "reference");
  const plain = references.find(({ choice }) => choice.features.length === 0);
  if (plain === undefined) throw new Error("the self-test has no run of the reference agent without features");
  const go: TableSubject = {
    name: "go",
    describes: "the example agent in Go, on client-go",
    choice: EVERYTHING,
    command: [goAgent ?? ""],
    noWatchCommand: [],
    expects: { rule: "fails-none" },
    callTimeoutMs: 15_000,
  };
  return [
    { ...plain, choice: EVERYTHING },
    { ...plain, choice: ENVIRONMENTS },
    { ...plain, choice: SCALE, scenarios: IN_ANY_SIZE },
    ...references.filter(({ choice }) => WITH_FEATURES.includes(nameOf(choice))),
    ...(goAgent === undefined ? [] : [go, { ...go, choice: SCALE, scenarios: IN_ANY_SIZE }]),
    ...Object.entries(WRONG).map(([name, scenarios]): TableSubject => {
      const subject = all.find((candidate) => candidate.name === name);
      if (subject === undefined) throw new Error(`there is no mutant ${name}`);
      return { ...subject, scenarios };
    }),
  ];
}

/** From source an agent takes long to start, the more so beside others. */
function built(command: readonly string[]): readonly string[] {
  const [node = "", , , path = "", ...rest] = command;
  if (!path.endsWith(".ts")) return command;
  return [node, join(root, "dist", relative(root, path).replace(/\.ts$/, ".js")), ...rest];
}
