/**
 * A point in the history of deepflow-server: a tag (`v6.6.9.2504`), or the head of a release branch (`v6.5-head`), which
 * is later than every tag of its line.
 */
export interface Version {
  /** `v6.5`. */
  readonly line: string;
  /** For comparison, most significant first; a head ends in Infinity. */
  readonly numbers: readonly number[];
}

const FORM = /^(v(\d+)\.(\d+))(?:-(head)|((?:\.\d+){1,2}))?$/;

/** Reads a version; undefined where it is none. A line alone (`v6.5`) is its beginning. */
export function parseVersion(text: string): Version | undefined {
  const [, line, major, minor, head, rest] = FORM.exec(text) ?? [];
  if (line === undefined) return undefined;
  const patches = head === undefined ? (rest ?? "").split(".").slice(1).map(Number) : [Infinity];
  return { line, numbers: [Number(major), Number(minor), ...patches] };
}

/** Less than 0 where the first is earlier, 0 where they are the same point, else more. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index += 1) {
    const [left, right] = [a.numbers[index] ?? 0, b.numbers[index] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/**
 * Whether what came at a point is there in a version. What came is in every later version of the main branch; in an
 * earlier line only where it was carried back, from that point of the line on.
 *
 * @param carriedBack points in earlier lines, one a line
 * @throws RangeError where a point is no version, since points are data of this project
 */
export function reaches(version: Version, since: string, carriedBack: readonly string[] = []): boolean {
  return [since, ...carriedBack].some((text, index) => {
    const point = parseVersion(text);
    if (!point) throw new RangeError(`${text} is no version`);
    return compareVersions(version, point) >= 0 && (index === 0 || version.line === point.line);
  });
}
