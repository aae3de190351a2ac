/** Every gate of the repository, side by side. Exits 1 where one is red, and prints what it said. */
import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** Each gate is a command anyone can run alone. */
const gates: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: "types", command: [bin("tsc"), "-p", "."] },
  { name: "lint", command: [bin("oxlint"), "--type-aware", "--deny-warnings", "."] },
  { name: "format", command: [bin("oxfmt"), "--check", "."] },
  { name: "imports", command: [bin("tsx"), "scripts/imports/main.ts"] },
  { name: "dead code", command: [bin("knip"), "--no-progress"] },
  { name: "generated types", command: [bin("tsx"), "scripts/gen-proto.ts", "--check"] },
  { name: "registry", command: [bin("tsx"), "scripts/registry/main.ts"] },
  { name: "docs", command: [bin("tsx"), "scripts/gen-docs.ts", "--check"] },
  { name: "mutated checks", command: [bin("tsx"), "scripts/mutate/main.ts", "--check"] },
  { name: "tests can fail", command: [bin("tsx"), "scripts/lint-tests.ts"] },
];

function runGate(command: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const [file = "", ...args] = command;
    const child = spawn(file, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

const outcomes = await Promise.all(gates.map(async (gate) => ({ gate, ...(await runGate(gate.command)) })));
for (const { gate, code, output } of outcomes) {
  console.log(`${code === 0 ? "ok  " : "RED "} ${gate.name}`);
  if (code !== 0) console.log(output.replaceAll(/^/gm, "     "));
}
const red = outcomes.filter((outcome) => outcome.code !== 0);
console.log(`${outcomes.length - red.length} gates green, ${red.length} red`);
process.exitCode = red.length === 0 ? 0 : 1;
