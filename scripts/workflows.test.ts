import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

/** What GitHub runs: scripts that are there, npm scripts that there are, paths that hold tests, actions that are pinned. */
const root = join(import.meta.dirname, "..");
const folder = join(root, ".github", "workflows");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly scripts: Record<string, string> };

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly "runs-on": string;
  readonly "timeout-minutes": number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

describe.each(readdirSync(folder))("workflow %s", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const { on, permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run = "" }) => run.split("\n").filter((line) => line !== ""));

  it("may read alone, runs on hosted runners, and ends", () => {
    expect(on).toBeTypeOf("object");
    expect(permissions).toEqual({ contents: "read" });
    for (const job of Object.values(jobs)) {
      expect(job["runs-on"]).toBe("ubuntu-latest");
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    }
  });

  it("does one thing a step, by actions of a version", () => {
    for (const { uses, run } of steps) expect([uses, run].filter((given) => given !== undefined)).toHaveLength(1);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
  });

  it("calls scripts that are there, and may be executed", () => {
    const called = commands.flatMap((line) => /^(scripts\/\S+)/.exec(line)?.[1] ?? []);
    expect(called.length).toBeGreaterThan(0);
    for (const script of called) {
      expect(existsSync(join(root, script)) && (statSync(join(root, script)).mode & 0o111) !== 0, script).toBe(true);
    }
  });

  it("calls npm scripts that there are", () => {
    const own = ["ci", ...Object.keys(scripts)];
    const called = commands.flatMap((line) => /^npm (?:run )?(\S+)/.exec(line)?.[1] ?? []);
    expect(called.length).toBeGreaterThan(3);
    expect(called.filter((name) => !own.includes(name))).toEqual([]);
  });

  it("names no host of its own, and no image that is not public", () => {
    expect(text).not.toMatch(/https?:\/\/|self-hosted|\.internal|\/work\b/);
  });
});

describe.each(readdirSync(join(root, "scripts", "kind")))("scripts/kind/%s", (file) => {
  const text = readFileSync(join(root, "scripts", "kind", file), "utf8");

  it("names files that are there", () => {
    const named = [...text.matchAll(/(?<![\w$./-])((?:scripts|agents|cli)\/[\w./-]+\w)/g)].map(([, path = ""]) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(text).toMatch(/^#!\/usr\/bin\/env bash\n# \w/);
  });
});
