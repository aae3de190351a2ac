/** Prints ratios against peers in the same run. A goal that is missed is said so; nothing here passes or fails a build. */
import { heartbeats } from "./heartbeats.ts";
import { inventories } from "./inventory.ts";
import { judging } from "./judging.ts";
import { listing } from "./listing.ts";
import type { NotTaken, Ratio } from "./measure.ts";
import { memory } from "./memory.ts";
import { firstVerdicts } from "./first-verdict.ts";
import { proxying } from "./proxy.ts";
import { repeats } from "./repeats.ts";

const POD_COUNT = Number(process.env["BENCH_PODS"] ?? 20_000);

/** BENCH_ONLY chooses some, by name. */
const benches: Readonly<Record<string, (podCount: number) => Promise<readonly (Ratio | NotTaken)[]>>> = {
  judging,
  memory,
  repeats,
  inventories,
  listing,
  proxying,
  heartbeats,
  firstVerdicts,
};
const only = process.env["BENCH_ONLY"]?.split(",");
const unknown = only?.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(`BENCH_ONLY: there is no bench ${unknown}; there are ${Object.keys(benches).join(", ")}`);
  process.exit(64);
}

console.log(`${POD_COUNT} pods, Node ${process.version}; each figure is a ratio of medians, taken in turn`);
for (const [name, bench] of Object.entries(benches)) {
  if (only?.includes(name) === false) continue;
  for (const figure of await bench(POD_COUNT)) print(figure);
}
process.exit();

function print(figure: Ratio | NotTaken): void {
  if ("because" in figure) return console.log(`not taken ${" ".repeat(18)} ${figure.name}: ${figure.because}`);
  const { name, ratio, goal, detail } = figure;
  const met = goal === undefined || ("atMost" in goal ? ratio <= goal.atMost : ratio >= goal.atLeast);
  const wanted = goal === undefined ? "no goal" : "atMost" in goal ? `goal ≤ ${goal.atMost}` : `goal ≥ ${goal.atLeast}`;
  console.log(
    `${goal === undefined ? "      " : met ? "met   " : "MISSED"} ${ratio.toFixed(2).padStart(6)} (${wanted})  ${name}: ${detail}`,
  );
}
