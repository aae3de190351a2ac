import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMessage, SERVICE_NAMES, type ServiceName } from "./load.ts";
import {
  decodeApiInfo,
  decodeSyncRequest,
  decodeSyncResponse,
  encodeSyncResponse,
  joinFrame,
  splitFrame,
  WireError,
} from "./wire.ts";

const utf8 = fc.string({ unit: "binary" });
const entry = fc.record(
  { type: utf8, info: utf8, compressed_info: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { requiredKeys: [] },
);
const request = fc.record(
  {
    cluster_id: utf8,
    version: fc.bigInt(0n, 2n ** 64n - 1n),
    error_msg: utf8,
    id: fc.nat(2 ** 32 - 1),
    source_ip: utf8,
    team_id: utf8,
    entries: fc.array(entry, { maxLength: 5 }),
  },
  { requiredKeys: [] },
);

type Message = Record<string, unknown> & { version?: bigint; id?: number; entries?: object[] };

function encode(service: ServiceName, message: Message): Buffer {
  const { id, version, ...rest } = message;
  const wire = {
    ...rest,
    ...(version !== undefined && { version: version.toString() }),
    ...(id !== undefined && { [service === "trident" ? "vtap_id" : "agent_id"]: id }),
  };
  return loadMessage(service, "KubernetesAPISyncRequest").serialize(wire);
}

describe("decodeSyncRequest", () => {
  it.each(SERVICE_NAMES)("reads what the %s codec wrote, and what is absent stays absent", (service) => {
    fc.assert(
      fc.property(request, (message: Message) => {
        const { entries, ...fields } = decodeSyncRequest(encode(service, message));
        expect(fields).toEqual(
          Object.fromEntries(
            Object.entries({
              clusterId: message["cluster_id"],
              version: message.version,
              errorMsg: message["error_msg"],
              agentId: message.id,
              sourceIp: message["source_ip"],
              teamId: message["team_id"],
            }).filter(([, value]) => value !== undefined),
          ),
        );
        expect(entries.map(decodeApiInfo)).toEqual(
          (message.entries ?? []).map((info) => {
            const { compressed_info: compressedInfo, ...rest } = info as { compressed_info?: Buffer };
            return { ...rest, ...(compressedInfo && { compressedInfo }) };
          }),
        );
      }),
    );
  });

  it("keeps 64 bits exact", () => {
    expect(decodeSyncRequest(Buffer.from("10ffffffffffffffffff01", "hex")).version).toBe(2n ** 64n - 1n);
  });

  it("lets the last of a repeated scalar win, and passes over unknown fields and groups", () => {
    const bytes = Buffer.concat([
      Buffer.from("0a0161", "hex"),
      Buffer.from("9b0108019c01", "hex"), // group 19 with field 1
      Buffer.from("f901", "hex"),
      Buffer.alloc(8), // fixed64 field 31
      Buffer.from("0a0162", "hex"),
      Buffer.from("1500000000", "hex"), // field 2 as fixed32
    ]);
    expect(decodeSyncRequest(bytes)).toEqual({ clusterId: "b", entries: [] });
  });

  it.each([
    ["a cut varint", "10ff", 1],
    ["a varint of 65 bits", "10ffffffffffffffffff02", 1],
    ["a length past the end", "0a0561", 1],
    ["field number 0", "0000", 0],
    ["wire type 7", "0f", 0],
    ["an unopened group", "0c", 0],
    ["an unclosed group", "0b0801", 3],
    ["a crossed group", "0b14", 1],
    ["a cut fixed32", "150000", 1],
    ["plain text", Buffer.from("{}").toString("hex"), 2],
  ])("names the byte where it stops being protobuf: %s", (_name, hex, offset) => {
    const read = () => decodeSyncRequest(Buffer.from(hex, "hex"));
    expect(read).toThrow(WireError);
    expect(read).toThrow(`at byte ${offset}`);
  });

  it("refuses groups nested without end instead of running out of stack", () => {
    expect(() => decodeSyncRequest(Buffer.alloc(1_000_000, 0x0b))).toThrow("nested too deep");
  });
});

describe("splitFrame", () => {
  it("gives back the exact bytes, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          request.map((message: Message) => encode("agent", message)),
        ),
        (frame) => {
          const { segments, entries } = splitFrame(frame);
          expect(joinFrame(segments, entries).equals(frame)).toBe(true);
        },
      ),
    );
  });

  it("cuts runs of entries, with what stands between them", () => {
    const frame = Buffer.from("0a0161 5203 0a0178 5200 1005 5200 3001".replaceAll(" ", ""), "hex");
    const { segments, entries } = splitFrame(frame);
    expect(segments).toEqual([
      { bytes: frame.subarray(0, 3) },
      { entries: 2 },
      { bytes: frame.subarray(10, 12) },
      { entries: 1 },
      { bytes: frame.subarray(14) },
    ]);
    expect(entries).toEqual([Buffer.from("0a0178", "hex"), Buffer.alloc(0), Buffer.alloc(0)]);
    expect(entries).toEqual(decodeSyncRequest(frame).entries);
  });

  it.each([
    ["an entry's length in more bytes than it needs", "52810061"],
    ["an entry's tag in more bytes than it needs", "d2000161"],
    ["no protobuf at all", "5205"],
  ])("keeps a frame whole that has %s", (_name, hex) => {
    const frame = Buffer.from(hex, "hex");
    expect(splitFrame(frame)).toEqual({ segments: [{ bytes: frame }], entries: [] });
  });

  it("says so where entries are missing", () => {
    expect(() => joinFrame([{ entries: 2 }], [Buffer.alloc(0)])).toThrow(RangeError);
  });
});

describe("encodeSyncResponse", () => {
  it("writes what the codec writes, and nothing for no version", () => {
    const codec = loadMessage("agent", "KubernetesAPISyncResponse");
    fc.assert(
      fc.property(fc.option(fc.bigInt(0n, 2n ** 64n - 1n), { nil: undefined }), (version) => {
        const bytes = encodeSyncResponse(version);
        expect(bytes.equals(codec.serialize(version === undefined ? {} : { version: version.toString() }))).toBe(true);
        expect(decodeSyncResponse(bytes)).toEqual(version === undefined ? {} : { version });
      }),
    );
  });
});
