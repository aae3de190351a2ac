/** A release of deepflow-agent, or a line of releases (then its newest one, as the targets of the mock server do). */
export interface AgentVersion {
  /** As it was asked for: `v6.4`, `v6.6.4`. */
  readonly name: string;
  readonly numbers: readonly number[];
}

/** Releases from one to another, both included. Source: the tags named in protocol.md 0, 5.4 and 6. */
export interface VersionRange {
  readonly from?: string;
  readonly to?: string;
}

/** The lines and their newest releases. Source: protocol.md 0. */
const NEWEST: Readonly<Record<string, string>> = {
  "v6.1": "6.1.8.9",
  "v6.2": "6.2.6.6",
  "v6.3": "6.3.9",
  "v6.4": "6.4.9",
  "v6.5": "6.5.9",
  "v6.6": "6.6.9.2504",
  "v7.0": "7.0.9",
  "v7.1": "7.1.8",
};

/** The names of the lines, oldest first. */
export const agentLines: readonly string[] = Object.keys(NEWEST);

/** What is judged and shown where no agent is named. */
export const defaultAgentLine = "v7.1";

/** First release whose group configuration has the keys below `inputs`. Source: protocol.md 6.1. */
export const FIRST_WITH_NEW_KEYS = "v6.6.5";

/** Reads a line (`v6.4`) or a release of one (`6.6.4`, `v6.6.9.2504`). Undefined: not of a known line. */
export function parseAgentVersion(text: string): AgentVersion | undefined {
  const match = /^v?(\d+\.\d+)((?:\.\d+){0,2})$/.exec(text.trim());
  const [, line, rest] = match ?? [];
  const newest = NEWEST[`v${line ?? ""}`];
  if (line === undefined || newest === undefined) return undefined;
  return rest ? { name: `v${line}${rest}`, numbers: numbersOf(line + rest) } : { name: `v${line}`, numbers: numbersOf(newest) };
}

/** Whether a release lies in a range. An empty range holds every release. */
export function isWithin(version: AgentVersion, { from, to }: VersionRange): boolean {
  return (
    (from === undefined || compare(version.numbers, numbersOf(from)) >= 0) &&
    (to === undefined || compare(version.numbers, numbersOf(to)) <= 0)
  );
}

/** The range in words: `agents v6.3.4 and later`. */
export function describeRange({ from, to }: VersionRange): string {
  if (from !== undefined && to !== undefined) return `agents ${from} to ${to}`;
  if (from !== undefined) return `agents ${from} and later`;
  return to === undefined ? "every agent" : `agents up to ${to}`;
}

/** Whether a release reads the keys below `inputs` rather than the flat ones. */
export function usesNewKeys(version: AgentVersion): boolean {
  return isWithin(version, { from: FIRST_WITH_NEW_KEYS });
}

function numbersOf(version: string): number[] {
  return version.replace(/^v/, "").split(".").map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
