import { availableParallelism } from "node:os";
import type { Job } from "./job.ts";
import type { Mutant } from "./mutants.ts";
import { type Counts, type FileResult, fileResult, isSame, type Status, withMatrix } from "./results.ts";
import { runJobs } from "./run-jobs.ts";
import type { openStore } from "./store.ts";
import { coveringTests, mutatedFiles, verdictsAlone } from "./targets.ts";

/** What a run of mutants is to do. */
export interface Wish {
  /** Paths from the root; none: all that are mutated. */
  readonly files: readonly string[];
  /** Test files, as paths from the root; none: all that judge. */
  readonly tests: readonly string[];
  /** Test files that were added: what they alone kill counts as alive before them. */
  readonly added: readonly string[];
  /** Only what lived in the last run; of a file that was changed since then all. */
  readonly survivors: boolean;
  /** Processes side by side. */
  readonly jobs?: number;
}

/**
 * Judges mutants, and writes the results file by file: an interrupted run leaves all that it finished.
 *
 * @throws Error where a file is none that is mutated, or the tests are red without any mutant
 */
export async function mutate(root: string, wish: Wish, store: ReturnType<typeof openStore>): Promise<void> {
  const known = store.known();
  const all = mutatedFiles(root);
  const strange = wish.files.filter((file) => !all.includes(file));
  if (strange.length > 0) throw new Error(`not among the files that are mutated: ${strange.join(", ")}`);
  const files = (wish.files.length > 0 ? wish.files : all).filter((file) => store.mutants(file).length > 0);
  const mutants = files.flatMap((file) => store.mutants(file));
  const settled = new Map(files.flatMap((file) => (wish.survivors ? settledIn(file, mutants, known.files[file]) : [])));
  const byFile = new Map(files.map((file) => [file, [...mutants.entries()].filter((entry) => entry[1].file === file)]));
  const isSettled = (file: string) => [...settled.keys()].some((number) => mutants[number]?.file === file);
  const kept = Object.fromEntries(Object.entries(known.files).filter(([file]) => all.includes(file)));
  const made: Record<string, FileResult> = {};
  const began = Date.now();
  const verdicts = await runJobs(root, jobsFor(root, wish, files, mutants, settled), (soFar) => {
    for (const file of files) {
      if (made[file] !== undefined) continue;
      const ends = byFile.get(file) ?? [];
      if (!ends.every(([number]) => settled.has(number) || soFar.has(number))) continue;
      const statuses = ends.map(([number, mutant]) => {
        const status = settled.get(number) ?? soFar.get(number)?.status ?? "not covered";
        // What other tests ran before is covered, though those that were chosen do not run it.
        const last = isSettled(file) && known.files[file]?.survivors.find((survivor) => isSame(survivor, mutant));
        return status === "not covered" && last ? last.status : status;
      });
      const those = ends.map(([, mutant]) => mutant);
      const { before: asNow, ...now } = fileResult(those, statuses, known.files[file]?.before, store.reasonsIn(file));
      const byAdded = ends.filter(([number]) => wish.added.some((test) => soFar.get(number)?.by?.startsWith(`${test} > `)));
      const leftOut = leftOutOf(wish, isSettled(file) ? known.files[file] : undefined, coveringTests(root));
      const first = known.files[file] === undefined;
      const before = first && asNow ? revived(asNow, byAdded.length) : known.files[file]?.before;
      const judged = { ...now, ...(before && { before }), ...(leftOut.length > 0 && { leftOut }) };
      made[file] = withMatrix(judged, known.files[file], those);
      store.write({ ...known, files: { ...kept, ...made } });
      const { mutants: number, killed, timeout, survived, notCovered } = made[file];
      console.log(
        `${file}: ${number} mutants, ${killed} killed, ${timeout} timeout, ${survived} survived, ${notCovered} not covered`,
      );
    }
  });
  console.log(`${verdicts.size} mutants in ${Math.round((Date.now() - began) / 1000)} s`);
}

/** Tests that were not run, now and where the kills of the last run are kept. */
function leftOutOf(wish: Wish, last: FileResult | undefined, covering: readonly string[]): readonly string[] {
  const before = last === undefined ? covering : (last.leftOut ?? []);
  return wish.tests.length === 0 ? [] : before.filter((test) => !wish.tests.includes(test));
}

/** The counts as they were without the tests that killed so many. */
function revived(counts: Counts, number: number): Counts {
  return { ...counts, killed: counts.killed - number, survived: counts.survived + number };
}

/** What a test killed before: the last run says so, where the file is still the same. */
function settledIn(
  file: string,
  mutants: readonly Mutant[],
  last: FileResult | undefined,
): readonly (readonly [number, Status])[] {
  const own = [...mutants.entries()].filter(([, mutant]) => mutant.file === file);
  const lives = own.filter(([, mutant]) => last?.survivors.some((survivor) => isSame(survivor, mutant)));
  const isAsItWas = last !== undefined && last.mutants === own.length && lives.length === last.survivors.length;
  if (!isAsItWas) return [];
  const killed = own.filter((one) => !lives.includes(one));
  return killed.map(([number], index) => [number, index < last.timeout ? "timeout" : "killed"] as const);
}

function jobsFor(
  root: string,
  wish: Wish,
  files: readonly string[],
  mutants: readonly Mutant[],
  settled: ReadonlyMap<number, Status>,
): readonly Omit<Job, "outcomes">[] {
  const first = Object.fromEntries(files.map((file) => [file, mutants.findIndex((mutant) => mutant.file === file)]));
  const open = [...mutants.keys()].filter((number) => !settled.has(number));
  const workers = wish.jobs ?? Math.max(1, Math.min(availableParallelism(), 8, Math.ceil(open.length / 100)));
  return Array.from({ length: workers }, (_none, worker) => {
    const own = open.filter((_number, index) => index % workers === worker);
    const tests = wish.tests.length > 0 ? wish.tests : coveringTests(root);
    const isStatic = (number: number) => mutants[number]!.static;
    return { first, tests, verdictsAlone, added: wish.added, all: mutants.length, mutants: own, static: own.filter(isStatic) };
  });
}
