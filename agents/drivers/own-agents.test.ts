import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nullSink, openTranscript } from "../../transcript/index.ts";
import { startCommandAgent } from "./command/index.ts";
import { mutantCommand, referenceAgentCommand } from "./own-agents.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "own-agents-"));
  const config = {
    "current-context": "x",
    contexts: [{ name: "x", context: { cluster: "nowhere" } }],
    clusters: [{ name: "nowhere", cluster: { server: "http://127.0.0.1:1" } }],
  };
  writeFileSync(join(folder, "config"), JSON.stringify(config));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the command against servers that are not there; resolves with the agent when it has said something. */
async function start(command: readonly string[]) {
  const transcript = openTranscript(nullSink());
  let heard = () => {};
  const spoken = new Promise<void>((resolve) => (heard = resolve));
  transcript.subscribe((line) => line.kind === "output" && heard());
  const env = { DEEPFLOW_SERVER: "127.0.0.1:1", DEEPFLOW_CLUSTER_ID: "k", KUBECONFIG: join(folder, "config") };
  const agent = await startCommandAgent({ command, env, recorder: transcript.tenant("t"), life: 1 });
  await spoken;
  return agent;
}

describe("the commands of our own agents", () => {
  it("the reference agent outlives servers that are not there, and leaves with 0 on SIGTERM", async () => {
    await using agent = await start(referenceAgentCommand());
    expect(await agent.stop(10_000)).toBe("left");
    expect(await agent.exited).toEqual({ code: 0, signal: null });
  });

  it("the mutant ignore-sigterm does not leave", async () => {
    await using agent = await start(mutantCommand("ignore-sigterm"));
    expect(await agent.stop(100)).toBe("killed");
  });
});
