import { spawn } from "node:child_process";
import { once } from "node:events";
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

it("an agent does not outlive a harness that is killed, nor one that just ends", async () => {
  const agent = `require("node:net").connect(${port}, "127.0.0.1").on("error", () => {}); process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)`;
  const harness = (end: string) => `
    import { startCommandAgent } from ${JSON.stringify(new URL("./start.ts", import.meta.url).href)};
    import { nullSink, openTranscript } from ${JSON.stringify(new URL("../../../transcript/index.ts", import.meta.url).href)};
    const recorder = openTranscript(nullSink()).tenant("t");
    const start = (script, life) => startCommandAgent({ command: [process.execPath, "-e", script], env: {}, recorder, life });
    const gone = await start("", 1);
    await gone.exited;
    await start(${JSON.stringify(agent)}, 2);
    ${end}`;
  for (const end of ["", "process.stdin.on('data', () => process.exit(0))"]) {
    const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", harness(end)], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    const [socket] = (await once(server, "connection")) as [Socket];
    socket.resume();
    const closed = once(socket, "close");
    if (end === "") parent.kill("SIGKILL");
    else parent.stdin?.write("end\n");
    await closed;
    expect(socket.destroyed).toBe(true);
    await (parent.exitCode ?? parent.signalCode ?? once(parent, "exit"));
  }
});
