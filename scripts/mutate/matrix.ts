import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { matrixRuns } from "./matrix-runs.ts";
import { type FileResult, isSame } from "./results.ts";
import { runJobs } from "./run-jobs.ts";
import type { openStore } from "./store.ts";
import { mutatedFiles } from "./targets.ts";

/** What the runs of the kill matrix are to judge. */
export interface MatrixWish {
  /** Folder in which `selftest --keep` left them. */
  readonly runs: string;
  /** Paths from the root; none: all that are mutated. */
  readonly files: readonly string[];
  /** Only files of which they were not asked yet. */
  readonly rest: boolean;
  /** Processes side by side. */
  readonly jobs?: number;
}

/**
 * Judges what the tests let live by the runs of the kill matrix: what turns one of them red turns `selftest --check` red.
 * Writes file by file, so that an interrupted run leaves all that it finished.
 *
 * @throws Error where the folder holds no such run
 */
export async function judgeByMatrix(root: string, wish: MatrixWish, store: ReturnType<typeof openStore>): Promise<void> {
  const runs = matrixRuns(wish.runs).length;
  if (runs === 0) throw new Error(`${wish.runs} holds no run of the kill matrix: make them by \`selftest --keep --out DIR\``);
  const results = store.known();
  const chosen = wish.files.length > 0 ? wish.files : mutatedFiles(root);
  const files = chosen.filter((file) => {
    const last = results.files[file];
    if (last === undefined || (wish.rest && last.matrix !== undefined)) return false;
    const isAsItWas = last.survivors.every((survivor) => store.mutants(file).some((mutant) => isSame(survivor, mutant)));
    if (!isAsItWas) console.log(`${file} was changed, and is passed over: judge its mutants by tests first`);
    return isAsItWas;
  });
  const mutants = files.flatMap((file) => store.mutants(file));
  const numbers = new Map(
    files.map((file) => {
      const own = [...mutants.entries()].filter(([, mutant]) => mutant.file === file);
      const { survivors = [] } = results.files[file] ?? {};
      return [file, survivors.map((survivor) => Number(own.find(([, mutant]) => isSame(survivor, mutant))?.[0]))] as const;
    }),
  );
  const open = [...numbers.values()].flat();
  const workers = wish.jobs ?? Math.min(availableParallelism(), 4);
  const first = Object.fromEntries(files.map((file) => [file, mutants.findIndex((mutant) => mutant.file === file)]));
  const jobs = Array.from({ length: workers }, (_none, worker) => {
    const own = open.filter((_number, index) => index % workers === worker);
    const isStatic = (number: number) => mutants[number]!.static;
    const about = { first, all: mutants.length, mutants: own, static: own.filter(isStatic), matrix: resolve(wish.runs) };
    return { ...about, tests: [], verdictsAlone: [], added: [] };
  });
  const made: Record<string, FileResult> = {};
  await runJobs(root, jobs, (soFar) => {
    for (const [file, own] of numbers) {
      const last = results.files[file];
      if (made[file] !== undefined || last === undefined || !own.every((number) => soFar.has(number))) continue;
      const endings = own.map((number) => soFar.get(number));
      const survivors = last.survivors.map(({ redIn: _before, ...survivor }, index) => {
        const ending = endings[index];
        const isRed = ending?.status === "killed" || ending?.status === "timeout";
        return isRed ? { ...survivor, redIn: ending.by ?? "one that does not end" } : survivor;
      });
      const killed = survivors.filter((survivor) => "redIn" in survivor).length;
      const cut = endings.filter((ending) => ending?.cut === true).length;
      made[file] = { ...last, survivors, matrix: { runs, killed, cut } };
      store.write({ ...results, files: { ...results.files, ...made } });
      console.log(`${file}: ${killed} of ${own.length} killed by the kill matrix, ${cut} not asked of all runs`);
    }
  });
}
