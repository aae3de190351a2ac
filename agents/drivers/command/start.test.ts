import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nullSink, openTranscript, type RawLine, type Transcript } from "../../../transcript/index.ts";
import { AgentUnstartableError } from "../driver.ts";
import { startCommandAgent, type CommandAgentOptions } from "./start.ts";

let folder: string;
let transcript: Transcript;
let lines: RawLine[];
let waiters: { matches: (line: RawLine) => boolean; resolve: (line: RawLine) => void }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "agent-"));
  transcript = openTranscript(nullSink());
  lines = [];
  waiters = [];
  transcript.subscribe((line) => {
    lines.push(line);
    for (const waiter of waiters) if (waiter.matches(line)) waiter.resolve(line);
  });
});
afterEach(async () => {
  await transcript[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function start(command: readonly string[], more: Partial<CommandAgentOptions> = {}) {
  return startCommandAgent({ command, env: {}, recorder: transcript.tenant("t"), life: 1, ...more });
}

const node = (script: string) => [process.execPath, "-e", script];

function line(matches: (line: RawLine) => boolean): Promise<RawLine> {
  const known = lines.find(matches);
  return known === undefined ? new Promise((resolve) => waiters.push({ matches, resolve })) : Promise.resolve(known);
}

const printed = (text: string) => line((line) => line.kind === "output" && String(line["text"]).includes(text));
const kinds = () => lines.map((line) => line.kind);
const outputOf = (stream: string) =>
  lines
    .filter((line) => line.kind === "output" && line["stream"] === stream)
    .map((line) => String(line["text"]))
    .join("");
const droppedOf = (stream: string) =>
  lines.filter((line) => line["stream"] === stream).reduce((sum, line) => sum + Number(line["dropped"] ?? 0), 0);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // a killed orphan stays a zombie until its new parent reaps it
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

describe("startCommandAgent", () => {
  it("records the life of an agent that ends at once, with its code and both streams", async () => {
    await using agent = await start(node("console.log('out'); console.error('err'); process.exitCode = 7"));
    expect(await agent.exited).toEqual({ code: 7, signal: null });
    expect(await agent.stop(10_000)).toBe("left");
    expect(lines[0]).toMatchObject({ side: "agent", kind: "started", tenant: "t", life: 1, pid: agent.pid });
    expect(lines.find((line) => line.kind === "exited")).toMatchObject({ life: 1, code: 7, signal: null });
    expect([outputOf("stdout"), outputOf("stderr")]).toEqual(["out\n", "err\n"]);
    expect(kinds()).not.toContain("signalled");
  });

  it("hands over the environment on top of its own", async () => {
    await using agent = await start(node("console.log(process.env.DEEPFLOW_SERVER, Boolean(process.env.PATH))"), {
      env: { DEEPFLOW_SERVER: "h:1" },
    });
    await agent.exited;
    await agent.stop(0);
    expect(outputOf("stdout")).toBe("h:1 true\n");
  });

  it("ends an agent that leaves on SIGTERM", async () => {
    await using agent = await start(
      node("process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1e6); console.log('up')"),
    );
    await printed("up");
    expect(await agent.stop(10_000)).toBe("left");
    expect(await agent.exited).toEqual({ code: 0, signal: null });
    expect(lines.filter((line) => line.kind === "signalled").map((line) => line["signal"])).toEqual(["SIGTERM"]);
  });

  it("kills an agent that ignores SIGTERM after the grace", async () => {
    await using agent = await start(node("process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('up')"));
    await printed("up");
    expect(await agent.stop(20)).toBe("killed");
    expect(await agent.exited).toEqual({ code: null, signal: "SIGKILL" });
    expect(lines.filter((line) => line.kind === "signalled").map((line) => line["signal"])).toEqual(["SIGTERM", "SIGKILL"]);
  });

  it("kills the children that an agent leaves behind", async () => {
    await using agent = await start(["sh", "-c", "trap '' TERM; sleep 1000 & echo child $!; exit 0"]);
    const text = String((await printed("child "))["text"]);
    await agent.exited;
    await agent.stop(0);
    expect(isAlive(Number(text.split(" ")[1]))).toBe(false);
  });

  it("does not wait for a process that left the group with the agent's stdout", async () => {
    const script = `const { spawn } = require("node:child_process");
      const child = spawn("sleep", ["5"], { detached: true, stdio: "inherit" }); child.unref();
      console.log("escaped", child.pid)`;
    await using agent = await start(node(script));
    const text = String((await printed("escaped "))["text"]);
    expect(await agent.stop(10_000)).toBe("left");
    process.kill(Number(text.split(" ")[1]), "SIGKILL");
  });

  it("keeps a bounded part of a flood and counts the rest", async () => {
    const logFile = join(folder, "agent.log");
    await using agent = await start(node("process.stdout.write('x'.repeat(500000))"), { outputLimitBytes: 1000, logFile });
    await agent.exited;
    await agent.stop(0);
    expect(outputOf("stdout")).toBe("x".repeat(1000));
    expect(droppedOf("stdout")).toBe(499_000);
    expect(readFileSync(logFile, "utf8")).toContain("499000 more bytes on stdout");
  });

  it("replaces invalid UTF-8 and joins a character cut between two writes", async () => {
    const script = `process.stdout.write(Buffer.from([0xff, 0x41, 0xc3]), () => setTimeout(() => process.stdout.write(Buffer.from([0xbc])), 50))`;
    await using agent = await start(node(script));
    await agent.exited;
    await agent.stop(0);
    expect(outputOf("stdout")).toBe("\uFFFDAü");
  });

  it("kills at once when aborted", async () => {
    const abort = new AbortController();
    await using agent = await start(node("setInterval(() => {}, 1e6); console.log('up')"), { signal: abort.signal });
    await printed("up");
    abort.abort();
    expect(await agent.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("starts nothing where it was aborted before", async () => {
    await expect(start(node(""), { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    expect(lines).toEqual([]);
  });

  it("kills on dispose", async () => {
    const agent = await start(node("setInterval(() => {}, 1e6)"));
    await agent[Symbol.asyncDispose]();
    expect(await agent.exited).toEqual({ code: null, signal: "SIGKILL" });
  });
});

describe("an agent that cannot be started", () => {
  it.each([
    ["no such program", () => ["no-such-program-here", "x"], "no such program"],
    ["an empty command", () => [], "the command is empty"],
    ["not executable", () => [fixture("plain.txt", "text", 0o644)], "not executable"],
  ])("%s", async (_name, command, problem) => {
    await expect(start(command())).rejects.toThrow(AgentUnstartableError);
    expect(kinds()).toEqual(["unstartable"]);
    expect(lines[0]?.["problem"]).toMatch(problem);
  });
});

function fixture(name: string, text: string, mode: number): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
