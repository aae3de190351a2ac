import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { readTranscriptFile } from "../transcript/index.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hardship-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BIN = join(import.meta.dirname, "bin.mjs");
const SMALL = ["--seed", "7", "--pods", "60", "--nodes", "3", "--budget-scale", "0.1"];

/** A run whose agent stays whatever it is told, with a daemon in a session of its own; both hold a connection to this test. */
async function stubborn(name: string) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stay = `for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => {}); require("node:net").connect(${port}, "127.0.0.1");`;
  const daemon = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stay)}], { detached: true, stdio: "ignore" });`;
  const out = join(folder, name);
  const options = [...SMALL, "--only", "LIFE-1", "--jobs", "1", "--out", out];
  const args = [BIN, "run", ...options, "--", process.execPath, "-e", stay + daemon];
  const sockets: Socket[] = [];
  const connections = on(server, "connection") as AsyncIterable<[Socket]>;
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  for await (const [socket] of connections) if (sockets.push(socket.resume().on("error", () => {})) === 2) break;
  const gone = Promise.all(sockets.map((socket) => once(socket, "close"))).finally(() => server.close());
  return { child, out, gone };
}

describe.concurrent("a harness that is treated badly", () => {
  it("leaves at once at the second Ctrl-C, and nothing of the agent stays", { timeout: 60_000 }, async ({ expect }) => {
    const { child, gone } = await stubborn("twice");
    const exit = once(child, "exit");
    let told = "";
    const asked = new Promise<void>((resolve) => {
      child.stderr.on("data", (text: Buffer) => (told += String(text)).includes("once more") && resolve());
    });
    child.kill("SIGINT");
    await asked;
    // Within a second it is taken for the same keystroke, which npm sends again.
    const again = setInterval(() => child.kill("SIGINT"), 200);
    expect(await exit).toEqual([130, null]);
    clearInterval(again);
    expect(await gone).toHaveLength(2);
  });

  it("leaves nothing of the agent when it is killed itself", { timeout: 60_000 }, async ({ expect }) => {
    const { child, out, gone } = await stubborn("killed");
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
    expect(await gone).toHaveLength(2);
    expect([...readTranscriptFile(join(out, "transcript.jsonl"))].at(0)?.kind).toBe("header");
  });

  it("exits with 70 where a report cannot be written, and writes the others", { timeout: 60_000 }, async ({ expect, signal }) => {
    const out = join(folder, "unwritable");
    mkdirSync(join(out, "junit.xml"), { recursive: true });
    const ended = await spawnBuilt(["run", ...SMALL, "--only", "LIFE-1", "--out", out, "--", "true"], signal);
    expect(ended.stderr).toMatch(/^report: .*junit\.xml cannot be written: EISDIR/);
    expect(ended.code).toBe(70);
    expect(ended.stdout).toContain("LIFE-1");
    expect(existsSync(join(out, "results.json"))).toBe(true);
    expect(existsSync(join(out, "agent.log"))).toBe(true);
  });
});
