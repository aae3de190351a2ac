import { afterEach, describe, expect, it, vi } from "vitest";
import { createTaskStack } from "./tasks.ts";

afterEach(() => void vi.useRealTimers());

describe("createTaskStack", () => {
  it("takes down what was set up, last first, with what was made", async () => {
    const stack = createTaskStack();
    const log: string[] = [];
    for (const name of ["mock", "cluster", "agent"]) {
      await stack.enter(
        name,
        () => name.toUpperCase(),
        (made) => void log.push(made),
      );
    }
    expect(await stack.unwind(1_000)).toEqual([]);
    expect(log).toEqual(["AGENT", "CLUSTER", "MOCK"]);
  });

  it("keeps no teardown of a set-up that failed", async () => {
    const stack = createTaskStack();
    const teardown = vi.fn<() => void>();
    await expect(stack.enter("mock", () => Promise.reject(new Error("no port")), teardown)).rejects.toThrow("no port");
    await stack.unwind(1_000);
    expect(teardown).not.toHaveBeenCalled();
  });

  it("goes on past a teardown that throws, and one that never ends, and names both", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const stack = createTaskStack();
    const last = vi.fn<() => void>();
    await stack.enter("first", () => 1, last);
    await stack.enter(
      "thrower",
      () => 2,
      () => {
        throw new Error("broken");
      },
    );
    await stack.enter(
      "sleeper",
      () => 3,
      () => new Promise<void>(() => {}),
    );
    const unwinding = stack.unwind(500);
    await vi.advanceTimersByTimeAsync(500);
    const failures = await unwinding;
    expect(last).toHaveBeenCalledOnce();
    expect(failures.find(({ title }) => title === "sleeper")).toMatchObject({ error: { message: "not done within 500 ms" } });
    expect(failures.some(({ title, error }) => title === "thrower" && (error as Error).message === "broken")).toBe(true);
  });
});
