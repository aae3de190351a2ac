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
