import { askDocker } from "./commands.ts";

const NETWORK = "kind";
const DESKTOP = "host.docker.internal";

/**
 * By what address the containers and pods of kind clusters reach this host: the gateway of their network; Docker Desktop,
 * whose containers run in a machine of their own, has a name for it. Undefined where the network has no IPv4 gateway.
 */
export async function findHostAddress(signal?: AbortSignal): Promise<string | undefined> {
  const system = await askDocker(["info", "--format", "{{.OperatingSystem}}"], signal);
  if (system.includes("Docker Desktop")) return DESKTOP;
  const told = await askDocker(["network", "inspect", NETWORK, "--format", "{{json .IPAM.Config}}"], signal);
  return gatewayIn(JSON.parse(told));
}

/** The IPv4 gateway among the address ranges of a Docker network; the first address of a range that names none. */
export function gatewayIn(ranges: unknown): string | undefined {
  for (const range of Array.isArray(ranges) ? (ranges as readonly { Gateway?: string; Subnet?: string }[]) : []) {
    const { Gateway: gateway, Subnet: subnet = "" } = range;
    if (gateway !== undefined && /^\d+\.\d+\.\d+\.\d+$/.test(gateway)) return gateway;
    const first = /^(?<net>\d+\.\d+\.\d+)\.0\/\d+$/.exec(subnet)?.groups?.["net"];
    if (gateway === undefined && first !== undefined) return `${first}.1`;
  }
  return undefined;
}
