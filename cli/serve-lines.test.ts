import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "vitest";
import { startScriptedAgent } from "../server-mock/agent-rpc/testing/scripted-agent.ts";
import { findTarget, targetIds } from "../server-mock/contract/index.ts";

const BIN = join(import.meta.dirname, "bin.mjs");

describe.concurrent("serve --target, as a process, and a deepflow-agent of both services", () => {
  it.for(targetIds)("%s: its own agents start to watch, the others get UNIMPLEMENTED", async (target, { expect }) => {
    const ports = ["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"];
    const child = spawn(process.execPath, [BIN, "serve", "--target", target, ...ports], { stdio: ["ignore", "pipe", "ignore"] });
    const left = once(child, "close");
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const { grpc: controller } = JSON.parse(line) as { grpc: string };
    for (const dialect of ["trident", "agent"] as const) {
      const starting = startScriptedAgent({ dialect, controller, defaultPort: Number(controller.split(":")[1]) });
      if (findTarget(target)?.services.includes(dialect) === true) {
        const agent = await starting;
        expect([target, dialect, agent.state]).toEqual([target, dialect, "watcher started"]);
        agent.close();
      } else {
        await expect(starting).rejects.toMatchObject({ codeName: "UNIMPLEMENTED" });
      }
    }
    child.kill("SIGTERM");
    expect(await left).toEqual([0, null]);
  });
});
