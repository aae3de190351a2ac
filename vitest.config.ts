import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**", "dist.*/**", "conformance-out/**"],
    reporters: ["default", "./scripts/test-summary-reporter.ts"],
    testTimeout: 30_000,
    maxConcurrency: 6,
    hookTimeout: 30_000,
    passWithNoTests: false,
  },
});
