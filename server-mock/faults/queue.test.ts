import { describe, expect, it } from "vitest";
import { createFaultQueue } from "./queue.ts";
import type { FaultSpec } from "./types.ts";

type Request = { readonly clusterId: string; readonly entries: readonly number[] };
type Selection = Omit<FaultSpec, "fault">;

const heartbeat = (clusterId = "a"): Request => ({ clusterId, entries: [] });
const snapshot = (clusterId = "a"): Request => ({ clusterId, entries: [1] });
const fault: FaultSpec = { fault: "drop" };

describe("createFaultQueue", () => {
  it.each<[string, Selection, readonly Request[], readonly number[]]>([
    ["the next call by default", {}, [heartbeat(), heartbeat()], [0]],
    ["so many calls", { times: 2 }, [heartbeat(), heartbeat(), heartbeat()], [0, 1]],
    ["after others went by", { skip: 2 }, [heartbeat(), heartbeat(), heartbeat(), heartbeat()], [2]],
    ["one cluster alone", { cluster: "b" }, [heartbeat("a"), heartbeat("b"), heartbeat("b")], [1]],
    ["requests with entries alone", { when: "entries" }, [heartbeat(), snapshot(), snapshot()], [1]],
    ["heartbeats alone", { when: "heartbeat" }, [snapshot(), heartbeat()], [1]],
    ["fitting calls, counting no others", { cluster: "b", skip: 1 }, [heartbeat("b"), heartbeat("a"), heartbeat("b")], [2]],
  ])("hits %s", (_name, part, calls, hit) => {
    const queue = createFaultQueue();
    queue.add({ ...fault, ...part });
    const fired = calls.flatMap((request, index) => (queue.next(request, index) ? [index] : []));
    expect(fired).toEqual(hit);
    expect(queue.list()).toEqual([]);
  });

  it("hits one agent alone; no agent_id is 0", () => {
    const queue = createFaultQueue();
    queue.add({ ...fault, agent: 7 });
    queue.add({ ...fault, agent: 0 });
    const fired = [{ agentId: 8 }, {}, { agentId: 7 }].map(
      (from, call) => queue.next({ ...heartbeat(), ...from }, call) !== undefined,
    );
    expect(fired).toEqual([false, true, true]);
  });

  it("draws by its seed, each fault for itself", () => {
    const drawn = (seed: number, others: readonly FaultSpec[] = []) => {
      const queue = createFaultQueue(() => {}, seed);
      queue.add({ ...fault, chance: 0.3, times: 1_000 });
      for (const other of others) queue.add(other);
      return Array.from({ length: 1_000 }, (_, call) => queue.next(heartbeat(), call)?.fault === "drop");
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(drawn(7, [{ fault: "delay", ms: 1, chance: 0.5, times: 1_000 }])).toEqual(drawn(7));
    const hits = drawn(7).filter((hit) => hit).length;
    expect(hits).toBeGreaterThan(250);
    expect(hits).toBeLessThan(350);
  });

  it("never fires by no chance, and waits on", () => {
    const queue = createFaultQueue();
    queue.add({ ...fault, chance: 0 });
    expect([1, 2, 3].flatMap((call) => queue.next(heartbeat(), call) ?? [])).toEqual([]);
    expect(queue.list()).toHaveLength(1);
  });

  it("keeps what is for requests on their way apart from what is for those that arrived", () => {
    const queue = createFaultQueue();
    queue.add({ fault: "cut-request", when: "entries", skip: 1, agent: 7 });
    queue.add(fault);
    expect(queue.awaitsArriving()).toBe(true);
    const arriving = [
      { agentId: 7, hasEntries: false },
      { agentId: 8, hasEntries: true },
      { agentId: 7, hasEntries: true },
      { agentId: 7, hasEntries: true },
    ];
    expect(arriving.map((request) => queue.hitsArriving(request))).toEqual([false, false, false, true]);
    expect(queue.awaitsArriving()).toBe(false);
    expect(queue.next({ ...snapshot(), agentId: 7 }, 1)?.fault).toBe("drop");
  });

  it("fires in the order of scripting, one fault a call", () => {
    const queue = createFaultQueue();
    queue.add({ fault: "delay", ms: 1 });
    queue.add({ fault: "status", code: 14 });
    expect([1, 2, 3].map((call) => queue.next(heartbeat(), call)?.fault)).toEqual(["delay", "status", undefined]);
  });

  it("tells what became of each fault", () => {
    const told: string[] = [];
    const queue = createFaultQueue((event, { id }, call) => void told.push(`${event} ${id} ${call ?? "-"}`));
    queue.add({ ...fault, times: 2 });
    queue.add({ ...fault, cluster: "b" });
    queue.next(heartbeat(), 7);
    expect(queue.clear("b")).toBe(1);
    expect(queue.clear()).toBe(1);
    expect(queue.clear()).toBe(0);
    expect(told).toEqual(["scripted 1 -", "scripted 2 -", "fired 1 7", "removed 2 -", "removed 1 -"]);
  });
});
