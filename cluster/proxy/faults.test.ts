import { describe, expect, it } from "vitest";
import type { ApiFaultSpec } from "../faults/types.ts";
import { configMap, namesIn, PROTOCOLS, setUp, told } from "./testing.ts";

const LIST = "/api/v1/configmaps";
const WATCH = `${LIST}?watch=1&resourceVersion=1005&allowWatchBookmarks=true`;

describe.each(PROTOCOLS)("faults of answers over %s", (protocol) => {
  it("answers with a Status, in words of the script's own or those that go with the code", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-status", code: 429, retryAfterSeconds: 7 });
    run.proxy.addFault({ fault: "api-status", code: 403, reason: "Forbidden", message: "no" });
    const busy = await run.call(LIST);
    expect([busy.status, busy.headers["retry-after"]]).toEqual([429, "7"]);
    expect(busy.json).toMatchObject({ kind: "Status", reason: "TooManyRequests", code: 429, details: { retryAfterSeconds: 7 } });
    expect((await run.call(LIST)).json).toMatchObject({ reason: "Forbidden", message: "no", code: 403 });
    expect((await run.call(LIST)).status).toBe(200);
    await run.lines.await("end", ({ req }) => req === 3);
    expect(run.lines.of("end").map(({ status, reason }) => [status, reason])).toEqual([
      [429, "fault"],
      [403, "fault"],
      [200, "complete"],
    ]);
    expect(run.lines.faults()).toEqual(["scripted", "scripted", "fired 1", "fired 2"]);
    expect(run.lines.of("page")).toMatchObject([{ req: 3 }]);
  });

  it.each<[string, ApiFaultSpec]>([
    ["stalls", { fault: "api-stall" }],
    ["delays", { fault: "api-delay", ms: 2 ** 30 }],
  ])("%s until the fault is cleared", async (_name, spec) => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ ...spec, resources: ["configmaps"] });
    const held = run.call(LIST);
    await run.lines.await("fault", ({ event }) => event === "fired");
    // What is not held goes by meanwhile.
    expect((await run.call("/api/v1/secrets")).status).toBe(200);
    expect(run.lines.of("end").map(({ req }) => req)).toEqual([2]);
    run.proxy.clearFaults();
    expect(namesIn(await held)).toEqual(["a", "b", "c"]);
    expect(run.lines.faults()).toEqual(["scripted", "fired 1", "removed"]);
  });

  it("passes a delayed request on by itself", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-delay", ms: 1 });
    expect((await run.call(LIST)).status).toBe(200);
    expect(run.lines.faults()).toEqual(["scripted", "fired 1"]);
  });

  it("forgets a stalled request whose agent leaves", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-stall" });
    const left = run.call(LIST);
    await run.lines.await("fault", ({ event }) => event === "fired");
    await run.agent[Symbol.asyncDispose]();
    await expect(left).rejects.toThrow();
    expect(await run.lines.await("end")).toMatchObject({ req: 1, status: 0, reason: "client" });
    run.proxy.clearFaults();
    expect(run.lines.faults()).toEqual(["scripted", "fired 1"]);
  });

  it("resets", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-reset", verb: "list" });
    await expect(run.call(LIST)).rejects.toThrow(protocol === "h2" ? "INTERNAL_ERROR" : "ECONNRESET");
    expect((await run.call(LIST)).status).toBe(200);
    expect(run.lines.of("end")[0]).toMatchObject({ req: 1, status: 0, reason: "fault" });
  });

  it("breaks an answer off in the middle, and the connection with it", async () => {
    const objects = [{ resource: "configmaps", object: configMap("big", { filler: "x".repeat(100_000) }) }];
    await using run = await setUp(protocol, { cluster: { objects } });
    const [whole] = [(await run.call(LIST)).body.length];
    run.proxy.addFault({ fault: "api-truncate" });
    const watch = await run.watch(LIST + "?watch=1");
    await watch.take(1);
    const cut = await run.watch(LIST); // read as it comes, so that what came is known
    await cut.rest();
    expect([cut.status, cut.endedCleanly]).toEqual([200, false]);
    expect(cut.received).toBe(whole >> 1);
    await run.lines.await("end", ({ req }) => req === 3);
    expect(run.lines.of("end").find(({ req }) => req === 3)).toMatchObject({ status: 200, reason: "fault" });
    expect(run.lines.of("page").map(({ req }) => req)).toEqual([1]);
    if (protocol === "h2") {
      await watch.rest();
      expect(watch.endedCleanly).toBe(false);
    }
  });

  it("lets the token of a further page expire", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-expire-continue" });
    run.proxy.addFault({ fault: "api-expire-continue", resumable: true });
    const first = await run.call(`${LIST}?limit=1`);
    const token = (first.json["metadata"] as { continue: string }).continue;
    const gone = await run.call(`${LIST}?limit=1&continue=${token}`);
    expect([gone.status, gone.json["reason"]]).toEqual([410, "Expired"]);
    expect(gone.json["metadata"]).toEqual({});
    const resumable = await run.call(`${LIST}?limit=1&continue=${token}`);
    const { continue: rest } = resumable.json["metadata"] as { continue: string };
    expect(resumable.status).toBe(410);
    expect(namesIn(await run.call(`${LIST}?continue=${rest}`))).toEqual(["b", "c"]);
    expect(run.lines.faults()).toEqual(["scripted", "scripted", "fired 2", "fired 3"]);
  });

  it("gives a list as it was, once it has seen one", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-stale-list" });
    expect(namesIn(await run.call(`${LIST}?resourceVersion=0`))).toEqual(["a", "b", "c"]);
    await run.cluster.create("configmaps", configMap("d"));
    expect(namesIn(await run.call(LIST))).toEqual(["a", "b", "c"]);
    expect(namesIn(await run.call(LIST))).toEqual(["a", "b", "c", "d"]);
    await run.lines.await("end", ({ req }) => req === 3);
    const pages = run.lines.of("page").map(({ resourceVersion, items }) => [resourceVersion, (items as unknown[]).length]);
    expect(pages).toEqual([["1004", 3], ["1004", 3], ["1006", 4]]); // prettier-ignore
    expect(run.lines.faults()).toEqual(["scripted", "fired 2"]);
  });

  it("tells the agent to go elsewhere", async () => {
    await using run = await setUp(protocol);
    const watch = await run.watch(WATCH);
    run.proxy.addFault({ fault: "api-goaway", verb: "list" });
    const answer = await run.call(LIST);
    expect([answer.status, answer.headers["connection"]]).toEqual([200, protocol === "h1" ? "close" : undefined]);
    // What is under way lives on, and the next request finds another connection.
    await run.cluster.patch("configmaps", { namespace: "default", name: "a" }, { data: { x: "y" } });
    expect((await watch.take(1)).map(told)).toEqual(["MODIFIED a"]);
    expect((await run.call(LIST)).status).toBe(200);
    watch.close();
  });

  it("cuts every connection, and takes new ones", async () => {
    await using run = await setUp(protocol);
    const watches = [await run.watch(WATCH), await run.watch(WATCH)];
    run.proxy.cutConnections();
    for (const watch of watches) {
      await watch.rest();
      expect(watch.endedCleanly).toBe(false);
    }
    expect((await run.call(LIST)).status).toBe(200);
    expect(run.lines.of("end").slice(0, 2)).toMatchObject([{ reason: "fault" }, { reason: "fault" }]);
    expect(run.lines.of("fault").map(({ fault, event }) => [fault, event])).toEqual([
      ['{"fault":"api-cut-connections"}', "scripted"],
      ['{"fault":"api-cut-connections"}', "fired"],
    ]);
  });
});

