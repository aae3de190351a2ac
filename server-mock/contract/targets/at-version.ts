import { type Changes, changes, type Member, type Step } from "./changes.ts";
import type { Target, TargetRules } from "./types.ts";
import { reaches, type Version } from "./version.ts";

type Entry = Member<unknown> | Step<unknown>;

/** The rules of the server at a version, computed from the changes of its history. */
export function targetAt(id: string, tag: string, version: Version): Target {
  const rules: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  const inferred: string[] = [];
  for (const [rule, history] of Object.entries(changes) as [keyof Changes, readonly Entry[]][]) {
    const present = history.filter((entry) => holds(entry, version));
    const listed = history.some((entry) => "member" in entry);
    const counting = listed ? present : present.slice(-1);
    const last = counting.at(-1);
    rules[rule] = listed ? present.map((entry) => (entry as Member<unknown>).member) : (last as Step<unknown> | undefined)?.value;
    sources[rule] = sourcesOf(counting.length > 0 ? counting : history);
    for (const entry of counting) if (entry.inferred) inferred.push(nameOf(rule, entry));
  }
  return {
    id,
    tag,
    line: true,
    ...(rules as unknown as TargetRules),
    sources: sources as Record<keyof TargetRules, string>,
    inferred,
  };
}

function holds(entry: Entry, version: Version): boolean {
  if (entry.since !== undefined && !reaches(version, entry.since, entry.carriedBack)) return false;
  return entry.until === undefined || !reaches(version, entry.until, entry.untilCarriedBack);
}

function sourcesOf(entries: readonly Entry[]): string {
  const places = new Set(entries.map(({ source }) => source.replace("protocol.md ", "")));
  return `protocol.md ${[...places].join(", ")}`;
}

function nameOf(rule: string, entry: Entry): string {
  if (!("member" in entry)) return rule;
  const { member } = entry;
  const name = typeof member === "object" && member !== null && "resource" in member ? member.resource : member;
  return `${rule} ${String(name)}`;
}
