import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints every skipped test with its reason, then `N passed, N failed` alone on a line.
 * A module that could not be collected counts as one failure, so that a syntax error is never "0 failed".
 */
export default class TestSummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed += 1;
        else if (result.state === "failed") failed += 1;
        else skipped.push(`${test.fullName}: ${("note" in result && result.note) || "no reason given"}`);
      }
    }
    for (const line of skipped) console.log(`skipped: ${line}`);
    console.log(`\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`);
  }
}
