import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommandLine } from "./command-line.ts";
import type { Diagnosis } from "./doctor-judge.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.doUnmock("./doctor-facts.ts");
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

describe("doctor", () => {
  it("tells, as JSON, what a machine without any program can do", async () => {
    const { code, diagnoses } = await doctor();
    expect(code).toBe(0);
    expect(stateOf(diagnoses)).toMatchObject({
      embedded: "works",
      command: "works",
      kind: "missing",
      image: "missing",
      go: "missing",
    });
    expect(diagnoses.find(({ id }) => id === "kind")?.text).toBe("kind is not on PATH");
  });

  it("finds programs, the engine behind them, and the contexts of the kubeconfig", async () => {
    program("kind", 'echo "kind v9.9.9 go1 linux"');
    program("docker", 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    const config = join(folder, "config");
    writeFileSync(config, "contexts:\n- name: prod\n  context: { cluster: c }\n");
    const silent = await doctor({ KUBECONFIG: config });
    expect(silent.diagnoses.find(({ id }) => id === "kubeconfig")?.text).toMatch(/prod$/);
    expect(silent.diagnoses.find(({ id }) => id === "kind")?.text).toMatch(/not Docker: .*does not answer: Cannot connect/);
    program("docker", 'case "$1" in version) echo 99.0 ;; *) exit 1 ;; esac');
    const answering = await doctor({ KIND_NODE_IMAGE: "node:1" });
    expect(answering.diagnoses.find(({ id }) => id === "kind")).toMatchObject({
      state: "limited",
      text: expect.stringMatching(/^kind v9\.9\.9, Docker 99\.0; node image node:1 is not/) as string,
    });
  });

  it("exits with 4 where the embedded way does not work", async () => {
    const { lookAtMachine } = await import("./doctor-facts.ts");
    const facts = { ...(await lookAtMachine({})), embedded: { why: "no port" } };
    vi.doMock("./doctor-facts.ts", () => ({ lookAtMachine: async () => facts }));
    vi.resetModules();
    const { doctor: act } = await import("./doctor-action.ts");
    let stdout = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
    await act({ json: true });
    expect(process.exitCode).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ usable: false });
  });

  it("refuses what it does not know", async () => {
    vi.spyOn(process.stderr, "write").mockImplementation(() => true);
    expect(await runCommandLine(["doctor", "--fix"])).toBe(64);
  });
});

/** The whole process, with the programs of the folder and no others. */
function doctor(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; diagnoses: readonly Diagnosis[] }> {
  const env = { HOME: folder, PATH: folder, ...environment };
  const args = ["--import", "tsx", join(import.meta.dirname, "main.ts"), "doctor", "--json"];
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) => {
      try {
        const { diagnoses } = JSON.parse(stdout) as { readonly diagnoses: readonly Diagnosis[] };
        resolve({ code: child.exitCode, diagnoses });
      } catch {
        reject(new Error(`no JSON on stdout: ${stdout}\n${stderr}`));
      }
    });
  });
}

function stateOf(diagnoses: readonly Diagnosis[]): Readonly<Record<string, string>> {
  return Object.fromEntries(diagnoses.map(({ id, state }) => [id, state]));
}

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
