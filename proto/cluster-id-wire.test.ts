import { describe, expect, it } from "vitest";
import { decodeClusterIdRequest, decodeClusterIdResponse } from "./cluster-id-wire.ts";
import { loadMessage, SERVICE_NAMES } from "./load.ts";
import { WireError } from "./wire.ts";

describe.each(SERVICE_NAMES.map((service) => [service] as const))("GetKubernetesClusterID of %s", (service) => {
  const request = loadMessage(service, "KubernetesClusterIDRequest");
  const response = loadMessage(service, "KubernetesClusterIDResponse");

  it("is read as it was written, and what was left out is absent", () => {
    const bytes = request.serialize({ ca_md5: "0123", team_id: "", kubernetes_cluster_name: "shop" });
    expect(decodeClusterIdRequest(bytes)).toEqual({ caMd5: "0123", teamId: "", clusterName: "shop" });
    expect(decodeClusterIdRequest(request.serialize({}))).toEqual({});
    expect(decodeClusterIdResponse(response.serialize({ cluster_id: "d-0" }))).toEqual({ clusterId: "d-0" });
    expect(decodeClusterIdResponse(response.serialize({ error_msg: "no" }))).toEqual({ errorMsg: "no" });
  });

  it("passes over unknown fields and known ones of another wire type", () => {
    expect(decodeClusterIdRequest(Buffer.from([0x08, 0x01, 0x7a, 0x01, 0x41]))).toEqual({});
  });

  it("refuses bytes that are no message", () => {
    expect(() => decodeClusterIdRequest(Buffer.from([0x0a, 0x05, 0x41]))).toThrow(WireError);
  });
});
