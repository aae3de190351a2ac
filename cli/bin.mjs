#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(fileURLToPath(main))) {
  await import(main.href);
} else {
  console.error("deepflow-conformance is not built yet. Run `npm run build` (or `npm ci`) in its folder first.");
  process.exitCode = 70;
}
