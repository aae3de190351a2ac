/** Mutates the code that judges, runs the tests that cover it, and writes docs/check-mutation.md and .json. */
import { join } from "node:path";
import { parseArgs } from "node:util";
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
  const { survivors, tests, added, jobs } = values;
  const wish = { files: positionals, tests, added, survivors, ...(jobs !== undefined && { jobs: Number(jobs) }) };
  await mutate(root, wish, store);
}
