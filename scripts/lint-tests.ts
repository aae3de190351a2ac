/**
 * A first net against tests that cannot fail: constant assertions, tests without an assertion, skips without a reason,
 * fixed ports and sleeps. Tables (`testing/*-table.ts`) assert each of their rows themselves.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trackedFiles } from "./lib/files.ts";

const root = join(import.meta.dirname, "..");

const patterns: readonly { readonly pattern: RegExp; readonly problem: string }[] = [
  { pattern: /expect\(\s*(true|false|null|undefined|\d+|"[^"]*")\s*\)/, problem: "asserts a constant" },
  { pattern: /\b(it|test|describe)\.(only|todo)\b/, problem: "leaves other tests out, or is none itself" },
  { pattern: /\b(it|test|describe)\.skip\(/, problem: "skips without a printed reason; use context.skip(reason)" },
  { pattern: /\bskip\(\s*\)/, problem: "skips without a reason" },
  { pattern: /\bretry\s*:/, problem: "retries, which hides flakes" },
  { pattern: /timers\/promises/, problem: "sleeps; await an event with a budget" },
];

let red = 0;
for (const file of trackedFiles(root)) {
  if (!/\.(test|contract)\.ts$/.test(file)) continue;
  const source = readFileSync(join(root, file), "utf8");
  if (file.endsWith(".test.ts") && !/\bexpect\b|runContractCase\(|from "\.\/testing\/[a-z]+-table\.ts"/.test(source))
    report(file, 1, "asserts nothing");
  source.split("\n").forEach((line, index) => {
    for (const { pattern, problem } of patterns) if (pattern.test(line)) report(file, index + 1, problem);
  });
}
process.exitCode = red === 0 ? 0 : 1;

function report(file: string, line: number, problem: string): void {
  red += 1;
  console.error(`${file}:${line} ${problem}`);
}
