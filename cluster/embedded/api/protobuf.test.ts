import { describe, expect, it } from "vitest";
import { decodeProtobuf } from "./protobuf.ts";

function field(number: number, content: Buffer | string | number): Buffer {
  if (typeof content === "number") return Buffer.from([(number << 3) | 0, content]);
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

function message(kind: string, apiVersion: string, raw: Buffer): Buffer {
  const type = Buffer.concat([field(1, apiVersion), field(2, kind)]);
  return Buffer.concat([Buffer.from("k8s\0"), field(1, type), field(2, raw)]);
}

describe("protobuf bodies of Go clients", () => {
  it("reads a Lease", () => {
    const label = Buffer.concat([field(1, "app"), field(2, "agent")]);
    const metadata = Buffer.concat([field(1, "lock"), field(3, "default"), field(5, ""), field(11, label)]);
    const renewTime = Buffer.concat([Buffer.from([0x08, 0x80, 0xa3, 0xa2, 0xc1, 0x06]), Buffer.from([0x10, 0xc0, 0x84, 0x3d])]);
    const spec = Buffer.concat([field(1, ""), field(2, 15), field(4, renewTime), field(5, 0)]);
    const body = message("Lease", "coordination.k8s.io/v1", Buffer.concat([field(1, metadata), field(2, spec)]));
    expect(decodeProtobuf(body)).toEqual({
      kind: "Lease",
      apiVersion: "coordination.k8s.io/v1",
      metadata: { name: "lock", namespace: "default", labels: { app: "agent" } },
      spec: { holderIdentity: "", leaseDurationSeconds: 15, renewTime: "2025-05-17T13:39:12.001000Z", leaseTransitions: 0 },
    });
  });

  it("reads an access review and DeleteOptions", () => {
    const attributes = Buffer.concat([field(2, "list"), field(5, "pods")]);
    const review = message("SelfSubjectAccessReview", "authorization.k8s.io/v1", field(2, field(1, attributes)));
    expect(decodeProtobuf(review)).toMatchObject({ spec: { resourceAttributes: { verb: "list", resource: "pods" } } });
    const options = message("DeleteOptions", "v1", field(2, field(1, "a-uid")));
    expect(decodeProtobuf(options)).toMatchObject({ preconditions: { uid: "a-uid" } });
  });

  it("does not pretend to understand other kinds", () => {
    expect(decodeProtobuf(message("Pod", "v1", Buffer.of()))).toBeUndefined();
    expect(decodeProtobuf(message("constructor", "v1", Buffer.of()))).toBeUndefined();
  });

  it.each([
    ["no magic number", Buffer.from("{}")],
    ["cut short", message("Lease", "v1", field(1, "x")).subarray(0, -1)],
    ["a group", Buffer.concat([Buffer.from("k8s\0"), Buffer.from([0x0b])])],
    ["an endless number", Buffer.concat([Buffer.from("k8s\0"), Buffer.alloc(20, 0xff)])],
  ])("refuses %s", (_what, body) => {
    expect(() => decodeProtobuf(body)).toThrow(RangeError);
  });
});
