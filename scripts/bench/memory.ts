import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Ratio } from "./measure.ts";

/** Peak memory of a process of its own that judges one snapshot, against the size of the JSON in it. */
export async function memory(podCount: number): Promise<Ratio[]> {
  const child = join(import.meta.dirname, "memory-child.ts");
  const output = execFileSync(process.execPath, ["--expose-gc", "--import", "tsx", child, String(podCount)], {
    encoding: "utf8",
  });
  const { jsonBytes, peakBytes } = JSON.parse(output) as { jsonBytes: number; peakBytes: number };
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return [
    {
      name: "peak memory of judging a first snapshot against the JSON in it",
      ratio: peakBytes / jsonBytes,
      goal: { atMost: 4 },
      detail: `${mebibytes(peakBytes)} above the idle process, ${mebibytes(jsonBytes)} of JSON`,
    },
  ];
}
