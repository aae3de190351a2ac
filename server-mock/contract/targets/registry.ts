import { targetAt } from "./at-version.ts";
import { documentTarget } from "./document.ts";
import type { Target } from "./types.ts";
import { compareVersions, parseVersion, type Version } from "./version.ts";

/** The server lines from old to new: the newest tag, which the line stands for, and the first that counts as one of it. */
const lines = [
  { id: "v6.1", newest: "v6.1.8.9", first: "v6.1.1" },
  { id: "v6.2", newest: "v6.2.6.6", first: "v6.2.0" },
  { id: "v6.3", newest: "v6.3.9", first: "v6.3.0" },
  { id: "v6.4", newest: "v6.4.9", first: "v6.4.0" },
  { id: "v6.5", newest: "v6.5.9", first: "v6.5.1" },
  { id: "v6.6", newest: "v6.6.9.2504", first: "v6.6.1" },
  { id: "v7.0", newest: "v7.0.9", first: "v7.0.0" },
  { id: "v7.1", newest: "v7.1.8", first: "v7.1.0" },
] as const;

/** Every target that has a name of its own: `document`, then the server lines from old to new, each at its newest tag. */
export const targets: readonly Target[] = [
  documentTarget,
  ...lines.map(({ id, newest }) => targetAt(id, newest, versionOf(newest))),
];

/** The ids of these; `--target` takes versions of a line besides (`v6.4.7`, `v6.5-head`). */
export const targetIds: readonly string[] = targets.map((target) => target.id);

/** The target of a run that names none. */
export const defaultTarget = "v7.1";

/** What else a target may be called, for messages. */
export const otherTargets = "or a version of a line, such as v6.4.7, v6.6.9 or v6.5-head";

const found = new Map<string, Target>(targets.map((target) => [target.id, target]));

/**
 * The target of that id: `document`, a line, a tag of a line, or the head of its branch. The same object each time;
 * undefined where there is none, or the tag lies outside of its line as it is known here.
 */
export function findTarget(id: string): Target | undefined {
  const known = found.get(id);
  if (known) return known;
  const version = parseVersion(id);
  const line = lines.find((candidate) => candidate.id === version?.line);
  if (!version || !line || version.numbers.length < 3) return undefined;
  const isHead = version.numbers.at(-1) === Infinity;
  const inLine = compareVersions(version, versionOf(line.first)) >= 0 && compareVersions(version, versionOf(line.newest)) <= 0;
  if (!isHead && !inLine) return undefined;
  const made = targetAt(id, isHead ? `the head of branch ${line.id}` : id, version);
  found.set(id, made);
  return made;
}

/**
 * Whether a target is a version of the server that is a tag or later; a line counts as its newest tag. False for
 * `document` and for what is no target.
 *
 * @param tag `v6.5.3`
 */
export function isSince(targetId: string, tag: string): boolean {
  const [version, point] = [parseVersion(lines.find(({ id }) => id === targetId)?.newest ?? targetId), parseVersion(tag)];
  return version !== undefined && point !== undefined && compareVersions(version, point) >= 0;
}

function versionOf(tag: string): Version {
  const version = parseVersion(tag);
  if (!version) throw new RangeError(`${tag} is no version`);
  return version;
}
