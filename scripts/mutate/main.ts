/** Mutates the code that judges, runs the tests that cover it, and writes docs/check-mutation.md and .json. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createExplainer, staleExplanations } from "./explain.ts";
import { explanations } from "./explanations.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { mutationPage } from "./page.ts";
import { fileResult, type MutationResults, type Status } from "./results.ts";
import { runJobs } from "./run-jobs.ts";
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
  const files = asked.length > 0 ? asked : all;
  const mutants = files.flatMap((file) => mutantsOf(file, read(file)));
  const began = Date.now();
  const statuses = await judge(files, mutants);
  const made = Object.fromEntries(
    files.map((file) => {
      const explain = createExplainer(explanations, file, read(file));
      const own = mutants.flatMap((mutant, index) => (mutant.file === file ? [{ mutant, status: statuses[index]! }] : []));
      const [those, ends] = [own.map(({ mutant }) => mutant), own.map(({ status }) => status)];
      return [file, fileResult(those, ends, known.files[file]?.before, explain)];
    }),
  );
  const kept = Object.entries(known.files).filter(([file]) => all.includes(file));
  const results = { ...known, files: { ...Object.fromEntries(kept), ...made } };
  write(results);
  const of = (status: Status) => `${statuses.filter((each) => each === status).length} ${status}`;
  console.log(`${mutants.length} mutants: ${of("killed")}, ${of("timeout")}, ${of("survived")}, ${of("not covered")}`);
  console.log(`took ${Math.round((Date.now() - began) / 1000)} s`);
}

async function judge(files: readonly string[], mutants: readonly Mutant[]): Promise<readonly Status[]> {
  const first = Object.fromEntries(files.map((file) => [file, mutants.findIndex((mutant) => mutant.file === file)]));
  const workers = Math.max(1, Math.min(availableParallelism(), 8, Math.ceil(mutants.length / 100)));
  const numbers = mutants.map((_mutant, number) => number);
  const jobs = Array.from({ length: workers }, (_none, worker) => {
    const own = numbers.filter((number) => number % workers === worker);
    const isStatic = (number: number) => mutants[number]!.static;
    return {
      first,
      tests: coveringTests(root),
      verdictsAlone,
      mutants: own.filter((number) => !isStatic(number)),
      static: own.filter(isStatic),
    };
  });
  let shown = 0;
  const verdicts = await runJobs(root, jobs, (done) => {
    if (done < shown + 250) return;
    shown = done;
    console.log(`${done} of ${mutants.length}`);
  });
  return numbers.map((number) => verdicts.get(number)?.status ?? "not covered");
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
