import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSynchronizer } from "../proto/index.ts";
import { renderResults } from "../report/index.ts";
import { judgeTranscript } from "../suites/judge.ts";
import { readTranscriptFile } from "../transcript/index.ts";
import { runCommandLine } from "./command-line.ts";
import { runBuilt } from "./testing/run-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-faults-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SMALL = ["--seed", "7", "--pods", "40", "--nodes", "2", "--only", "ENV-1,SNAP-5", "--agent", "reference"];
const file = (name: string, ...faults: readonly object[]) => {
  writeFileSync(join(folder, name), JSON.stringify({ version: 1, faults }));
  return join(folder, name);
};

describe.concurrent("run --faults", () => {
  it("scripts them on both sides, and says what they hit", { timeout: 90_000 }, async ({ expect: expectHere, signal }) => {
    const out = join(folder, "fired");
    const faults = file(
      "fired.yaml",
      { fault: "status", code: 14, when: "entries", scenario: "life-of-objects" },
      { fault: "api-status", code: 500, verb: "list", resources: ["pods"], at: "start", scenario: "first-snapshot" },
    );
    const { code, results, stderr } = await runBuilt([...SMALL, "--faults", faults, "--out", out], signal);
    expectHere([code, results.counts.fail], stderr).toEqual([0, 0]);
    const given = results.faults.map(({ scripted, ...rest }) => ({
      name: (JSON.parse(scripted) as { fault: string }).fault,
      ...rest,
    }));
    expectHere(given).toEqual([
      { name: "api-status", fired: true, scenario: "first-snapshot", hits: 1, given: true },
      { name: "status", fired: true, scenario: "life-of-objects", hits: 1, given: true },
    ]);
    const again = judgeTranscript(readTranscriptFile(join(out, "transcript.jsonl")));
    expectHere(renderResults(again)).toBe(readFileSync(join(out, "results.json"), "utf8"));
  });

  it("is inconclusive where one never fired", { timeout: 90_000 }, async ({ expect: expectHere, signal }) => {
    const faults = file("unfired.yaml", { fault: "drop", agent: 4_000_000, scenario: "life-of-objects" });
    const { code, results } = await runBuilt([...SMALL, "--faults", faults, "--out", join(folder, "unfired")], signal);
    expectHere(code).toBe(2);
    const verdicts = results.checks.map(({ id, verdict, message }) => [id, verdict, /never fired/.test(message)]);
    expectHere(verdicts).toEqual([
      ["KAS-ENV-1", "not-testable", true],
      ["KAS-SNAP-5", "not-testable", true],
    ]);
  });

  it.each([
    ["a scenario that is not told", "told.yaml", { fault: "drop", scenario: "server-restarts" }],
    ["a fault that there is none of", "none.yaml", { fault: "explode" }],
  ])("refuses %s before anything runs", async (_name, name, fault) => {
    expect(await runCommandLine(["run", ...SMALL, "--dry-run", "--faults", file(name, fault)])).toBe(64);
  });
});

describe("serve --faults", () => {
  it("scripts them at once, and tells at the end what never fired", async () => {
    const faults = file(
      "serve.yaml",
      { fault: "status", code: 8, cluster: "d-1" },
      { fault: "drop", agent: 9, chance: 0.5, times: 3 },
    );
    const args = ["serve", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0", "--seed", "5", "--faults", faults];
    const child = spawn(process.execPath, [join(import.meta.dirname, "bin.mjs"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const [first] = await new Promise<string[]>((resolve) =>
      createInterface(child.stdout).once("line", (line) => resolve([line])),
    );
    const ready = JSON.parse(first ?? "") as { readonly grpc: string; readonly seed: number };
    expect(ready.seed).toBe(5);
    const client = connectSynchronizer({ address: ready.grpc, service: "agent" });
    const beat = { clusterId: "d-1", version: 1n, errorMsg: "", agentId: 1, sourceIp: "192.0.2.1", teamId: "", entries: [] };
    await expect(client.kubernetesApiSync(beat)).rejects.toMatchObject({ code: 8 });
    await client.kubernetesApiSync(beat);
    client.close();
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(stderr).toContain('fault {"fault":"drop","agent":9,"chance":0.5,"times":3} never fired');
    expect(stderr).not.toContain('"status"');
  });

  it("refuses what only a run can have", async () => {
    expect(await runCommandLine(["serve", "--faults", file("api.yaml", { fault: "api-reset" })])).toBe(64);
  });
});
