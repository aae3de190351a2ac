import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTranscriptFile } from "../../transcript/index.ts";
import type { Plan } from "../plan.ts";
import { planFor, runConformance, type RunOptions, type RunProgress } from "./index.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runner-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const options = (rest: Partial<RunOptions> = {}): RunOptions => ({
  agent: { form: "command", command: ["true"] },
  out,
  seed: 7,
  pods: 60,
  nodes: 3,
  ...rest,
});

const lines = (kind: string) => [...readTranscriptFile(join(out, "transcript.jsonl"))].filter((line) => line.kind === kind);

describe("runConformance", () => {
  it("begins the transcript with the plan and tells what happens", async () => {
    const events: RunProgress["event"][] = [];
    const plan = planFor(options({ only: ["LIFE-2"] }));
    const outcome = await runConformance(options({ onProgress: ({ event }) => events.push(event) }), plan);
    expect(lines("header")).toEqual([expect.objectContaining({ seq: 0, plan })]);
    expect(events).toHaveLength(1 + 2 * plan.scenarios.length);
    expect(events.slice(0, 2)).toEqual(["planned", "scenario-started"]);
    expect(events.at(-1)).toBe("scenario-ended");
    expect(outcome.results.exitCode).toBe(3);
  });

  it("runs scenarios one after the other where it is told to", async () => {
    const events: string[] = [];
    await runConformance(options({ jobs: 1, onProgress: ({ event }) => events.push(event) }));
    const pair = ["scenario-started", "scenario-ended"];
    expect(events).toEqual(["planned", ...pair, ...pair, ...pair]);
  });

  it("hands every agent its own server, cluster_id and kubeconfig", async () => {
    const command = [
      "sh",
      "-c",
      'echo "$DEEPFLOW_SERVER $DEEPFLOW_CLUSTER_ID $DEEPFLOW_AGENT_ID $KUBECONFIG $DEEPFLOW_SYNC_INTERVAL_MS"',
      "--",
      "{server}",
    ];
    const { plan } = await runConformance(options({ agent: { form: "command", command } }));
    const said = lines("output").map((line) => String(line["text"]).trim().split(" "));
    expect(said).toHaveLength(3);
    for (const column of [0, 1, 2, 3]) expect(new Set(said.map((words) => words[column])).size).toBe(3);
    expect(new Set(said.map((words) => words[1]))).toEqual(new Set(plan.scenarios.map((scenario) => scenario.clusterId)));
    const filledIn = lines("started").map((line) => (line["command"] as string[])[4]);
    expect(new Set(filledIn)).toEqual(new Set(said.map((words) => words[0])));
  });

  it("is not disturbed by a listener that throws", async () => {
    const onProgress = () => {
      throw new Error("bug of the listener");
    };
    await runConformance(options({ only: ["LIFE-2"], onProgress }));
    expect(lines("run-ended")).toHaveLength(1);
    expect(lines("trouble")).toEqual([]);
  });

  it("records that it stood still itself", async () => {
    const still = new Int32Array(new SharedArrayBuffer(4));
    const onProgress = ({ event }: RunProgress) => void (event === "scenario-started" && Atomics.wait(still, 0, 0, 800));
    await runConformance(options({ only: ["LIFE-1"], jobs: 1, onProgress }));
    const longest = Math.max(...lines("stall").map((line) => Number(line["ms"])));
    expect(longest).toBeGreaterThan(600);
  });

  it("starts nothing where it is aborted already, and judges that", async () => {
    const { results } = await runConformance(options({ signal: AbortSignal.abort(new Error("SIGTERM")) }));
    expect(results.exitCode).toBe(130);
    expect(lines("interrupted")).toEqual([expect.objectContaining({ signal: "SIGTERM" })]);
    expect(lines("started")).toEqual([]);
    expect(lines("run-ended")).toEqual([]);
  });

  it("blames itself where it fails, and no agent", async () => {
    const plan: Plan = { ...planFor(options()), cluster: { kind: "embedded", version: "9.9" } };
    const { results } = await runConformance(options(), plan);
    expect(results.exitCode).toBe(70);
    expect(results.counts.fail).toBe(0);
    expect(lines("trouble")).toEqual([
      expect.objectContaining({ blame: "harness", text: expect.stringContaining("9.9") as string }),
    ]);
  });

  it.each([
    ["where a run was before", () => out],
    ["in a folder that cannot be made", () => "/proc/nonsense/deeper"],
    ["below a file", () => join(import.meta.filename, "deeper")],
  ])("refuses to write %s", async (_name, folder) => {
    await runConformance(options({ only: ["LIFE-2"] }));
    await expect(runConformance(options({ out: folder() }))).rejects.toMatchObject({ name: "RunEnvironmentError" });
  });
});
