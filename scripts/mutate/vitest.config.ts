import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";
import { instrument } from "./instrument.ts";
import type { Job } from "./job.ts";

const root = join(import.meta.dirname, "..", "..");
const shim = join(import.meta.dirname, "shim.ts");
const FROM_VITEST = `from "vitest"`;
const job = JSON.parse(readFileSync(process.env["MUTATE_JOB"] ?? "", "utf8")) as Job;

/** The seam at which whole scenarios can be judged again. */
const SEAM = { file: "suites/judging/judge-tenant.ts", declared: "export function judgeTenant(" };

/** Compiles the mutants into what is judged, and the collecting `it` into its tests. */
const mutation: Plugin = {
  name: "mutation",
  enforce: "pre",
  transform(code, id) {
    const file = relative(root, id.split("?")[0] ?? id);
    if (file.startsWith("suites/") && code.includes(FROM_VITEST))
      return code.replace(FROM_VITEST, `from ${JSON.stringify(shim)}`);
    const first = job.first[file];
    const made = first === undefined ? code : instrument(file, code, first).code;
    if (file !== SEAM.file) return made === code ? undefined : made;
    if (!made.includes(SEAM.declared)) throw new Error(`${file} has no ${SEAM.declared}`);
    return made.replace(
      SEAM.declared,
      "export function judgeTenant(...given) { return globalThis.$judgeTenant(judgeTenantItself, given); }\nfunction judgeTenantItself(",
    );
  },
};

export default defineConfig({
  root,
  plugins: [mutation],
  test: {
    include: [`scripts/mutate/${job.matrix === undefined ? "session" : "matrix-session"}.ts`],
    pool: "threads",
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
    reporters: ["default"],
    silent: false,
  },
});
