import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { generateCluster } from "../cluster/index.ts";
import type { SnapshotEntry, StoredSnapshot } from "../server-mock/contract/index.ts";
import { readSnapshotText, snapshotOfObjects } from "./inspect-json.ts";
import { readTranscriptSnapshot } from "./inspect-transcript.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";

/** A snapshot to be inspected, and where it is from. */
export interface InspectedSource extends StoredSnapshot {
  /** For people: what it is and where it came from. */
  readonly what: string;
  /** What had to be assumed. */
  readonly notes: readonly string[];
}

const FETCH_TIMEOUT_MS = 30_000;
const MAX_FETCHED_BYTES = 512 * 1024 * 1024;

/**
 * Reads a transcript, `kubectl … -o json` (a file, or a folder of them), or the answer of a server's debug route.
 *
 * @throws UsageError where it cannot be read, saying where; EnvironmentError where a URL does not answer
 */
export async function readSource(source: string): Promise<InspectedSource> {
  if (/^https?:\/\//.test(source)) return snapshotFromJson([[source, await fetchText(source)]], source);
  if (!existsSync(source)) throw new UsageError(`${source}: there is no such file or folder`);
  if (statSync(source).isDirectory()) {
    const names = readdirSync(source)
      .filter((name) => name.endsWith(".json"))
      .sort();
    if (names.length === 0) throw new UsageError(`${source}: no *.json in this folder`);
    return snapshotFromJson(
      names.map((name) => [join(source, name), readText(join(source, name))]),
      source,
    );
  }
  if (isTranscript(source)) return readTranscriptSnapshot(source);
  return snapshotFromJson([[source, readText(source)]], source);
}

/** A generated cluster, as a faithful agent would upload it. */
export function generatedSource(pods: number, seed: number): InspectedSource {
  const objects = generateCluster({ seed, pods }).map(({ object }) => object);
  return { what: `a generated cluster of ${pods} pods, seed ${seed}`, ...snapshotOfObjects(objects) };
}

function snapshotFromJson(texts: readonly (readonly [path: string, text: string])[], what: string): InspectedSource {
  const parts = texts.map(([path, text]) => readSnapshotText(path, text));
  const objects = parts.flatMap((part) => ("objects" in part ? part.objects : []));
  const entries = parts.flatMap((part): readonly SnapshotEntry[] => ("entries" in part ? part.entries : []));
  if (objects.length === 0) return { what, entries, notes: [] };
  const made = snapshotOfObjects(objects);
  return { what, entries: [...entries, ...made.entries], notes: made.notes };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** A transcript is lines of JSON, of which the first has a sequence number and a side. */
function isTranscript(path: string): boolean {
  const [line = ""] = readText(path).split("\n", 1);
  try {
    const value = JSON.parse(line) as { readonly seq?: unknown; readonly side?: unknown } | null;
    return typeof value?.seq === "number" && typeof value.side === "string";
  } catch {
    return false;
  }
}

async function fetchText(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > MAX_FETCHED_BYTES) throw new Error(`its answer is larger than ${MAX_FETCHED_BYTES} bytes`);
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString("utf8");
    if (!response.ok) throw new Error(`it answered ${response.status}: ${text.slice(0, 200)}`);
    return text;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
    throw new EnvironmentError(`${url} cannot be read: ${messageOf(error)}${cause}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
