import { printable, wrap } from "../report/index.ts";
import {
  compareInventories,
  type DroppedObject,
  type InventoryCounts,
  type InventoryDifference,
  podsLine,
  type Target,
} from "../server-mock/contract/index.ts";
import type { Inspection } from "./inspect-action.ts";
import type { InspectedSource } from "./inspect-source.ts";

/** Objects that are named for a rule of one target. */
const EXAMPLES = 5;
/** Rows that are told for one change between neighbours; `--json` has all. */
const ROWS = 10;

const NAMES: readonly (readonly [keyof InventoryCounts, string])[] = [
  ["nodes", "nodes"],
  ["namespaces", "namespaces"],
  ["workloads", "workloads"],
  ["replicaSets", "ReplicaSets"],
  ["pods", "pods"],
  ["services", "services"],
  ["servicePorts", "service ports"],
  ["ingresses", "ingresses"],
  ["ingressRules", "ingress rules"],
  ["ingressBackends", "ingress backends"],
  ["configMaps", "ConfigMaps"],
];

/** The inventories for people: one in full; of several the counts side by side, and what changes between neighbours. */
export function renderInventories(
  source: InspectedSource,
  targets: readonly Target[],
  inspections: readonly Inspection[],
  width: number,
): string {
  const head = [...wrap(printable(source.what), width), ...source.notes.flatMap((note) => indent(`note: ${note}`, 2, width))];
  const [only] = inspections;
  const blocks =
    inspections.length === 1 && only && targets[0]
      ? [inOne(targets[0], only, width)]
      : [
          table(targets, inspections),
          ...targets.map((target, index) => indent(lineOf(target, inspections[index]), 2, width)),
          ...inspections.slice(1).map((after, index) => changes(inspections[index] as Inspection, after, width)),
        ];
  return `${[head, ...blocks].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function lineOf(target: Target, inspection: Inspection | undefined): string {
  return inspection ? podsLine(target, inspection.inventory) : "";
}

function inOne(target: Target, inspection: Inspection, width: number): readonly string[] {
  const { inventory } = inspection;
  const { reason } = inventory;
  return [
    `${target.id} (${target.tag}): ${inventory.outcome}`,
    ...(reason === undefined ? [] : indent(reason, 2, width)),
    ...indent(podsLine(target, inventory), 2, width),
    "",
    ...table([target], [inspection]),
    ...grouped("dropped", inventory.dropped, width),
    ...grouped("lost in part", inventory.reduced, width),
  ];
}

function table(targets: readonly Target[], inspections: readonly Inspection[]): readonly string[] {
  const rows = [
    ["", ...targets.map(({ id }) => id)],
    ["outcome", ...inspections.map(({ inventory }) => inventory.outcome)],
    ...NAMES.map(([key, name]) => [name, ...inspections.map(({ inventory }) => String(inventory.counts[key]))]),
    ["dropped objects", ...inspections.map(({ inventory }) => String(inventory.dropped.length))],
  ];
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`.trimEnd(),
  );
}

function grouped(title: string, objects: readonly DroppedObject[], width: number): readonly string[] {
  if (objects.length === 0) return [];
  const byRule = new Map<string, DroppedObject[]>();
  for (const object of objects) byRule.set(object.rule, [...(byRule.get(object.rule) ?? []), object]);
  return [
    "",
    `  ${title}: ${objects.length}`,
    ...[...byRule].flatMap(([rule, all]) => [
      `    ${rule} (${all.length})`,
      ...all.slice(0, EXAMPLES).flatMap((object) => indent(`${nameOf(object)}: ${object.reason}`, 6, width)),
      ...(all.length > EXAMPLES ? [`      and ${all.length - EXAMPLES} more`] : []),
    ]),
  ];
}

function changes(before: Inspection, after: Inspection, width: number): readonly string[] {
  const { differences, counts } = compareInventories(before.inventory, after.inventory);
  const head = `${before.target} → ${after.target}`;
  if (differences.length === 0) return [`${head}: no difference`];
  const told = NAMES.flatMap(([key, name]) => {
    const pair = counts[key];
    return pair ? [`${name} ${pair[0]} → ${pair[1]}`] : [];
  });
  const groups = new Map<string, InventoryDifference[]>();
  for (const difference of differences) {
    const key = `${difference.what} ${ruleOf(difference.before)} ${ruleOf(difference.after)} ${difference.object?.type ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [
    ...indent(
      `${head}: ${differences.length} ${differences.length === 1 ? "row" : "rows"}${told.length > 0 ? `; ${told.join(", ")}` : ""}`,
      0,
      width,
    ),
    ...[...groups.values()].flatMap((group) => [
      ...group.slice(0, ROWS).flatMap((difference) => indent(changeText(difference), 4, width)),
      ...(group.length > ROWS ? [`    and ${group.length - ROWS} more of the same (--json tells all)`] : []),
    ]),
  ];
}

function ruleOf(text: string): string {
  return text.split(":", 1)[0] ?? "";
}

function changeText({ what, object, before, after }: InventoryDifference): string {
  if (!object) return `outcome: ${before} → ${after}`;
  const name = nameOf(object);
  const whole = what === "part" ? "whole" : "kept";
  if (before === "kept") return `− ${name}: ${after}`;
  return after === "kept" ? `+ ${name}: ${whole}; before, ${before}` : `± ${name}: ${after}; before, ${before}`;
}

function nameOf({ type, namespace, name, uid }: Pick<DroppedObject, "type" | "namespace" | "name" | "uid">): string {
  const place = [namespace, name === "" ? uid : name].filter((part) => part !== "").join("/");
  return place === "" ? type : `${type} ${place}`;
}

function indent(text: string, by: number, width: number): readonly string[] {
  return wrap(printable(text), Math.max(40, width - by - 2)).map(
    (line, index) => `${" ".repeat(index === 0 ? by : by + 2)}${line}`,
  );
}
