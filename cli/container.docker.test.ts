import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRun } from "./testing/read-run.ts";
import { startBuilt } from "./testing/start-built.ts";
import { untilRecorded } from "./testing/until-recorded.ts";

const ROOT = join(import.meta.dirname, "..");
const IMAGE = "deepflow-pseudo-agent";
const LONG_MS = 300_000;
const OPTIONS = ["--pods", "60", "--nodes", "3", "--seed", "7", "--call-timeout", "2s"];
const ACCEPTED = /"kind":"answer".*"stored":"replaced"/;

const unavailable =
  process.env["CONFORMANCE_DOCKER"] === "1" ? undefined : "CONFORMANCE_DOCKER is not 1; it takes a Docker engine";
it.runIf(unavailable !== undefined)("is asked for", ({ skip }) => skip(unavailable));

describe.runIf(unavailable === undefined)("an image as containers of this host", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "containers-"));
    execFileSync(join(ROOT, "scripts", "kind", "build-image.sh"), [IMAGE], { stdio: "inherit" });
  }, LONG_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (name: string, signal: AbortSignal, options: readonly string[]) => {
    const out = join(folder, name);
    return { ...startBuilt(["run", ...OPTIONS, "--out", out, ...options], signal), out };
  };

  it("is judged from nothing to a verdict, and leaves no container", { timeout: LONG_MS }, async ({ signal }) => {
    const judged = run("judged", signal, ["--profile", "core", "--image", IMAGE]);
    expect((await judged.ended).code, judged.said()).toBe(0);
    const { results } = await readRun(judged.out, signal);
    const red = results.checks.filter(({ verdict }) => verdict === "fail" || verdict === "not-testable");
    expect(red.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(results.counts.pass).toBeGreaterThan(40);
    expect(containers()).toEqual([]);
  });

  it("its containers are removed by the next run where the harness was killed", { timeout: LONG_MS }, async ({ signal }) => {
    const uploading = untilRecorded(join(folder, "killed"), ACCEPTED, signal);
    const killed = run("killed", signal, ["--only", "ECHO-2", "--image", IMAGE]);
    await uploading;
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(containers()).toHaveLength(1);
    const next = run("next", signal, ["--only", "ECHO-2", "--image", "deepflow-no-such-image:1"]);
    expect((await next.ended).code, next.said()).toBe(3);
    expect(next.said()).toContain("the container engine has no image deepflow-no-such-image:1, and none is pulled");
    expect(containers()).toEqual([]);
  });
});

/** Containers of agents, of whichever run. */
function containers(): readonly string[] {
  const told = execFileSync("docker", ["ps", "--all", "--quiet", "--filter", `ancestor=${IMAGE}`], { encoding: "utf8" });
  return told.split("\n").filter((id) => id !== "");
}
