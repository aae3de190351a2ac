import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { memorySink, openTranscript, type Transcript } from "../../transcript/index.ts";
import { createHistoryReader } from "../history/index.ts";
import { followTranscript, type LiveHistory } from "./live-history.ts";
import { waitFor, type Wait } from "./wait.ts";

let transcript: Transcript;
let history: LiveHistory;
let controller: AbortController;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  transcript = openTranscript(memorySink(), () => 0);
  history = followTranscript(transcript, createHistoryReader());
  controller = new AbortController();
});
afterEach(async () => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  history[Symbol.dispose]();
  await transcript[Symbol.asyncDispose]();
});

const reset = (tenant: string) => transcript.tenant(tenant).record({ side: "rpc", kind: "reset" });
const twoResets = (wait: Partial<Wait> = {}) =>
  waitFor(history, {
    tenant: "a",
    until: (scenario) => scenario.resets.length === 2,
    budgetMs: 1_000,
    signal: controller.signal,
    ...wait,
  });

describe("waitFor", () => {
  it("is satisfied by what stands there already", async () => {
    reset("a");
    reset("a");
    await expect(twoResets()).resolves.toEqual({ satisfied: true });
  });

  it("waits longer for as long as the harness itself stood still", async () => {
    const settled = vi.fn<(outcome: unknown) => void>();
    const stall = (ms: number) => transcript.tenant("").record({ side: "run", kind: "stall", ms } as never);
    stall(5_000);
    reset("a");
    const waiting = twoResets().then(settled);
    await vi.advanceTimersByTimeAsync(500);
    stall(300);
    // And a second more, in which it becomes known that it did not stand still at the end.
    await vi.advanceTimersByTimeAsync(1_799);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(settled).toHaveBeenCalledWith({ satisfied: false, note: "not within 1000 ms" });
  });

  it("waits longer for as long as the tenant's agent had no processor, and no longer than four budgets", async () => {
    const starved = (tenant: string, ms: number) =>
      transcript.tenant(tenant).record({ side: "agent", kind: "starved", life: 1, ms } as never);
    const settled: string[] = [];
    reset("a");
    reset("b");
    const waiting = [twoResets().then(() => settled.push("a")), twoResets({ tenant: "b" }).then(() => settled.push("b"))];
    for (const ms of [400, 90_000]) {
      await vi.advanceTimersByTimeAsync(250);
      starved("a", ms);
    }
    await vi.advanceTimersByTimeAsync(500);
    expect(settled).toEqual(["b"]);
    await vi.advanceTimersByTimeAsync(3_999);
    expect(settled).toEqual(["b"]);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(waiting);
    expect(settled).toEqual(["b", "a"]);
  });

  it("is satisfied by the line that makes it true, and by no other tenant's", async () => {
    const settled = vi.fn<(outcome: unknown) => void>();
    const waiting = twoResets().then(settled);
    reset("a");
    reset("b");
    reset("b");
    await vi.advanceTimersByTimeAsync(999);
    expect(settled).not.toHaveBeenCalled();
    reset("a");
    await waiting;
    expect(settled).toHaveBeenCalledWith({ satisfied: true });
  });

  it("ends with its budget", async () => {
    const waiting = twoResets();
    reset("a");
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(waiting).resolves.toEqual({ satisfied: false, note: "not within 1000 ms" });
  });

  it("ends at once where it has become hopeless", async () => {
    const waiting = twoResets({ hopeless: (scenario) => (scenario.resets.length === 1 ? "the agent exited" : undefined) });
    reset("a");
    await expect(waiting).resolves.toEqual({ satisfied: false, note: "the agent exited" });
  });

  it("rejects with the reason of its signal, before and while it waits", async () => {
    const waiting = twoResets();
    controller.abort(new Error("SIGINT"));
    await expect(waiting).rejects.toThrow("SIGINT");
    await expect(twoResets()).rejects.toThrow("SIGINT");
  });

  it("rejects with what a predicate throws, without a word to who wrote the line", async () => {
    const waiting = twoResets({
      until: () => {
        throw new Error("bug");
      },
    });
    expect(() => reset("a")).not.toThrow();
    await expect(waiting).rejects.toThrow("bug");
  });
});
