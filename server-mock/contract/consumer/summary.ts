import type { Target } from "../targets/types.ts";
import type { DroppedObject, Inventory } from "./types.ts";

const WORDS: Readonly<Record<string, string>> = {
  "pod-without-owner": "without owner",
  "pod-owner-unknown": "with unknown owner",
  "pod-node-unknown": "on an unknown node",
  "pod-identity-collision": "taken for another pod",
  "namespace-unknown": "in an unknown namespace",
  "uid-twice": "with a uid that came before",
  "entry-array": "entries that are arrays",
  "entry-list": "entries that are Lists",
};

/**
 * What became of the pods, in one line: "1,184 of 1,204 pods would be tagged on v6.5; 20 dropped: 14 Jobs' pods, 4
 * static, 2 with unknown owner". Only pods that a target keeps get their Kubernetes tags.
 */
export function podsLine(target: Target, inventory: Inventory): string {
  const { outcome, podsSent, counts } = inventory;
  if (outcome !== "kept")
    return `none of ${number(podsSent)} pods would be tagged on ${target.id}: ${outcome}: ${inventory.reason ?? ""}`;
  const dropped = inventory.dropped.filter(({ type }) => type === "*v1.Pod");
  const head = `${number(counts.pods)} of ${number(podsSent)} pods would be tagged on ${target.id}`;
  if (dropped.length === 0) return head;
  const groups = new Map<string, number>();
  for (const object of dropped) groups.set(wordsFor(object), (groups.get(wordsFor(object)) ?? 0) + 1);
  const parts = [...groups].sort(([, a], [, b]) => b - a).map(([words, count]) => `${number(count)} ${words}`);
  return `${head}; ${number(dropped.length)} dropped: ${parts.join(", ")}`;
}

function wordsFor({ rule, reason }: DroppedObject): string {
  if (rule !== "pod-owner-kind") return WORDS[rule] ?? `by rule ${rule}`;
  const kind = /^its owner is a (\S+),/.exec(reason)?.[1] ?? "thing";
  if (kind === "Node") return "static";
  return kind === "Job" ? "Jobs' pods" : `pods of a ${kind}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