describe.each(PROTOCOLS)("faults of watches over %s", (protocol) => {
  const change = (run: Awaited<ReturnType<typeof setUp>>, name: string) =>
    run.cluster.patch("configmaps", { namespace: "default", name }, { data: { at: String(Math.random()) } });

  it("freezes one that is open, until the fault is cleared", async () => {
    await using run = await setUp(protocol);
    const frozen = await run.watch(WATCH);
    const other = await run.watch(WATCH);
    await change(run, "a");
    expect([...(await frozen.take(1)), ...(await other.take(1))].map(told)).toEqual(["MODIFIED a", "MODIFIED a"]);
    run.proxy.addFault({ fault: "api-freeze-watch", open: true });
    await change(run, "b");
    expect((await other.take(1)).map(told)).toEqual(["MODIFIED b"]);
    run.proxy.clearFaults();
    expect((await frozen.rest()).map(told)).toEqual([]);
    expect(frozen.endedCleanly).toBe(true);
    // Two watches are two streams: which of them is told of a change first is promised to nobody.
    const to = (watch: number) => run.lines.of("event").filter(({ req }) => req === watch);
    expect(to(1).map(({ item }) => (item as string[])[0])).toEqual(["uid-a"]);
    expect(to(2).map(({ item }) => (item as string[])[0])).toEqual(["uid-a", "uid-b"]);
    expect(await run.lines.await("end")).toMatchObject({ req: 1, status: 200, reason: "fault" });
    expect(run.lines.faults()).toEqual(["scripted", "fired 1", "removed"]);
    other.close();
  });

  it("freezes one that outlives the server's own", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-freeze-watch" });
    const frozen = await run.watch(`${WATCH}&timeoutSeconds=1`);
    const beside = await run.watch(`${WATCH}&timeoutSeconds=1`);
    await beside.rest();
    run.proxy.addFault({ fault: "api-end-watch", open: true });
    run.proxy.clearFaults();
    await frozen.rest();
    expect([frozen.status, frozen.endedCleanly]).toEqual([200, true]);
    expect(await run.lines.await("end", ({ req }) => req === 2)).toMatchObject({ reason: "timeout" });
    expect(await run.lines.await("end", ({ req }) => req === 1)).toMatchObject({ reason: "fault" });
  });

  it.each<[string, ApiFaultSpec, readonly string[], boolean]>([
    ["ends", { fault: "api-end-watch" }, [], true],
    ["breaks, with an ERROR", { fault: "api-error-event" }, ["ERROR 410 Expired"], true],
    ["breaks, with an ERROR of choice", { fault: "api-error-event", code: 500 }, ["ERROR 500 InternalError"], true],
    ["resets", { fault: "api-reset" }, [], false],
  ])("%s one that is open, and then one that is not", async (_name, spec, errors, cleanly) => {
    await using run = await setUp(protocol);
    const open = await run.watch(WATCH);
    run.proxy.addFault({ ...spec, open: true, verb: "watch", times: 2 });
    const ends = [await open.rest()];
    const next = await run.watch(WATCH).catch(() => undefined); // a reset leaves no answer
    if (next !== undefined) ends.push(await next.rest());
    for (const events of ends) {
      expect(events.map(({ type, object }) => [type, object["code"], object["reason"]].join(" "))).toEqual(errors);
    }
    expect([open.endedCleanly, next?.endedCleanly ?? false]).toEqual([cleanly, cleanly]);
    await run.lines.await("end", ({ req }) => req === 2);
    expect(run.lines.of("end").map(({ reason }) => reason)).toEqual(["fault", "fault"]);
    expect(run.lines.of("event").map(({ type, item }) => [type, item])).toEqual(
      ends.flatMap(() => errors.map(() => ["ERROR", undefined])),
    );
    expect(run.lines.faults()).toEqual(["scripted", "fired 1", "fired 2"]);
    const third = await run.watch(`${WATCH}&timeoutSeconds=1`);
    await third.rest();
    expect(third.endedCleanly).toBe(true);
  });

  it("swallows events, and delivers events twice", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-drop-event", count: 2 });
    run.proxy.addFault({ fault: "api-duplicate-event", type: "DELETED" });
    const watch = await run.watch(WATCH);
    for (const name of ["a", "b", "c"]) await change(run, name);
    await run.cluster.delete("configmaps", { namespace: "default", name: "a" });
    await run.cluster.delete("configmaps", { namespace: "default", name: "b" });
    expect((await watch.take(4)).map(told)).toEqual(["MODIFIED c", "DELETED a", "DELETED a", "DELETED b"]);
    watch.close();
    const written = run.lines.of("event").map(({ type, item }) => `${String(type)} ${(item as string[])[0]}`);
    expect(written).toEqual(["MODIFIED uid-c", "DELETED uid-a", "DELETED uid-a", "DELETED uid-b"]);
    expect(run.lines.faults()).toEqual(["scripted", "scripted", "fired 1", "fired 1"]);
  });

  it("waits with what it does to events until one comes, on whichever watch", async () => {
    await using run = await setUp(protocol);
    const quiet = await run.watch("/api/v1/namespaces?watch=1&resourceVersion=1005");
    const busy = await run.watch(WATCH);
    run.proxy.addFault({ fault: "api-drop-event", open: true });
    expect(run.lines.faults()).toEqual(["scripted"]);
    for (const name of ["a", "b"]) await change(run, name);
    expect((await busy.take(1)).map(told)).toEqual(["MODIFIED b"]);
    expect(run.lines.faults()).toEqual(["scripted", "fired 2"]);
    quiet.close();
    busy.close();
  });

  it("hits one that was asked for already, and is still on its way", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-delay", ms: 300, verb: "watch" });
    const opening = run.watch(WATCH);
    await run.lines.await("fault", ({ event }) => event === "fired");
    run.proxy.addFault({ fault: "api-duplicate-event", open: true });
    for (const name of ["a", "b"]) await change(run, name);
    const watch = await opening;
    expect((await watch.take(2)).map(told)).toEqual(["MODIFIED a", "MODIFIED a"]);
    expect(run.lines.faults()).toEqual(["scripted", "fired 1", "scripted", "fired 1"]);
    watch.close();
  });

  it("does nothing to a watch that the server refuses", async () => {
    await using run = await setUp(protocol);
    run.proxy.addFault({ fault: "api-end-watch" });
    expect((await run.call(`${LIST}?watch=1&resourceVersion=x`)).status).toBe(500);
    expect(run.lines.faults()).toEqual(["scripted"]);
    const watch = await run.watch(WATCH);
    await watch.rest();
    expect(run.lines.faults()).toEqual(["scripted", "fired 2"]);
  });
});
