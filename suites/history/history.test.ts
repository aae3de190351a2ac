import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { memorySink, openTranscript, parseTranscript, type RawLine, type Recorder } from "../../transcript/index.ts";
import { bytesField, encodeEntry, encodeEnvelope, encodeVersion } from "../checks/testing/wire.ts";
import { createHistoryReader } from "./index.ts";

const plan = { scenarios: [{ name: "first-snapshot", tenant: "a", clusterId: "d-1", agentId: 1 }] };
const SYNC = "/agent.Synchronizer/KubernetesAPISync";

/** Writes a transcript, reads it back, and gives the scenario of tenant a. */
function read(write: (recorder: Recorder) => void) {
  const sink = memorySink();
  const transcript = openTranscript(sink, () => 0);
  transcript.tenant("").record({ side: "run", kind: "header", format: 1, plan } as never);
  write(transcript.tenant("a"));
  const lines = [...parseTranscript(sink.text())];
  const reader = createHistoryReader();
  for (const line of lines) reader.push(line);
  return { lines, reader, history: reader.history(), scenario: reader.scenario("a") };
}

const line = (recorder: Recorder, side: string, kind: string, payload: object = {}) =>
  recorder.record({ side, kind, ...payload } as never);
const pod = (name: string, labels: object = {}) => ({ metadata: { uid: `u-${name}`, name, namespace: "shop", labels } });
const entry = (name: string) => encodeEntry({ type: "*v1.Pod", compressed: deflateSync(JSON.stringify(pod(name))) });
const envelope = encodeEnvelope({ clusterId: "d-1", version: 7n, agentId: 3, errorMsg: "" });

function request(recorder: Recorder, call: number, frame: readonly object[], path = SYNC): void {
  line(recorder, "rpc", "request", { call, path, peer: "p", frame });
}

describe("calls", () => {
  it("are read with their fields, where absent is not empty, and their entries", () => {
    const { scenario } = read((recorder) => {
      const digests = ["one", "two"].map((name) => recorder.blob(entry(name)));
      request(recorder, 1, [
        { base64: envelope.toString("base64") },
        { entries: recorder.blob(JSON.stringify(digests)), count: 2 },
      ]);
      line(recorder, "rpc", "answer", {
        call: 1,
        code: 0,
        base64: encodeVersion(7n).toString("base64"),
        row: "6",
        stored: "replaced",
      });
    });
    const call = scenario!.calls[0]!;
    expect(call).toMatchObject({
      call: 1,
      service: "agent",
      clusterId: "d-1",
      version: 7n,
      agentId: 3,
      errorMsg: "",
      accepted: true,
    });
    expect("sourceIp" in call).toBe(false);
    expect(call.entries.map(({ objects }) => (objects[0]!["metadata"] as { name: string }).name)).toEqual(["one", "two"]);
    expect(call.byteLength).toBe(Buffer.concat([envelope, bytesField(10, entry("one")), bytesField(10, entry("two"))]).length);
    expect(call.answer).toMatchObject({ code: 0, version: 7n, row: "6" });
  });

  it("have the same hash exactly where their entries are the same, whole frames included", () => {
    const { scenario } = read((recorder) => {
      const list = (names: string[]) => recorder.blob(JSON.stringify(names.map((name) => recorder.blob(entry(name)))));
      const base64 = envelope.toString("base64");
      request(recorder, 1, [{ base64 }, { entries: list(["one", "two"]), count: 2 }]);
      request(recorder, 2, [{ base64 }, { entries: list(["one", "two"]), count: 2 }]);
      request(recorder, 3, [{ base64 }, { entries: list(["two", "one"]), count: 2 }]);
      request(recorder, 4, [{ base64 }, { entries: list(["one"]), count: 1 }, { entries: list(["two"]), count: 1 }]);
      request(recorder, 5, [
        { blob: recorder.blob(Buffer.concat([envelope, bytesField(10, entry("one")), bytesField(10, entry("two"))])) },
      ]);
      request(recorder, 6, [{ base64 }]);
    });
    const hashes = scenario!.calls.map(({ entriesHash }) => entriesHash);
    expect(new Set([hashes[0], hashes[1], hashes[3], hashes[4]]).size).toBe(1);
    expect(hashes[2]).not.toBe(hashes[0]);
    expect(hashes[5]).toBeUndefined();
    expect(scenario!.calls[4]!.entries).toHaveLength(2);
  });

  it.each([
    ["6", "replaced", true],
    ["9", "replaced", true],
    ["9", "refreshed", true],
    ["8", "refreshed", false],
    ["8", "replaced", true],
    ["1", "dropped", false],
  ])("of row %s, %s, are accepted: %s", (row, stored, accepted) => {
    const { scenario } = read((recorder) => {
      const entries = recorder.blob(JSON.stringify([recorder.blob(entry("one"))]));
      request(recorder, 1, [{ base64: envelope.toString("base64") }, { entries, count: 1 }]);
      line(recorder, "rpc", "answer", { call: 1, code: 0, row, stored });
    });
    expect(scenario!.calls[0]!.accepted).toBe(accepted);
  });

  it("are told apart by the party whose connection they came by; what the harness wrote is nobody's", () => {
    const { scenario } = read((recorder) => {
      const from = (call: number, peer: string) =>
        line(recorder, "rpc", "request", { call, path: SYNC, peer, frame: [{ base64: envelope.toString("base64") }] });
      line(recorder, "run", "party", { party: "replica-2", peer: "127.0.0.1:2" });
      line(recorder, "run", "party", { party: "other-writer", peer: "127.0.0.1:3" });
      from(1, "127.0.0.1:1");
      from(2, "127.0.0.1:2");
      from(3, "127.0.0.1:3");
      line(recorder, "rpc", "answer", { call: 3, code: 0, row: "6", stored: "replaced" });
    });
    expect(scenario!.calls.map(({ call, replica }) => [call, replica])).toEqual([
      [1, undefined],
      [2, 2],
    ]);
    expect(scenario!.foreignCalls.map(({ call, answer }) => [call, answer?.row])).toEqual([[3, "6"]]);
  });

  it("that were refused unread are known by their answers alone", () => {
    const { scenario } = read((recorder) => {
      line(recorder, "rpc", "answer", { call: 1, code: 8, details: "too large", path: SYNC, peer: "p" });
      line(recorder, "rpc", "answer", { call: 2, code: 0 });
    });
    expect(scenario!.refusedCalls).toMatchObject([{ call: 1, path: SYNC, code: 8, details: "too large" }]);
  });

  it("that cannot be read, and other methods, stand apart", () => {
    const { scenario, history } = read((recorder) => {
      request(recorder, 1, [{ base64: Buffer.from([0x0a, 0x7f]).toString("base64") }]);
      request(recorder, 2, [], "/agent.Synchronizer/GetKubernetesClusterID");
      line(recorder, "rpc", "answer", { call: 2, code: 12 });
    });
    expect(scenario!.calls).toEqual([]);
    expect(scenario!.otherCalls.map(({ path, code, problem }) => [path.split("/").at(-1), code, problem !== undefined])).toEqual([
      ["KubernetesAPISync", undefined, true],
      ["GetKubernetesClusterID", 12, false],
    ]);
    expect(history.troubles).toEqual([]);
  });
});

