import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Results } from "../suites/results.ts";

const BIN = join(import.meta.dirname, "bin.mjs");
const AGENT = join(import.meta.dirname, "..", "agents", "reference", "bin.mjs");
const SMALL = ["--seed", "7", "--pods", "60", "--nodes", "3", "--interval", "500ms"];
const RUN_MS = 180_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "attach-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Somebody who does as the harness prints. */
interface Person {
  /** With these lines of `NAME=value` before a command, as a shell reads them. */
  start(scenario: string, environment: readonly string[]): void;
  stop(scenario: string): Promise<void> | void;
}

/** Runs the built command line with --attach, and lets somebody read what it prints. */
async function attached(
  args: readonly string[],
  person: Person,
  signal: AbortSignal,
  onSpawn: (child: ChildProcess) => void = () => {},
) {
  const child = spawn(process.execPath, [BIN, "run", "--attach", ...SMALL, ...args], {
    signal,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onSpawn(child);
  const closed = once(child, "close") as Promise<[number | null]>;
  const stderr: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  const printed: string[] = [];
  let awaited: { readonly scenario: string; readonly environment: string[] } | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    const [, invited] = /^ {2}(\S+): start the agent now/.exec(line) ?? [];
    const [, over] = /^ {2}(\S+): over; stop the agent$/.exec(line) ?? [];
    const [, variable] = /^ {4}(\w+=.*)$/.exec(line) ?? [];
    if (invited !== undefined) awaited = { scenario: invited, environment: [] };
    else if (variable !== undefined) awaited?.environment.push(variable);
    if (awaited !== undefined && variable?.startsWith("DEEPFLOW_KUBERNETES_RESOURCES=") === true) {
      person.start(awaited.scenario, awaited.environment);
      awaited = undefined;
    }
    if (over !== undefined) await person.stop(over);
  }
  return { code: (await closed)[0], printed: printed.join("\n"), stderr: stderr.join("") };
}

const nobody: Person = { start: () => {}, stop: () => {} };

describe("an agent that somebody else starts", () => {
  it("is judged when it is started by what is printed, scenario by scenario", { timeout: RUN_MS }, async ({ expect, signal }) => {
    const out = join(folder, "judged");
    const template = join(folder, "agent.yaml");
    writeFileSync(template, "server: {server}\n");
    const agents = new Map<string, ChildProcess>();
    const rendered: string[] = [];
    const person: Person = {
      start(scenario, environment) {
        const kubeconfig = environment.find((line) => line.startsWith("KUBECONFIG="))?.slice("KUBECONFIG=".length) ?? "";
        const server = environment.find((line) => line.startsWith("DEEPFLOW_SERVER="))?.slice("DEEPFLOW_SERVER=".length);
        const config = readFileSync(join(kubeconfig, "..", "config.yaml"), "utf8");
        rendered.push(config === `server: ${server}\n` ? `for ${server?.split(":")[0]}` : config);
        const command = `${environment.join(" ")} exec ${process.execPath} ${AGENT}`;
        agents.set(scenario, spawn("sh", ["-c", command], { stdio: "ignore", signal }));
      },
      async stop(scenario) {
        const agent = agents.get(scenario);
        if (agent === undefined || agent.exitCode !== null) return;
        const gone = once(agent, "exit");
        agent.kill("SIGTERM");
        await gone;
      },
    };
    const { code, printed, stderr } = await attached(
      ["--template", template, "--host-address", "localhost", "--out", out],
      person,
      signal,
    );
    const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
    const open = results.checks.filter(({ verdict }) => verdict !== "pass" && verdict !== "not-applicable");
    expect(
      open.map(({ id, message }) => `${id}: ${message}`),
      stderr,
    ).toEqual([]);
    expect(code).toBe(0);
    expect([...agents.keys()]).toEqual(["first-snapshot", "life-of-objects", "held-version-lost"]);
    expect(rendered).toEqual(["for localhost", "for localhost", "for localhost"]);
    const excluded = results.checks.filter(({ message }) => message.includes("with --attach"));
    expect(excluded.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      "KAS-LIFE-1 not-applicable",
      "KAS-LIFE-4 not-applicable",
    ]);
    expect(printed).toContain("not applicable: KAS-LIFE-1, KAS-LIFE-4: it takes what cannot be done to this agent");
    expect(results.agent.form).toBe("attach");
  });

  it(
    "is awaited for the start timeout once, and the run says that nobody came",
    { timeout: RUN_MS },
    async ({ expect, signal }) => {
      const invited: string[] = [];
      const files: string[] = [];
      const person: Person = {
        start(scenario, environment) {
          invited.push(scenario);
          files.push(environment.find((line) => line.startsWith("KUBECONFIG="))?.slice("KUBECONFIG=".length) ?? "");
        },
        stop: () => {},
      };
      const args = ["--start-timeout", "300ms", "--out", join(folder, "nobody")];
      const { code, printed } = await attached(args, person, signal);
      expect(code).toBe(3);
      expect(invited).toEqual(["first-snapshot"]);
      expect(printed).toContain("nobody dialled within 0.3 s");
      expect(files.map((file) => existsSync(file))).toEqual([false]);
    },
  );

  it("is not awaited after Ctrl-C", { timeout: RUN_MS }, async ({ expect, signal }) => {
    let child: ChildProcess | undefined;
    const person = { ...nobody, start: () => void child?.kill("SIGINT") };
    const { code } = await attached(["--out", join(folder, "interrupted")], person, signal, (made) => (child = made));
    expect(code).toBe(130);
  });
});
