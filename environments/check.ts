import type { AgentVersion } from "./agent-version.ts";
import { readDocuments } from "./documents/read.ts";
import type { ClassifiedDocument } from "./documents/classify.ts";
import { partsFor, unavailable } from "./material/render.ts";
import { ruleGroups } from "./rules/index.ts";
import { error, warning } from "./rules/rule.ts";
import type { CheckResult, Environment, Finding, InputFile, PartName } from "./types.ts";

/** Judges files against an environment, by all rules. Findings are in the order of the files. Pure; never throws. */
export function check(environment: Environment, files: readonly InputFile[], agent: AgentVersion): CheckResult {
  const { documents, findings: unreadable } = readDocuments(files);
  const judged = documents.flatMap(({ part, root }) =>
    part === "other" || part === "unknown" ? [] : [{ file: root.file, line: root.line, part }],
  );
  const reason = unavailable({ environment, agent });
  const findings =
    reason === undefined
      ? [
          ...unreadable,
          ...unrecognised(documents),
          ...nothing(environment, files, documents, unreadable),
          ...ruleGroups.flatMap((judge) => judge({ environment, agent, documents })),
        ]
      : [...unreadable, notAvailable(files, reason), ...ruleGroups.flatMap((judge) => judge({ environment, agent, documents }))];
  return {
    environment: environment.name,
    agent: agent.name,
    findings: inOrder(findings, files),
    judged,
    notJudged: partsFor({ environment, agent }).filter((part) => !judged.some((document) => document.part === part)),
  };
}

function unrecognised(documents: readonly ClassifiedDocument[]): Finding[] {
  return documents
    .filter(({ part }) => part === "unknown")
    .map(({ root }) =>
      warning("unrecognised", root, {
        problem: "this document is nothing that is judged here",
        consequence: "Nothing in it was looked at.",
        mend: "See that its keys are spelt as the agent, the chart or Kubernetes spell them.",
        source: "ours",
      }),
    );
}

/** Silence about files that hold nothing of the environment would look like praise. */
function nothing(
  environment: Environment,
  files: readonly InputFile[],
  documents: readonly ClassifiedDocument[],
  unreadable: readonly Finding[],
): Finding[] {
  const relevant: readonly (PartName | "other" | "unknown")[] = [...environment.parts, "daemonset", "watcher", "endpoint"];
  if (unreadable.length > 0 || documents.some(({ part }) => relevant.includes(part))) return [];
  return [
    atBeginning(files, "nothing-to-judge", {
      problem: `no document here belongs to ${environment.name}`,
      consequence: "Nothing was judged, so nothing is known to be right.",
      mend: `Give one of: ${environment.parts.join(", ")} (see \`env show ${environment.name}\`).`,
      source: "ours",
    }),
  ];
}

function notAvailable(files: readonly InputFile[], reason: string): Finding {
  return atBeginning(files, "not-available", {
    problem: reason,
    consequence: "No configuration makes such agents do it.",
    mend: "Upgrade the agents.",
    source: "protocol.md 5.4, 6.1, 6.2",
  });
}

function atBeginning(
  files: readonly InputFile[],
  rule: "nothing-to-judge" | "not-available",
  words: Parameters<typeof error>[2],
): Finding {
  return { level: "error", rule, file: files[0]?.file ?? "", line: 1, column: 1, path: "", ...words };
}

function inOrder(findings: readonly Finding[], files: readonly InputFile[]): Finding[] {
  const position = ({ file }: Finding) => files.findIndex((input) => input.file === file);
  return [...findings].sort((a, b) => position(a) - position(b) || a.line - b.line || a.column - b.column);
}
