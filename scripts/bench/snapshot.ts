import { deflateSync } from "node:zlib";
import { generateCluster } from "../../cluster/index.ts";

/** A first snapshot as an agent sends it: `KubernetesAPIInfo` messages, and the bare streams inside them. */
export interface BenchSnapshot {
  readonly entries: readonly Uint8Array[];
  readonly streams: readonly Buffer[];
  /** Bytes of all the JSON, inflated. */
  readonly jsonBytes: number;
}

/** All pods of a generated cluster, one entry an object, managedFields left out. */
export function podSnapshot(podCount: number): BenchSnapshot {
  const pods = generateCluster({ seed: 1, pods: podCount, nodes: Math.max(1, Math.ceil(podCount / 100)) })
    .filter((generated) => generated.resource === "pods")
    .slice(0, podCount);
  const texts = pods.map(({ object }) => podText(object as Record<string, unknown>));
  const streams = texts.map((text) => deflateSync(text));
  return {
    entries: streams.map((stream) => entryOf("*v1.Pod", stream)),
    streams,
    jsonBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

/** The same snapshot with every hundredth pod changed. */
export function onePercentChanged(
  entries: readonly Uint8Array[],
  streams: readonly Buffer[],
  inflate: (stream: Buffer) => string,
): Uint8Array[] {
  return entries.map((entry, index) => {
    if (index % 100 !== 0) return entry;
    const text = inflate(streams[index] as Buffer).replace('"labels":{', `"labels":{"bench/changed":"${index}",`);
    return entryOf("*v1.Pod", deflateSync(text));
  });
}

function podText(pod: Record<string, unknown>): string {
  const { managedFields: _, ...metadata } = pod["metadata"] as Record<string, unknown>;
  return JSON.stringify({ ...pod, metadata });
}

/** A `KubernetesAPIInfo` message: type = 1, compressed_info = 3. */
function entryOf(type: string, stream: Buffer): Uint8Array {
  const name = Buffer.from(type);
  return Buffer.concat([Buffer.from([0x0a]), varint(name.length), name, Buffer.from([0x1a]), varint(stream.length), stream]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}
