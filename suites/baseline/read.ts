import { DocumentError, readDocument, type ReadDocument } from "../documents/index.ts";
import { baselineSchema } from "./schema.ts";
import { type Baseline, entryText, type ExpectedEntry } from "./types.ts";

/**
 * Reads a baseline. Pure.
 *
 * @param name of the file, for messages
 * @throws DocumentError with all that is wrong: an entry without reason or owner, a day that there is none of, two
 *   entries about the same failure
 */
export function readBaseline(text: string, name: string): Baseline {
  const document = readDocument(text, baselineSchema, name);
  const { expected, flaky } = document.value as Partial<Baseline>;
  const baseline: Baseline = { expected: expected ?? [], flaky: flaky ?? [] };
  const problems = [...impossibleDays(baseline, document, name), ...overlaps(baseline, document, name)];
  if (problems.length > 0) throw new DocumentError(problems.join("\n"));
  return baseline;
}

type Placed = { readonly entry: ExpectedEntry; readonly path: readonly (string | number)[] };

function placed({ expected, flaky }: Baseline): readonly Placed[] {
  return [
    ...expected.map((entry, index) => ({ entry, path: ["expected", index] })),
    ...flaky.map((entry, index) => ({ entry, path: ["flaky", index] })),
  ];
}

function impossibleDays(baseline: Baseline, document: ReadDocument, name: string): readonly string[] {
  return placed(baseline).flatMap(({ entry: { expires }, path }) => {
    const day = new Date(`${expires}T00:00:00.000Z`);
    const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(expires);
    return exists ? [] : [`${name}:${document.lineOf([...path, "expires"])}: ${expires} is no day of the calendar`];
  });
}

/** Which of two entries about one failure would count, nobody could tell. */
function overlaps(baseline: Baseline, document: ReadDocument, name: string): readonly string[] {
  const all = placed(baseline);
  return all.flatMap(({ entry, path }, index) => {
    const earlier = all.slice(0, index).find(({ entry: other }) => meet(entry, other));
    if (earlier === undefined) return [];
    const [line, first] = [document.lineOf(path), document.lineOf(earlier.path)];
    return [
      `${name}:${line}: ${entryText(entry)} is listed already, in line ${first} (${entryText(earlier.entry)}); keep one of them`,
    ];
  });
}

function meet(one: ExpectedEntry, other: ExpectedEntry): boolean {
  const share = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
    a === undefined || b === undefined || a.some((value) => b.includes(value));
  const scenario = one.scenario === undefined || other.scenario === undefined || one.scenario === other.scenario;
  return one.id === other.id && scenario && share(one.targets, other.targets) && share(one.clusters, other.clusters);
}
