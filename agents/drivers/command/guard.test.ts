import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";

const server = createServer();
let port: number;
beforeEach(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(() => server.close());

it("neither an agent nor a daemon of its own outlives a harness that is killed, or one that just ends", async () => {
  const dial = `require("node:net").connect(${port}, "127.0.0.1").on("error", () => {}); process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6);`;
  // In a session of its own: no signal to the agent's group reaches it.
  const daemon = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(dial)}], { detached: true, stdio: "ignore" });`;
  const harness = (end: string) => `
    import { startCommandAgent } from ${JSON.stringify(new URL("./start.ts", import.meta.url).href)};
    import { nullSink, openTranscript } from ${JSON.stringify(new URL("../../../transcript/index.ts", import.meta.url).href)};
    const recorder = openTranscript(nullSink()).tenant("t");
    const start = (script, life) => startCommandAgent({ command: [process.execPath, "-e", script], env: {}, recorder, life });
    const gone = await start("", 1);
    await gone.exited;
    await start(${JSON.stringify(dial + daemon)}, 2);
    ${end}`;
  for (const end of ["", "process.stdin.on('data', () => process.exit(0))"]) {
    const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", harness(end)], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    const sockets: Socket[] = [];
    for await (const [socket] of on(server, "connection") as AsyncIterable<[Socket]>) {
      sockets.push(socket.resume());
      if (sockets.length === 2) break;
    }
    const closed = sockets.map((socket) => once(socket, "close"));
    if (end === "") parent.kill("SIGKILL");
    else parent.stdin?.write("end\n");
    await Promise.all(closed);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    await (parent.exitCode ?? parent.signalCode ?? once(parent, "exit"));
  }
});
