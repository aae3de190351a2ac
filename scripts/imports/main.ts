import { join } from "node:path";
import { importViolations } from "./check.ts";

const violations = importViolations(join(import.meta.dirname, "..", ".."));
for (const { file, line, specifier, problem } of violations) console.error(`${file}:${line} imports "${specifier}": ${problem}`);
process.exitCode = violations.length === 0 ? 0 : 1;
