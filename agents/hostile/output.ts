import { writeSync } from "node:fs";
import { stay } from "./processes.ts";
import type { Hostile } from "./hostile.ts";

const ESCAPE = "\u001b";

/** What a terminal, a CI service and a reader of XML or HTML would fall for. */
const GARBAGE = [
  `${ESCAPE}]0;owned\u0007${ESCAPE}[2J${ESCAPE}[31m`,
  "::error file=app.js,line=1::forged by the agent",
  "::stop-commands::pause",
  "##vso[task.complete result=Succeeded;]forged",
  "##teamcity[testStarted name='forged']",
  "1 passed, 0 failed",
  "<script>alert(1)</script> ]]> &amp; \u202eright to left",
].join("\n");

/** Faults of what a process writes. */
export const outputHostiles: readonly Hostile[] = [
  {
    name: "floods",
    describes: "writes to stdout as fast as it can, without a newline",
    exits: 1,
    act: () => {
      const block = Buffer.alloc(1 << 20, "x");
      const write = () => process.stdout.write(block, write);
      write();
    },
  },
  {
    name: "garbage",
    describes: "writes bytes that are no text, control sequences and workflow commands to its log",
    exits: 0,
    uploads: {},
    act: () => {
      const bytes = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
      writeSync(1, Buffer.concat([bytes, Buffer.from(`\n${GARBAGE}\n`), bytes]));
      writeSync(2, `${GARBAGE}\n`);
    },
  },
  {
    name: "claims",
    describes: "says in its log that it uploads everything, and sends nothing",
    exits: 1,
    act: () => {
      setInterval(() => process.stdout.write("KubernetesAPISync OK: 1234 entries uploaded, version acknowledged\n"), 100);
      stay();
    },
  },
];
