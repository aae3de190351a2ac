import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "examples-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examples = join(import.meta.dirname, "..", "agents", "examples");

/** How each example agent is run here, or why it cannot be. */
const agents: readonly { readonly name: string; readonly command: () => readonly string[] | string }[] = [
  {
    name: "Go on client-go",
    command: () => {
      const built = process.env["EXAMPLE_GO_AGENT"];
      return built !== undefined && existsSync(built)
        ? [built]
        : "no built agent: `go build` it in agents/examples/go and name the file in EXAMPLE_GO_AGENT";
    },
  },
  {
    name: "Python",
    command: () => {
      const python = process.env["EXAMPLE_PYTHON"] ?? "/usr/bin/python3";
      const { status } = spawnSync(python, ["-c", "import grpc, google.protobuf, yaml"]);
      return status === 0
        ? [python, join(examples, "python", "agent.py")]
        : `${python} lacks grpcio, protobuf or PyYAML: see agents/examples/python/README.md, or name another in EXAMPLE_PYTHON`;
    },
  },
];

describe.concurrent("the example agents are conformant", () => {
  for (const { name, command } of agents) {
    for (const [target, kubernetes] of [
      ["v7.1", "1.30"],
      ["document", "1.20"],
    ] as const) {
      it(`${name}, target ${target}, Kubernetes ${kubernetes}`, async ({ expect, signal, skip }) => {
        const found = command();
        if (typeof found === "string") return skip(found);
        const out = join(folder, `${name}-${target}`);
        const options = ["--seed", "7", "--target", target, "--kubernetes-version", kubernetes, "--out", out];
        const { code, results } = await runBuilt([...options, "--", ...found], signal);
        const red = results.checks.filter((check) => check.verdict === "fail" || check.verdict === "not-testable");
        expect(red.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
        expect(code).toBe(0);
        expect(results.counts.pass).toBeGreaterThan(30);
      }, 180_000);
    }
  }
});
