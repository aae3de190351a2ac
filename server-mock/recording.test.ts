import { deflateSync } from "node:zlib";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { connectSynchronizer, encodeSyncResponse } from "../proto/index.ts";
import { memorySink, openTranscript, parseTranscript, type RawLine, sha256 } from "../transcript/index.ts";
import {
  decodeSyncRequest,
  type FrameSegment,
  type MockServer,
  type MockServerOptions,
  readFrame,
  startMockServer,
} from "./index.ts";
import { recordFrame } from "./recording.ts";

const PATH = "/agent.Synchronizer/KubernetesAPISync";
const raw = (bytes: Buffer) => bytes;
const pod = { type: "*v1.Pod", compressedInfo: deflateSync("{}") };

let mock: MockServer | undefined;
afterEach(async () => {
  await mock?.stop();
});

async function start(options: MockServerOptions = {}) {
  const sink = memorySink();
  const transcript = openTranscript(sink, () => 0);
  mock = await startMockServer({ ...options, recorder: transcript.tenant("t") });
  const lines = () => [...parseTranscript(sink.text())];
  const events = () => lines().filter((line) => line.kind !== "blob" && line.kind !== "connection");
  return { address: mock.address, lines, events };
}

function blobsOf(lines: readonly RawLine[]): (digest: string) => Buffer {
  const blobs = new Map(lines.filter((line) => line.kind === "blob").map((line) => [line["sha256"], line]));
  return (digest) => {
    const line = blobs.get(digest);
    if (!line) throw new Error(`no blob ${digest}`);
    return typeof line["text"] === "string" ? Buffer.from(line["text"]) : Buffer.from(String(line["base64"]), "base64");
  };
}

async function send(address: string, frame: Buffer): Promise<unknown> {
  const client = new Client(address, credentials.createInsecure(), { "grpc.max_send_message_length": -1 });
  return new Promise((resolve) => {
    client.makeUnaryRequest(PATH, raw, raw, frame, new Metadata(), (error, answer) => {
      client.close();
      resolve(error ?? answer);
    });
  });
}

describe("recordFrame", () => {
  it("loses no byte, be the frame protobuf or not", () => {
    const message = fc.record({ type: fc.string(), compressedInfo: fc.uint8Array() });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.array(message, { maxLength: 4 }), (noise, entries) => {
        const encoded = entries.map(({ type, compressedInfo }) => {
          const text = Buffer.from(type);
          const body = Buffer.concat([
            Buffer.from([0x0a, text.length]),
            text,
            Buffer.from([0x1a, compressedInfo.length]),
            compressedInfo,
          ]);
          return Buffer.concat([Buffer.from([0x52, body.length]), body]);
        });
        for (const frame of [Buffer.from(noise), Buffer.concat(encoded), Buffer.concat([...encoded, noise])]) {
          const sink = memorySink();
          const segments = recordFrame(openTranscript(sink, () => 0).tenant("t"), frame);
          expect(readFrame(segments, blobsOf([...parseTranscript(sink.text())])).equals(frame)).toBe(true);
        }
      }),
    );
  });
});

describe("the transcript of a mock", () => {
  it("tells listening, each request and its answer, with every entry once", async () => {
    const { address, lines, events } = await start();
    const client = connectSynchronizer({ address, service: "agent" });
    await client.kubernetesApiSync({ clusterId: "c", version: 1n, agentId: 1, entries: [pod, pod] });
    await client.kubernetesApiSync({ clusterId: "c", version: 2n, agentId: 1, entries: [pod, pod] });
    await client.kubernetesApiSync({ clusterId: "c" });
    client.close();

    const peer = expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string;
    const list = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(events().map(({ seq: _seq, t: _t, tenant: _tenant, side: _side, ...event }) => event)).toMatchObject([
      { kind: "listening", address, target: "v7.1" },
      {
        kind: "request",
        call: 1,
        path: PATH,
        peer,
        frame: [{ base64: expect.any(String) as string }, { entries: list, count: 2 }],
      },
      { kind: "answer", call: 1, code: 0, base64: encodeSyncResponse(1n).toString("base64"), row: "6", stored: "replaced" },
      { kind: "request", call: 2 },
      { kind: "answer", call: 2, code: 0, base64: encodeSyncResponse(2n).toString("base64"), row: "6" },
      { kind: "request", call: 3, frame: [{ base64: Buffer.from("\n\u0001c").toString("base64") }] },
      { kind: "answer", call: 3, code: 0, base64: "", row: "1", stored: "dropped" },
    ]);
    expect(lines().filter((line) => line.kind === "blob")).toHaveLength(2);
    const frames = events().flatMap((event) => (event.kind === "request" ? [event["frame"] as FrameSegment[]] : []));
    const requests = frames.map((frame) => decodeSyncRequest(readFrame(frame, blobsOf(lines()))));
    expect(requests.map((request) => [request.version, request.agentId, request.entries.length])).toEqual([
      [1n, 1, 2],
      [2n, 1, 2],
      [undefined, undefined, 0],
    ]);
    const listed = frames[0]?.[1] as { entries: string };
    expect(JSON.parse(blobsOf(lines())(listed.entries).toString())).toEqual(requests[0]?.entries.map((entry) => sha256(entry)));
  });

  it("tells resets, the clock, faults and connections", async () => {
    const { address, lines, events } = await start();
    mock?.addFault({ fault: "answer-version", version: 2n ** 64n - 1n });
    mock?.reset("c");
    mock?.reset();
    mock?.advanceClock(5);
    const client = connectSynchronizer({ address, service: "agent" });
    await client.kubernetesApiSync({ clusterId: "c", version: 1n, agentId: 1, entries: [pod] });
    mock?.addFault({ fault: "drop" });
    mock?.clearFaults();
    client.close();
    await mock?.stop();
    const told = events().map((event) => [
      event.kind,
      event["event"] ?? event["cluster"] ?? event["advancedMs"] ?? event["call"],
    ]);
    expect(told).toEqual([
      ["listening", undefined],
      ["fault", "scripted"],
      ["reset", "c"],
      ["reset", undefined],
      ["clock", 5],
      ["request", 1],
      ["fault", "fired"],
      ["answer", 1],
      ["fault", "scripted"],
      ["fault", "removed"],
    ]);
    expect(events()[1]?.["fault"]).toBe('{"fault":"answer-version","version":"18446744073709551615"}');
    expect(lines().flatMap((line) => (line.kind === "connection" ? [line["event"]] : []))).toEqual(["opened", "closed"]);
  });

  it("keeps a frame that is no protobuf, with the answer that a Go server gives", async () => {
    const { address, lines, events } = await start();
    await send(address, Buffer.from("not protobuf"));
    const [, request, answer] = events();
    expect(readFrame(request?.["frame"] as FrameSegment[], blobsOf(lines())).toString()).toBe("not protobuf");
    expect(answer).toMatchObject({ call: 1, code: 13 });
    expect(answer?.["details"]).toMatch(/^grpc: error unmarshalling request: .* at byte \d+$/);
    expect(answer).not.toHaveProperty("row");
  });

  it("tells of a request that was too large, without its bytes", async () => {
    const { address, events } = await start({ maxMessageBytes: 1_000 });
    await send(address, Buffer.alloc(1_001));
    expect(events().slice(1)).toMatchObject([{ kind: "answer", call: 1, code: 8, path: PATH }]);
  });
});
