/** Prints ratios against peers in the same run. A goal that is missed is said so; nothing here passes or fails a build. */
import { heartbeats } from "./heartbeats.ts";
import { inventories } from "./inventory.ts";
import { judging } from "./judging.ts";
import { listing } from "./listing.ts";
import type { Ratio } from "./measure.ts";
import { memory } from "./memory.ts";
import { proxying } from "./proxy.ts";
import { repeats } from "./repeats.ts";

const POD_COUNT = Number(process.env["BENCH_PODS"] ?? 20_000);

console.log(`${POD_COUNT} pods, Node ${process.version}; each figure is a ratio of medians, taken in turn`);
for (const bench of [judging, memory, repeats, inventories, listing, proxying, heartbeats])
  for (const ratio of await bench(POD_COUNT)) print(ratio);
process.exit();

function print({ name, ratio, goal, detail }: Ratio): void {
  const met = "atMost" in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
  const wanted = "atMost" in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  console.log(`${met ? "met   " : "MISSED"} ${ratio.toFixed(2).padStart(6)} (goal ${wanted})  ${name}: ${detail}`);
}
