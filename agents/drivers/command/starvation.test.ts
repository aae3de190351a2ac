import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { watchStarvation } from "./starvation.ts";

afterEach(() => vi.useRealTimers());

/** Watches delays that a test makes up: milliseconds by thread, one row a look. */
function watched(rows: readonly Readonly<Record<string, number>>[]): {
  readonly told: readonly number[];
  readonly timers: number;
} {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const told: number[] = [];
  const left = [...rows];
  {
    const look = () => new Map(Object.entries(left.shift() ?? {}).map(([thread, ms]) => [thread, ms * 1e6]));
    using _watch = watchStarvation(1, (ms) => told.push(ms), look);
    vi.advanceTimersByTime(500 * rows.length);
  }
  return { told, timers: vi.getTimerCount() };
}

describe("watchStarvation", () => {
  it("tells by how much the waiting of all threads grew since the last look, and nothing of small waits", () => {
    const { told } = watched([{ a: 200 }, { a: 250, b: 40 }, { a: 350, b: 200 }, { b: 210, c: 120 }]);
    expect(told).toEqual([200, 260, 130]);
  });

  it("tells no more than has gone by", () => {
    expect(watched([{ a: 400, b: 400, c: 400 }]).told).toEqual([500]);
  });

  it("tells nothing where the kernel does not count, and looks no more when it is disposed of", () => {
    expect(watched([{}, {}])).toEqual({ told: [], timers: 0 });
  });

  const pinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
  it.skipIf(!pinned)("sees children that share one processor (needs taskset)", async () => {
    const spin = "'" + process.execPath + "' -e 'for (;;);'";
    const group = spawn("taskset", ["-c", "0", "sh", "-c", `${spin} & ${spin} & ${spin} & wait`], {
      detached: true,
      stdio: "ignore",
    });
    await once(group, "spawn");
    try {
      await new Promise<void>((resolve) => {
        const watch = watchStarvation(group.pid as number, () => {
          watch[Symbol.dispose]();
          resolve();
        });
      });
    } finally {
      const gone = once(group, "exit");
      process.kill(-(group.pid as number), "SIGKILL");
      await gone;
    }
    expect(group.signalCode).toBe("SIGKILL");
  });
});
