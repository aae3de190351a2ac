import { hostiles } from "../../agents/hostile/catalogue.ts";

const INTRODUCTION = `# Agents that are hard on their runner

Programs that do all they can to harm whoever runs them, whatever becomes of the protocol. Each is run as a process by
\`deepflow-conformance run\` in the tests. After every one of them

- the exit code is the one below, or 2 where the run says that the machine had no processor for the agent;
- no process is left, neither in the agent's group nor out of it;
- \`results.json\`, \`junit.xml\` and the transcript are written, to their end;
- one that never uploads passes nothing, whatever it says;
- nothing that it wrote reaches the terminal or the annotations of a CI service;
- the runner took less than 600 MB.

| agent | what it does | exit code |
|---|---|---|
`;

const MEANINGS: Readonly<Record<number, string>> = {
  0: "conformant: it does its work beside that",
  1: "not conformant",
  3: "no request ever came, and it was gone",
};

/** docs/hostile-agents.md. */
export function hostilePage(): string {
  const rows = hostiles.map(
    ({ name, describes, exits }) => `| \`${name}\` | ${describes} | ${exits} (${MEANINGS[exits] ?? ""}) |`,
  );
  return `${INTRODUCTION}${rows.join("\n")}\n`;
}