describe("the API side", () => {
  it("knows every form of every object, and when it went", () => {
    const { scenario } = read((recorder) => {
      const item = (version: string, labels: object) => ["u-web", version, recorder.blob(JSON.stringify(pod("web", labels)))];
      line(recorder, "api", "state", { resource: "pods", resourceVersion: "5", items: [item("1", {})] });
      line(recorder, "api", "commit", {
        change: "modified",
        resource: "pods",
        namespace: "shop",
        name: "web",
        item: item("6", { a: "b" }),
      });
      line(recorder, "api", "commit", {
        change: "deleted",
        resource: "pods",
        namespace: "shop",
        name: "web",
        item: item("7", { a: "b" }),
      });
      line(recorder, "api", "commit", {
        change: "created",
        resource: "secrets",
        namespace: "shop",
        name: "key",
        item: ["u-key", "8", null],
      });
    });
    const web = scenario!.api.objects.get("u-web")!;
    expect([web.resource, web.namespace, web.name]).toEqual(["pods", "shop", "web"]);
    expect(
      web.forms.map(({ resourceVersion, object }) => [resourceVersion, (object!["metadata"] as { labels: object }).labels]),
    ).toEqual([
      ["1", {}],
      ["6", { a: "b" }],
    ]);
    expect(web.deleted?.seq).toBeGreaterThan(web.forms[1]!.seq);
    expect(scenario!.api.objects.get("u-key")!.forms[0]).not.toHaveProperty("object");
  });

  it("keeps pages and events with the request that they belong to", () => {
    const { scenario } = read((recorder) => {
      line(recorder, "api", "request", {
        req: 1,
        method: "GET",
        verb: "watch",
        path: "/api/v1/pods?watch=1",
        resource: "pods",
        protocol: "HTTP/2",
      });
      line(recorder, "api", "request", {
        req: 2,
        method: "GET",
        verb: "list",
        path: "/api/v1/pods",
        resource: "pods",
        protocol: "HTTP/2",
      });
      line(recorder, "api", "page", {
        req: 2,
        resource: "pods",
        resourceVersion: "5",
        more: true,
        items: [["u-web", "1", null]],
      });
      line(recorder, "api", "event", {
        req: 1,
        resource: "pods",
        type: "BOOKMARK",
        item: ["", "6", null],
        initialEventsEnd: true,
      });
      line(recorder, "api", "end", { req: 2, status: 200, reason: "complete" });
    });
    const [watch, list] = scenario!.api.requests;
    expect(watch!.events).toMatchObject([{ type: "BOOKMARK", initialEventsEnd: true }]);
    expect(watch!.events[0]).not.toHaveProperty("uid");
    expect(list!.pages).toMatchObject([{ more: true, uids: ["u-web"] }]);
    expect(list!.ended).toMatchObject({ status: 200, reason: "complete" });
  });
});

