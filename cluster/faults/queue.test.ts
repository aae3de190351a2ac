import { describe, expect, it } from "vitest";
import { ApiFaultQueue, type ApiFaultRequest } from "./queue.ts";
import type { ApiFaultSpec } from "./types.ts";

const PODS: ApiFaultRequest = { req: 1, verb: "list", resource: "pods", namespace: "shop", furtherPage: false };
const STATUS = { fault: "api-status", code: 500 } as const;

function queueOf(...specs: readonly ApiFaultSpec[]) {
  const heard: string[] = [];
  const queue = new ApiFaultQueue(7, (event, { id }, req) =>
    heard.push(`${event} ${id}${req === undefined ? "" : ` by ${req}`}`),
  );
  for (const spec of specs) queue.add(spec);
  return { queue, heard };
}

/** Which of so many equal requests are hit. */
function hits(queue: ApiFaultQueue, count: number, request: Partial<ApiFaultRequest> = {}): readonly boolean[] {
  return Array.from({ length: count }, (_, index) => queue.hit({ ...PODS, ...request, req: index + 1 }) !== undefined);
}

describe("the queue of API faults", () => {
  it.each<[string, Partial<ApiFaultSpec>, Partial<ApiFaultRequest>, boolean]>([
    ["any request for a resource", {}, { verb: "create" }, true],
    ["no discovery", {}, { resource: undefined, verb: "get" }, false],
    ["its verb", { verb: "list" }, {}, true],
    ["no other verb", { verb: "watch" }, {}, false],
    ["one of its resources", { resources: ["nodes", "pods"] }, {}, true],
    ["no other resource", { resources: ["deployments.apps"] }, {}, false],
    ["its namespace", { namespace: "shop" }, {}, true],
    ["no other namespace", { namespace: "shop" }, { namespace: undefined }, false],
    ["a first page", { page: "first" }, {}, true],
    ["no further page", { page: "first" }, { furtherPage: true }, false],
    ["a further page", { page: "further" }, { furtherPage: true }, true],
    ["no first page", { page: "further" }, {}, false],
    ["no watch, where it is about pages", { page: "first" }, { verb: "watch" }, false],
    ["no list, where it is about open watches", { fault: "api-reset", open: true }, {}, false],
    ["the tokens of further pages alone", { fault: "api-expire-continue" }, {}, false],
    ["answers with a body that can be cut", { fault: "api-truncate" }, { verb: "watch" }, false],
  ])("hits %s", (_name, spec, request, expected) => {
    const { queue } = queueOf({ ...STATUS, ...spec } as ApiFaultSpec);
    expect(hits(queue, 1, request)).toEqual([expected]);
  });

  it("skips, hits so often, and goes out; first scripted first fired", () => {
    const { queue, heard } = queueOf({ ...STATUS, skip: 1, times: 2 }, STATUS);
    expect(hits(queue, 5)).toEqual([true, true, true, false, false]);
    expect(heard).toEqual(["scripted 1", "scripted 2", "fired 2 by 1", "fired 1 by 2", "fired 1 by 3"]);
  });

  it("hits until it is cleared, and tells what it takes away", () => {
    const { queue, heard } = queueOf({ ...STATUS, times: "all" }, { ...STATUS, resources: ["nodes"] });
    expect(hits(queue, 3)).toEqual([true, true, true]);
    queue.clear();
    expect(hits(queue, 1)).toEqual([false]);
    expect(heard.slice(-2)).toEqual(["removed 1", "removed 2"]);
  });

  it("takes away what is still in force, once", () => {
    const { queue, heard } = queueOf({ fault: "api-stall" });
    const held = queue.hit(PODS);
    queue.clear(held === undefined ? [] : [held]);
    expect(heard).toEqual(["scripted 1", "fired 1 by 1", "removed 1"]);
  });

  it("leaves a fault that cannot be carried out for another request", () => {
    const { queue } = queueOf({ fault: "api-stale-list", skip: 1 });
    expect(queue.hit(PODS, () => false)).toBeUndefined();
    expect(queue.hit(PODS)).toBeUndefined(); // skipped, since the first did not count
    expect(queue.hit(PODS)?.spec.fault).toBe("api-stale-list");
  });

  it("draws by seed alone", () => {
    const draw = (seed: number) => {
      const queue = new ApiFaultQueue(seed);
      queue.add({ ...STATUS, chance: 0.3, times: "all" });
      return hits(queue, 1000);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const share = draw(7).filter(Boolean).length / 1000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it("is the same for one fault, whatever others draw", () => {
    const pods: ApiFaultSpec = { ...STATUS, resources: ["pods"], chance: 0.5, times: "all" };
    const nodes: ApiFaultSpec = { ...STATUS, resources: ["nodes"], chance: 0.5, times: "all" };
    const [alone, beside] = [queueOf(pods).queue, queueOf(pods, nodes).queue];
    const mixed = Array.from({ length: 50 }, () => {
      beside.hit({ ...PODS, resource: "nodes" });
      return beside.hit(PODS) !== undefined;
    });
    expect(mixed).toEqual(hits(alone, 50));
  });

  it("never or always hits at chance 0 and 1", () => {
    expect(hits(queueOf({ ...STATUS, chance: 0 }).queue, 3)).toEqual([false, false, false]);
    expect(hits(queueOf({ ...STATUS, chance: 1, times: 3 }).queue, 3)).toEqual([true, true, true]);
  });

  it("keeps faults of watches for the watch, until they take effect", () => {
    const watch = { ...PODS, verb: "watch" };
    const { queue, heard } = queueOf({ fault: "api-drop-event", skip: 1 });
    expect(queue.hit(watch)).toBeUndefined();
    expect(queue.awaiting(watch)).toEqual([]); // skipped
    const [one] = queue.awaiting({ ...watch, req: 2 });
    const [two] = queue.awaiting({ ...watch, req: 3 });
    if (one === undefined || two === undefined) throw new Error("no fault awaits the watches");
    expect(heard).toEqual(["scripted 1"]);
    expect([queue.fire(two, 3), queue.fire(one, 2)]).toEqual([true, false]);
    expect(heard).toEqual(["scripted 1", "fired 1 by 3"]);
  });

  it.each<[Partial<ApiFaultSpec> & { readonly fault: ApiFaultSpec["fault"] }, string]>([
    [{ fault: "api-freeze-watch", verb: "list" }, "api-freeze-watch: hits watch only, not list"],
    [{ fault: "api-truncate", verb: "watch" }, "hits get and list only, not watch"],
    [{ fault: "api-status", code: 500, open: true }, "leave `open` out"],
    [{ fault: "api-reset", open: true, verb: "get" }, "`open` is for watches, not for get"],
    [{ fault: "api-end-watch", page: "first" }, "`page` is for lists"],
    [{ fault: "api-expire-continue", page: "first" }, "no token that could expire"],
    [{ fault: "api-stall", skip: -1 }, "skip must be"],
    [{ fault: "api-stall", times: 0 }, "times must be"],
    [{ fault: "api-stall", chance: 2 }, "chance must lie"],
    [{ fault: "api-status", code: 200 }, "code must be"],
    [{ fault: "api-delay", ms: Number.NaN }, "ms must be"],
    [{ fault: "api-drop-event", count: 0 }, "count must be"],
  ])("refuses %j", (spec, message) => {
    const { queue, heard } = queueOf();
    expect(() => queue.add(spec as ApiFaultSpec)).toThrow(message);
    expect(heard).toEqual([]);
  });
});
