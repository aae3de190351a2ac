/** Judges one snapshot and prints how far the process's memory rose while it did. The snapshot is made by another process. */
import { execFileSync } from "node:child_process";
import { createEntryReader } from "../../server-mock/ingest/index.ts";
import { podSnapshot } from "./snapshot.ts";

const podCount = Number(process.argv[2]);

if (process.argv[3] === "make") {
  const { entries, jsonBytes } = podSnapshot(podCount);
  const header = Buffer.alloc(8);
  header.writeDoubleLE(jsonBytes);
  const parts = entries.flatMap((entry) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(entry.length);
    return [length, entry];
  });
  process.stdout.write(Buffer.concat([header, ...parts]));
} else {
  const [, self = ""] = process.argv;
  const bytes = execFileSync(process.execPath, ["--import", "tsx", self, String(podCount), "make"], { maxBuffer: 2 ** 31 });
  globalThis.gc?.();
  const idle = process.memoryUsage().rss;
  const reader = createEntryReader({ cacheEntries: podCount * 2 });
  const readings: unknown[] = [];
  for (let offset = 8; offset < bytes.length;) {
    const length = bytes.readUInt32LE(offset);
    readings.push(reader.read(bytes.subarray(offset + 4, offset + 4 + length)));
    offset += 4 + length;
  }
  const peakBytes = process.resourceUsage().maxRSS * 1024 - idle;
  console.log(JSON.stringify({ jsonBytes: bytes.readDoubleLE(0), peakBytes, readings: readings.length }));
}
