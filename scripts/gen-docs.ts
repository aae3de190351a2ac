/** Writes the pages of docs/ that say what the code knows; with `--check`, proves that they are what it would write. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutants } from "../agents/index.ts";
import { createProgram } from "../cli/program.ts";
import { matrixFiles } from "../cli/selftest-files.ts";
import { defaultTarget } from "../server-mock/contract/index.ts";
import { baselineSchema } from "../suites/baseline/index.ts";
import { faultsSchema } from "../suites/fault-script/index.ts";
import { requirements } from "../suites/requirements/index.ts";
import { killMatrix } from "../suites/selftest/index.ts";
import { commandLinePage } from "./docs/command-line.ts";
import { hostilePage } from "./docs/hostile.ts";
import { failuresPage } from "./docs/failures.ts";
import { schemaPage } from "./docs/schema.ts";
import { requirementsPage } from "./docs/requirements.ts";
import { readTable, tableFiles } from "./providers/files.ts";
import { providerProperties } from "./providers/properties.ts";

const root = join(import.meta.dirname, "..");

/** As the catalogue declares it; that agents keep to it is what the self-test proves. */
const matrix = matrixFiles(killMatrix(defaultTarget, mutants, requirements, ({ fails }) => fails));

/** As `npm run providers` saw it; what it saw is not to be had without running it. */
const table = readTable(join(root, "docs"));

const pages: Readonly<Record<string, string>> = {
  "docs/requirements.md": requirementsPage(requirements),
  "docs/baseline.schema.json": schemaPage(
    "baseline",
    "Expected and flaky failures of a deepflow-conformance run",
    baselineSchema,
  ),
  "docs/faults.schema.json": schemaPage(
    "faults",
    "Faults that deepflow-conformance scripts beside those of its scenarios",
    faultsSchema,
  ),
  "docs/cli.md": commandLinePage(createProgram()),
  ...(table &&
    Object.fromEntries(Object.entries(tableFiles(table, providerProperties)).map(([name, text]) => [`docs/${name}`, text]))),
  "docs/failures.md": failuresPage(),
  "docs/hostile-agents.md": hostilePage(),
  ...Object.fromEntries(Object.entries(matrix).map(([name, text]) => [`docs/${name}`, text])),
};

for (const [path, text] of Object.entries(pages)) {
  const file = join(root, path);
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    console.error(`${path} is not what \`npm run gen:docs\` writes; run it and commit the page`);
    process.exitCode = 1;
  }
}