describe("a reader", () => {
  it("shows one scenario that grows while lines come", () => {
    const { lines } = read((recorder) => {
      line(recorder, "run", "scenario-started", { scenario: "first-snapshot" });
      line(recorder, "run", "step", { step: "quiet", event: "began" });
      line(recorder, "run", "step", { step: "quiet", event: "ended", satisfied: false, note: "late" });
      line(recorder, "agent", "started", { life: 1, pid: 5, command: ["x"] });
      line(recorder, "agent", "signalled", { life: 1, signal: "SIGTERM" });
      line(recorder, "agent", "exited", { life: 1, code: 0, signal: null });
    });
    const reader = createHistoryReader();
    expect(reader.scenario("a")).toBeUndefined();
    for (const each of lines.slice(0, 3)) reader.push(each);
    const scenario = reader.scenario("a")!;
    expect(scenario.steps).toMatchObject([{ step: "quiet" }]);
    expect(scenario.steps[0]!.ended).toBeUndefined();
    for (const each of lines.slice(3)) reader.push(each);
    expect(reader.scenario("a")).toBe(scenario);
    expect(scenario.steps[0]).toMatchObject({ note: "late", ended: { satisfied: false } });
    expect(scenario.agent.lives).toMatchObject([{ life: 1, signals: [{ signal: "SIGTERM" }], exited: { code: 0 } }]);
  });

  it.each([
    ["an answer without a code", { side: "rpc", kind: "answer", call: 1 }, true],
    ["a request without a call", { side: "rpc", kind: "request", path: SYNC, frame: [] }, true],
    [
      "a page of no request",
      { side: "api", kind: "page", req: 9, resource: "pods", resourceVersion: "1", more: false, items: [] },
      true,
    ],
    ["an item that is none", { side: "api", kind: "state", resource: "pods", resourceVersion: "1", items: ["u"] }, true],
    ["a blob of nothing", { side: "run", kind: "blob", sha256: "x" }, true],
    ["a kind that is not known yet", { side: "rpc", kind: "new-kind" }, false],
    ["the end of an unknown life", { side: "agent", kind: "exited", life: 4, code: 0, signal: null }, false],
  ])("passes over %s", (_name, broken, isTrouble) => {
    const { lines } = read((recorder) => {
      request(recorder, 1, [{ base64: envelope.toString("base64") }]);
      line(recorder, "rpc", "reset");
    });
    const reader = createHistoryReader();
    for (const each of [...lines.slice(0, 2), { seq: 90, t: 1, tenant: "a", ...broken } as RawLine, ...lines.slice(2)])
      reader.push(each);
    expect(reader.scenario("a")!.resets).toHaveLength(1);
    expect(reader.history().troubles.map(({ blame }) => blame)).toEqual(isTrouble ? ["harness"] : []);
  });

  it("says what is missing when somebody looks at bytes that are not there", () => {
    const { scenario } = read((recorder) => request(recorder, 1, [{ entries: "ff", count: 1 }]));
    expect(() => scenario!.calls[0]!.entries).toThrow("does not stand in it");
  });
});

it("orders the forms of an object by version, though one became known late", () => {
  const { scenario } = read((recorder) => {
    const commit = (change: string, version: string) => {
      const item = ["u-web", version, recorder.blob(JSON.stringify(pod("web", { version })))];
      line(recorder, "api", "commit", { change, resource: "pods", namespace: "shop", name: "web", item });
    };
    commit("created", "5");
    commit("modified", "11");
    commit("modified", "9");
    commit("deleted", "12");
  });
  const life = scenario!.api.objects.get("u-web");
  expect(life!.forms.map(({ resourceVersion }) => resourceVersion)).toEqual(["5", "9", "11"]);
  expect(life!.deleted).toBeDefined();
});

describe("faults that are alike", () => {
  const fault = (recorder: Recorder, event: string, call?: number) =>
    line(recorder, "rpc", "fault", { fault: '{"fault":"drop"}', event, ...(call === undefined ? {} : { call }) });

  it("fire in the order in which they were scripted, each as often as it may", () => {
    const { scenario } = read((recorder) => {
      fault(recorder, "scripted");
      fault(recorder, "scripted");
      fault(recorder, "fired", 3);
      fault(recorder, "fired", 5);
    });
    expect(scenario?.faults.map(({ hits }) => hits.map(({ call }) => call))).toEqual([[3], [5]]);
  });

  it("are taken away one by one where none of them fired", () => {
    const { scenario } = read((recorder) => {
      fault(recorder, "scripted");
      fault(recorder, "scripted");
      fault(recorder, "fired", 3);
      fault(recorder, "removed");
    });
    expect(scenario?.faults.map(({ fired, removed }) => [fired !== undefined, removed !== undefined])).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});
