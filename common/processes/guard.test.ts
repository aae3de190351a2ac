import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signalGroup } from "./group.ts";
import { createGuard } from "./guard.ts";

const server = createServer();
let dial: string;
let folder: string;
beforeEach(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  dial = `require("node:net").connect(${port}, "127.0.0.1").on("error", () => {})`;
  folder = mkdtempSync(join(tmpdir(), "guarded folder-"));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A process in a group of its own that holds a connection to this test. */
async function started(): Promise<{ readonly pid: number; readonly socket: Socket; readonly gone: Promise<unknown> }> {
  const connected = once(server, "connection") as Promise<[Socket]>;
  const child = spawn(process.execPath, ["-e", dial], { detached: true, stdio: "ignore" });
  const exited = once(child, "exit");
  const [socket] = await connected;
  socket.resume().on("error", () => {});
  // Until it is waited for, there is still something of its group that can be signalled.
  return { pid: child.pid ?? 0, socket, gone: Promise.all([once(socket, "close"), exited]) };
}

describe("a guard", () => {
  it("ends what it watches and removes the folder, when it is closed; what was released stays", async () => {
    const [watched, released] = [await started(), await started()];
    const guard = createGuard();
    for (const { pid } of [watched, released]) guard.watch(pid);
    guard.watchFolder(folder);
    guard.release(released.pid);
    await guard.close();
    await watched.gone;
    expect([existsSync(folder), released.socket.destroyed]).toEqual([false, false]);
    expect(signalGroup(released.pid, "SIGKILL")).toBe(true);
    await released.gone;
    expect(signalGroup(released.pid, "SIGKILL")).toBe(false);
  });

  it("has nothing to close where nothing was started, and can be used again", async () => {
    const guard = createGuard();
    await guard.close();
    guard.watchFolder(folder);
    await guard.close();
    await guard.close();
    expect(existsSync(folder)).toBe(false);
  });

  it("does not release what it does not watch", async () => {
    const [first, second] = [await started(), await started()];
    const guard = createGuard();
    for (const { pid } of [first, second]) guard.watch(pid);
    for (const pid of [1, first.pid, first.pid]) guard.release(pid);
    await guard.close();
    await second.gone;
    expect(first.socket.destroyed).toBe(false);
    signalGroup(first.pid, "SIGKILL");
    await first.gone;
  });

  it("watches, once something new is, what one watched that was killed itself", async () => {
    const harness = `
      import { ChildProcess, spawn } from "node:child_process";
      import { once } from "node:events";
      import { createGuard } from ${JSON.stringify(new URL("./guard.ts", import.meta.url).href)};
      const made = [];
      const spawnAs = ChildProcess.prototype.spawn;
      ChildProcess.prototype.spawn = function (options) { made.push(this); return spawnAs.call(this, options); };
      const guard = createGuard();
      const start = () => spawn(process.execPath, ["-e", ${JSON.stringify(dial)}], { detached: true, stdio: "ignore" }).pid;
      guard.watch(start());
      guard.watchFolder(${JSON.stringify(folder)});
      const watchdog = made.find(({ spawnfile }) => spawnfile === "sh");
      watchdog.kill("SIGKILL");
      await once(watchdog, "exit");
      guard.watch(start());
      setInterval(() => {}, 1 << 30);`;
    const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", harness], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const sockets: Socket[] = [];
    for await (const [socket] of on(server, "connection") as AsyncIterable<[Socket]>) {
      sockets.push(socket.resume().on("error", () => {}));
      if (sockets.length === 2) break;
    }
    const closed = sockets.map((socket) => once(socket, "close"));
    parent.kill("SIGKILL");
    await Promise.all(closed);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });
});
