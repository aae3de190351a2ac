/** Mutates the code that judges, runs the tests that cover it or judges kept runs of the kill matrix again, and writes docs/check-mutation.md and .json. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judgeByMatrix } from "./matrix.ts";
import { mutate } from "./mutate.ts";
import { openStore } from "./store.ts";

const root = join(import.meta.dirname, "..", "..");
const store = openStore(root);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
    survivors: { type: "boolean", default: false },
    tests: { type: "string", multiple: true, default: [] },
    added: { type: "string", multiple: true, default: [] },
    matrix: { type: "string" },
    rest: { type: "boolean", default: false },
    jobs: { type: "string" },
  },
});

if (values.check) {
  const problems = store.problems();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0)
    console.error("run `npm run mutate -- FILE` for the files named, or mend scripts/mutate/explanations.ts");
  process.exitCode = problems.length === 0 ? 0 : 1;
} else if (values.page) store.retell();
else {
  const { survivors, tests, added, matrix, rest, jobs } = values;
  const common = { files: positionals, ...(jobs !== undefined && { jobs: Number(jobs) }) };
  if (matrix === undefined) await mutate(root, { ...common, tests, added, survivors }, store);
  else await judgeByMatrix(root, { ...common, runs: matrix, rest }, store);
}
