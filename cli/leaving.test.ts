import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Inspection } from "./inspect-action.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

const PODS = 10_000;

let folder: string;
let snapshot: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "leaving-"));
  snapshot = join(folder, "snapshot.json");
  const pod = (index: number) => JSON.stringify({ metadata: { uid: `u-${index}`, name: `p-${index}`, namespace: "shop" } });
  const pods = Array.from({ length: PODS }, (_, index) => pod(index));
  writeFileSync(snapshot, JSON.stringify({ "*version.Info": ['{"gitVersion":"v1.30.0"}'], "*v1.Pod": pods }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs before the command line, in its process. */
const preload = (source: string) => ["--import", `data:text/javascript,${encodeURIComponent(source)}`];

/** Where the command line waits for 5 s, it does not wait at all. */
const IMPATIENT = preload(`
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (act, ms, ...args) => wait(act, ms === 5000 ? 0 : ms, ...args);
`);

/** Something wants the process to go on whenever it is about to end; the third time it gives up, with a code of its own. */
const ENDLESS = preload(`
  let times = 0;
  process.on("beforeExit", () => (times += 1) < 3 ? setImmediate(() => {}) : process.exit(99));
`);

/** Something stays open for ever. */
const OPEN = preload(`setInterval(() => {}, 1 << 30);`);

describe.concurrent("the command line, its work done,", () => {
  it("stays until a pipe has taken all that it printed", { timeout: 60_000 }, async ({ expect, signal }) => {
    const { code, stdout, stderr } = await spawnBuilt(["inspect", snapshot, "--json"], signal, { node: [...IMPATIENT, ...OPEN] });
    expect(stdout.length).toBeGreaterThan(1 << 20);
    expect((JSON.parse(stdout) as Inspection).inventory.dropped).toHaveLength(PODS);
    expect(stderr).toContain("something was still open");
    expect(code).toBe(0);
  });

  it("leaves with its own code, though a reader has gone", { timeout: 60_000 }, async ({ expect, signal }) => {
    const bin = join(import.meta.dirname, "bin.mjs");
    const child = spawn(process.execPath, [...IMPATIENT, bin, "inspect", snapshot, "--json"], {
      stdio: ["ignore", "pipe", "inherit"],
      signal,
    });
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("leaves at once, though the end of the process would never come", { timeout: 60_000 }, async ({ expect, signal }) => {
    const { code, stderr } = await spawnBuilt(["lst"], signal, { node: ENDLESS });
    expect(stderr).toContain("unknown command");
    expect(code).toBe(64);
  });
});
