import { WIRE_BYTES, WireReader } from "./reader.ts";

/** A `KubernetesClusterIDRequest` as it was on the wire (protocol.md 1.4). An absent field is a missing key. */
export interface ClusterIdRequest {
  readonly caMd5?: string;
  readonly teamId?: string;
  readonly clusterName?: string;
}

/** A `KubernetesClusterIDResponse` as it was on the wire. */
export interface ClusterIdResponse {
  readonly errorMsg?: string;
  readonly clusterId?: string;
}

/** Reads a request of either service. @throws WireError where the bytes are not a protobuf message */
export function decodeClusterIdRequest(bytes: Uint8Array): ClusterIdRequest {
  return readTexts(bytes, { 1: "caMd5", 2: "teamId", 46: "clusterName" });
}

/** Reads an answer of either service. @throws WireError where the bytes are not a protobuf message */
export function decodeClusterIdResponse(bytes: Uint8Array): ClusterIdResponse {
  return readTexts(bytes, { 1: "errorMsg", 2: "clusterId" });
}

/** The string fields of a message by name; the last one of a repeated field wins, unknown ones are passed over. */
function readTexts(bytes: Uint8Array, names: Readonly<Record<number, string>>): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  const reader = new WireReader(bytes);
  while (reader.next()) {
    const name = names[reader.field];
    if (name === undefined || reader.wireType !== WIRE_BYTES) reader.skip();
    else texts[name] = reader.text();
  }
  return texts;
}
