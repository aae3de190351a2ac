import type { CheckResult, FailureContext } from "../suites/results.ts";

/** One line of what happened; `cited` where the failure names it. */
export interface ContextLine {
  readonly text: string;
  readonly cited?: true;
}

/** What happened around a failure, from the first scenario in which nobody expected it; empty where nothing is known. */
export function contextLines({ scenarios }: CheckResult): readonly ContextLine[] {
  const told = scenarios.find(({ context, expected }) => context !== undefined && expected === undefined);
  const context = told?.context;
  if (told === undefined || context === undefined) return [];
  const rows = context.timeline.some(({ text }) => text.includes(" by row ")) ? "; rows are those of docs/protocol.md 2.2" : "";
  return [
    { text: `what happened in ${told.name} (seconds of the run, transcript line${rows}):` },
    ...context.timeline.map(({ seq, ms, text, cited }) => ({
      text: `${(ms / 1000).toFixed(3)} s  ${seq}  ${text}`,
      ...(cited && { cited }),
    })),
    ...snapshotLines(context.snapshot),
    ...(context.faults === undefined ? [] : [{ text: `in force at that time: ${context.faults.join(", ")}` }]),
  ];
}

function snapshotLines(snapshot: FailureContext["snapshot"]): readonly ContextLine[] {
  if (snapshot === undefined) return [];
  const unsent = snapshot.unsent.length === 0 ? [] : [{ text: `never sent at all: ${snapshot.unsent.join(", ")}` }];
  const others = snapshot.alike === 0 ? "" : `; ${snapshot.alike} kinds are alike`;
  return [
    { text: `the cluster when request seq ${snapshot.seq} arrived, and its snapshot, where they differ${others}:` },
    ...snapshot.kinds.map(({ resource, cluster, snapshot: sent, missing, extra }) => ({
      text: [
        `${resource}: ${cluster} in the cluster, ${sent} in the snapshot`,
        ...(missing.length === 0 ? [] : [`missing ${missing.join(", ")}`]),
        ...(extra.length === 0 ? [] : [`not in the cluster ${extra.join(", ")}`]),
      ].join("; "),
    })),
    ...unsent,
  ];
}
