/** Mutates the code that judges, runs the tests that cover it, and writes docs/check-mutation.md and .json. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createExplainer, staleExplanations } from "./explain.ts";
import { explanations } from "./explanations.ts";
import type { Job } from "./job.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { mutationPage } from "./page.ts";
import { type FileResult, fileResult, type MutationResults } from "./results.ts";
import { runJobs, type Verdicts } from "./run-jobs.ts";
import { coveringTests, mutatedFiles, verdictsAlone } from "./targets.ts";

const root = join(import.meta.dirname, "..", "..");
const [PAGE, DATA] = [join(root, "docs", "check-mutation.md"), join(root, "docs", "check-mutation.json")];
const given = process.argv.slice(2);
const read = (file: string) => readFileSync(join(root, file), "utf8");
const known: MutationResults = existsSync(DATA)
  ? (JSON.parse(readFileSync(DATA, "utf8")) as MutationResults)
  : { schemaVersion: 1, files: {} };

if (given.includes("--check")) check();
else if (given.includes("--page")) write(withReasons(known));
else await mutate(given);

/** Cheap: nothing is run. The page is what the data say, and what they name is still there. */
function check(): void {
  const problems = [
    ...Object.keys(known.files).flatMap((file) =>
      existsSync(join(root, file)) ? [] : [`${file}: there is no such file any more`],
    ),
    ...staleExplanations(explanations, (file) => (existsSync(join(root, file)) ? read(file) : undefined)),
    ...(existsSync(PAGE) && readFileSync(PAGE, "utf8") === mutationPage(known)
      ? []
      : ["docs/check-mutation.md is not what its data say"]),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0)
    console.error("run `npm run mutate -- FILE` for the files named, or mend scripts/mutate/explanations.ts");
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** @param asked files, as paths from the root; all where none is named */
async function mutate(asked: readonly string[]): Promise<void> {
  const all = mutatedFiles(root);
  const strange = asked.filter((file) => !all.includes(file));
  if (strange.length > 0) throw new Error(`not among the files that are mutated: ${strange.join(", ")}`);
  const files = (asked.length > 0 ? asked : all).filter((file) => mutantsOf(file, read(file)).length > 0);
  const began = Date.now();
  const mutants = files.flatMap((file) => mutantsOf(file, read(file)));
  const kept = Object.fromEntries(Object.entries(known.files).filter(([file]) => all.includes(file)));
  const made: Record<string, FileResult> = {};
  // What was judged is written file by file: an interrupted run leaves all that it finished.
  const verdicts = await runJobs(root, jobsFor(files, mutants), (soFar) => {
    for (const file of files) {
      if (made[file] !== undefined || !mutants.every((mutant, number) => mutant.file !== file || soFar.has(number))) continue;
      made[file] = resultOf(file, mutants, soFar);
      write({ ...known, files: { ...kept, ...made } });
      const { mutants: number, killed, timeout, survived, notCovered } = made[file];
      console.log(
        `${file}: ${number} mutants, ${killed} killed, ${timeout} timeouts, ${survived} survived, ${notCovered} not covered`,
      );
    }
  });
  console.log(`${verdicts.size} mutants in ${Math.round((Date.now() - began) / 1000)} s`);
}

function resultOf(file: string, mutants: readonly Mutant[], verdicts: Verdicts): FileResult {
  const own = mutants.flatMap((mutant, number) =>
    mutant.file === file ? [{ mutant, status: verdicts.get(number)!.status }] : [],
  );
  const explain = createExplainer(explanations, file, read(file));
  const [those, ends] = [own.map(({ mutant }) => mutant), own.map(({ status }) => status)];
  return fileResult(those, ends, known.files[file]?.before, explain);
}

function jobsFor(files: readonly string[], mutants: readonly Mutant[]): readonly Omit<Job, "outcomes">[] {
  const first = Object.fromEntries(files.map((file) => [file, mutants.findIndex((mutant) => mutant.file === file)]));
  const workers = Math.max(1, Math.min(availableParallelism(), 8, Math.ceil(mutants.length / 100)));
  const isStatic = (number: number) => mutants[number]!.static;
  return Array.from({ length: workers }, (_none, worker) => {
    const own = [...mutants.keys()].filter((number) => number % workers === worker);
    return {
      first,
      tests: coveringTests(root),
      verdictsAlone,
      all: mutants.length,
      mutants: own,
      static: own.filter(isStatic),
    };
  });
}

/** The reasons as they are told now, of what is still there. */
function withReasons(results: MutationResults): MutationResults {
  const files = Object.entries(results.files).map(([file, result]) => {
    const mutants = mutantsOf(file, read(file));
    const explain = createExplainer(explanations, file, read(file));
    const survivors = result.survivors.map(({ reason: _told, ...survivor }) => {
      const mutant = mutants.find(
        ({ within, operator, original, mutated }) =>
          within === survivor.within &&
          operator === survivor.operator &&
          original === survivor.original &&
          mutated === survivor.mutated,
      );
      const reason = mutant && explain(mutant);
      return { ...survivor, ...(reason !== undefined && { reason }) };
    });
    return [file, { ...result, survivors }] as const;
  });
  return { ...results, files: Object.fromEntries(files) };
}

function write(results: MutationResults): void {
  writeFileSync(DATA, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(PAGE, mutationPage(results));
}
