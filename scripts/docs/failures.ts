import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { mutants } from "../../agents/index.ts";
import { renderTerminal } from "../../report/index.ts";
import { judgeTranscript } from "../../suites/judge.ts";
import { parseTranscript } from "../../transcript/index.ts";
import { type FailureExample, failureExamples, transcriptOf } from "./failure-examples.ts";

const WIDTH = 100;

const INTRODUCTION = `# How a failure is explained

Five wrong agents, and what \`run\` prints of them. Each is the reference agent with one fault (see the [kill matrix](kill-matrix.md)),
recorded once (\`fixtures/failures\`); this page is what is made of the transcripts today, as \`analyze\` would.

Every explanation answers the same questions, in this order:

1. which requirement, and how much it weighs;
2. what was expected and what was there, case by case, with kind, namespace and name;
3. what the real server would do;
4. how to mend it;
5. in which scenarios, and where in \`transcript.jsonl\`: \`seq 7\` is its line with \`"seq":7\`;
6. what happened around it: calls, changes of the cluster, requests to the API server, steps of the story, faults. Lines with \`>\` are those that the failure names;
7. for a snapshot, where it and the cluster differ, kind by kind, and which faults were in force.
`;

/** docs/failures.md. The same transcripts and the same checks give the same page. */
export function failuresPage(): string {
  return [INTRODUCTION, ...failureExamples.map(section)].join("\n");
}

function section(example: FailureExample): string {
  const { mutant, title, profile, only, look } = example;
  const describes = mutants.find(({ name }) => name === mutant)?.describes ?? "";
  const results = judgeTranscript([...parseTranscript(gunzipSync(readFileSync(transcriptOf(example))).toString("utf8"))]);
  const text = renderTerminal(results, { color: false, width: WIDTH, failOn: "must", files: [] });
  return [
    `## ${title}`,
    "",
    `The agent \`${mutant}\` ${describes}: \`run --profile ${profile} --only ${only}\`. ${look}`,
    "",
    "```text",
    text.trimEnd(),
    "```",
    "",
  ].join("\n");
}
