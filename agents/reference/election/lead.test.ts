import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LeaseClaim, LeaseClient, LeaseRecord } from "./lease.ts";
import { lead } from "./lead.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const LEASE_MS = 15_000;

/** A Lease that several replicas share, as the API server keeps it. */
function sharedLease() {
  let record: LeaseRecord | undefined;
  let version = 0;
  const broken = new Set<string>();
  const client = (identity: string): LeaseClient => ({
    async read() {
      if (broken.has(identity)) throw new Error("no answer");
      return record;
    },
    async write({ holder, durationMs, transitions }: LeaseClaim, over) {
      if (broken.has(identity)) throw new Error("no answer");
      if (over?.resourceVersion !== record?.resourceVersion) return false;
      version += 1;
      record = { holder, durationMs, transitions, renewTime: "", resourceVersion: String(version) };
      return true;
    },
    close: () => {},
  });
  return { client, broken, holder: () => record?.holder, transitions: () => record?.transitions };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** A replica that tells when it leads. */
function replica(shared: ReturnType<typeof sharedLease>, identity: string, log: string[]) {
  const stopping = new AbortController();
  const ended = lead(
    { lease: shared.client(identity), identity, leaseMs: LEASE_MS, log: () => {}, signal: stopping.signal, pause },
    async (leading) => {
      log.push(`${identity} leads`);
      await new Promise((resolve) => leading.addEventListener("abort", resolve, { once: true }));
      log.push(`${identity} ends`);
    },
  );
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

describe("lead", () => {
  it("has one replica lead, and the next at once when that leaves", async () => {
    const [shared, log] = [sharedLease(), [] as string[]];
    const one = replica(shared, "one", log);
    await vi.advanceTimersByTimeAsync(10);
    const two = replica(shared, "two", log);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log).toEqual(["one leads"]);
    await one.stop();
    expect(shared.holder()).toBe("");
    await vi.advanceTimersByTimeAsync(2_100);
    expect(log).toEqual(["one leads", "one ends", "two leads"]);
    expect(shared.transitions()).toBe(1);
    await two.stop();
  });

  it("ends leading before anyone else may begin, where the claim cannot be renewed", async () => {
    const [shared, log] = [sharedLease(), [] as string[]];
    const one = replica(shared, "one", log);
    await vi.advanceTimersByTimeAsync(10);
    const two = replica(shared, "two", log);
    await vi.advanceTimersByTimeAsync(5_000);
    shared.broken.add("one");
    await vi.advanceTimersByTimeAsync(40_000);
    expect(log).toEqual(["one leads", "one ends", "two leads"]);
    shared.broken.clear();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(log).toHaveLength(3);
    await one.stop();
    await two.stop();
  });
});
