/** Records the transcripts from which docs/failures.md is made: a run of each wrong agent, on a small cluster. Takes some minutes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { mutantCommand } from "../agents/index.ts";
import { runConformance } from "../suites/runner/index.ts";
import { failureExamples, transcriptOf } from "./docs/failure-examples.ts";

const root = join(import.meta.dirname, "..");

for (const example of failureExamples) {
  const { mutant, profile, only } = example;
  const out = mkdtempSync(join(tmpdir(), `${mutant}-`));
  const command = ["node", ...mutantCommand(mutant).slice(1)];
  const { results } = await runConformance({
    agent: { form: "command", command },
    profiles: [profile],
    features: [],
    only: [only],
    seed: 7,
    pods: 4,
    nodes: 1,
    intervalMs: 500,
    callTimeoutMs: 3_000,
    out,
  });
  // Where this repository lies is nobody's business.
  const text = readFileSync(join(out, "transcript.jsonl"), "utf8")
    .replaceAll(root, "/deepflow-conformance")
    .replaceAll(out, "/out");
  writeFileSync(transcriptOf(example), gzipSync(text, { level: 9 }));
  rmSync(out, { recursive: true });
  console.log(`${mutant}: exit ${results.exitCode}, ${text.length} characters`);
}
