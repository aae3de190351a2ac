import { loadMessage, type ServiceName } from "../proto/index.ts";
import { kubernetesClusterId } from "./contract/index.ts";
import type { UnaryHandler } from "./grpc/adapter.ts";
import { CODES, StatusError } from "./grpc/status.ts";

/** The handler of GetKubernetesClusterID: the id is a function of the CA's MD5 alone (protocol.md 5.5). `onGiven` hears of each id: its domain comes into being (2.7). */
export function createClusterIdHandler(service: ServiceName, onGiven: (clusterId: string) => void = () => {}): UnaryHandler {
  const request = loadMessage(service, "KubernetesClusterIDRequest");
  const response = loadMessage(service, "KubernetesClusterIDResponse");
  return (frame) => {
    const made = kubernetesClusterId(readMd5(frame));
    if ("clusterId" in made) onGiven(made.clusterId);
    return response.serialize("clusterId" in made ? { cluster_id: made.clusterId } : { error_msg: made.errorMsg });
  };

  function readMd5(frame: Buffer): string {
    try {
      return (request.deserialize(frame) as { ca_md5?: string }).ca_md5 ?? "";
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw new StatusError(CODES.internal, `grpc: error unmarshalling request: ${problem}`);
    }
  }
}
