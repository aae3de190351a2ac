import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { afterEach, describe, expect, it } from "vitest";
import type { CallContext, CallObserver, Outcome, UnaryHandler } from "./adapter.ts";
import { type GrpcServer, startGrpcServer } from "./server.ts";
import { StatusError } from "./status.ts";

const PATH = "/test.Service/Method";
const raw = (bytes: Buffer) => bytes;

/** What the observer heard, and a way to wait for the end of a call. */
interface Heard {
  readonly ended: Outcome[];
  readonly arrived: string[];
  readonly failures: unknown[];
  readonly onEnd: Promise<Outcome>;
}

let server: GrpcServer;
let client: Client;
let heard: Heard;

async function start(handler: UnaryHandler, handlerLimitMs = 60_000): Promise<void> {
  let end: (outcome: Outcome) => void = () => {};
  const onEnd = new Promise<Outcome>((resolve) => (end = resolve));
  heard = { ended: [], arrived: [], failures: [], onEnd };
  const observer: CallObserver = {
    arrived: (context, frame) => void heard.arrived.push(`${context.call} ${context.path} ${frame.toString()}`),
    ended: (_context, outcome) => {
      heard.ended.push(outcome);
      end(outcome);
    },
    failed: (_context, error) => void heard.failures.push(error),
  };
  server = await startGrpcServer({
    host: "127.0.0.1",
    port: 0,
    methods: [{ path: PATH, handler, requestStream: false, responseStream: false }],
    observer,
    maxMessageBytes: 1_000,
    handlerLimitMs,
    onConnection: () => {},
  });
  client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
}

afterEach(async () => {
  client.close();
  await server.stop(0);
});

/** The answer's text, or `CODE: details`. */
function call(request = "hello", path = PATH, deadline = Infinity): Promise<string> {
  return new Promise((resolve) => {
    const answered = (error: ServiceError | null, answer?: Buffer) =>
      resolve(error ? `${status[error.code]}: ${error.details}` : String(answer));
    client.makeUnaryRequest(path, raw, raw, Buffer.from(request), new Metadata(), { deadline }, answered);
  });
}

describe("the handler adapter", () => {
  it.each<[string, UnaryHandler, string]>([
    ["gives bytes", (request) => Buffer.concat([request, Buffer.from(" there")]), "hello there"],
    ["gives no bytes at all", () => Buffer.alloc(0), ""],
    ["gives a promise", (request) => Promise.resolve(request), "hello"],
    ["throws a status", () => fail(new StatusError(5, "no such thing")), "NOT_FOUND: no such thing"],
    ["rejects with a status", () => Promise.reject(new StatusError(8, "full")), "RESOURCE_EXHAUSTED: full"],
    ["throws an error", () => fail(new Error("broken")), "UNKNOWN: broken"],
    ["rejects with an error", () => Promise.reject(new Error("broken")), "UNKNOWN: broken"],
  ])("answers once when the handler %s", async (_name, handler, expected) => {
    await start(handler);
    expect(await call()).toBe(expected);
    expect(heard.arrived).toEqual([`1 ${PATH} hello`]);
    expect(heard.ended).toHaveLength(1);
  });

  it("tells the mock's own faults from statuses", async () => {
    const broken = new Error("broken");
    await start((request) => fail(String(request) === "status" ? new StatusError(5, "") : broken));
    await call("status");
    expect(heard.failures).toEqual([]);
    await call("error");
    expect(heard.failures).toEqual([broken]);
  });

  it("gives up a handler that never answers", async () => {
    await start(() => new Promise(() => {}), 20);
    expect(await call()).toBe(`INTERNAL: the handler of ${PATH} did not answer within 20 ms`);
  });

  it("drops an answer that comes after the call was given up", async () => {
    let answer: (bytes: Buffer) => void = () => {};
    await start((request) => (String(request) === "late" ? new Promise((resolve) => (answer = resolve)) : request), 20);
    expect(await call("late")).toMatch(/^INTERNAL/);
    answer(Buffer.from("too late"));
    expect(await call("next")).toBe("next");
    expect(heard.ended.map((outcome) => outcome.code)).toEqual([status.INTERNAL, status.OK]);
  });

  it("tells the handler when its client leaves, and records that there was no answer", async () => {
    let context: CallContext | undefined;
    let entered: () => void = () => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    await start((_request, given) => {
      context = given;
      entered();
      return new Promise((_resolve, reject) => {
        given.signal.addEventListener("abort", () => reject(new Error("the handler noticed")));
      });
    });
    const leaving = client.makeUnaryRequest(PATH, raw, raw, Buffer.alloc(0), () => {});
    await inside;
    expect(context?.signal.aborted).toBe(false);
    expect(context?.peer).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(context?.timeLeftMs).toBeUndefined();
    leaving.cancel();
    expect((await heard.onEnd).code).toBe(status.CANCELLED);
    expect(context?.signal.aborted).toBe(true);
    expect(heard.failures).toEqual([]);
  });

  it("tells the handler how long its client waits", async () => {
    let left: number | undefined;
    await start((request, context) => {
      left = context.timeLeftMs;
      return request;
    });
    await call("x", PATH, Date.now() + 50_000);
    expect(left).toBeGreaterThan(40_000);
    expect(left).toBeLessThanOrEqual(50_000);
  });

  it("records a call whose client's deadline passed as such", async () => {
    await start(() => new Promise(() => {}));
    expect(await call("x", PATH, Date.now() + 100)).toMatch(/^DEADLINE_EXCEEDED/);
    expect((await heard.onEnd).code).toBe(status.DEADLINE_EXCEEDED);
  });

  it("ends open calls with UNAVAILABLE on shutdown", async () => {
    let entered: () => void = () => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    await start(() => {
      entered();
      return new Promise(() => {});
    });
    const open = call();
    await inside;
    expect(await server.stop(5_000)).toBe("drained");
    expect(await open).toBe("UNAVAILABLE: the server is shutting down");
  });

  it("refuses what is larger than the limit, in a Go server's words and on the record", async () => {
    await start((request) => request);
    expect(await call("x".repeat(1_001))).toBe("RESOURCE_EXHAUSTED: grpc: received message larger than max (1001 vs. 1000)");
    expect(await call("x".repeat(1_000))).toBe("x".repeat(1_000));
    expect(heard.ended.map((outcome) => outcome.code)).toEqual([status.RESOURCE_EXHAUSTED, status.OK]);
  });

  it.each([
    ["/other.Service/Method", "UNIMPLEMENTED: unknown service other.Service"],
    ["/agent.Synchronizer/Nonsense", "UNIMPLEMENTED: unknown method Nonsense for service agent.Synchronizer"],
    ["/nonsense", "UNIMPLEMENTED: unknown service /nonsense"],
  ])("lets a call to %s reach the record", async (path, expected) => {
    await start((request) => request);
    expect(await call("hello", path)).toBe(expected);
    expect(heard.arrived).toEqual([`1 ${path} hello`]);
  });
});

function fail(error: Error): never {
  throw error;
}
