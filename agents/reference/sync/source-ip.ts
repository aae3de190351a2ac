import { createSocket } from "node:dgram";
import { isIP } from "node:net";

/**
 * The local address from which the server is reached: what the routing table says for a datagram socket, which sends
 * nothing when it connects. Undefined where there is no route, or the name cannot be resolved.
 */
export async function findSourceIp(server: string): Promise<string | undefined> {
  const { hostname, port } = new URL(`tcp://${server}`);
  const host = hostname.replace(/^\[|\]$/g, "");
  return (await localAddress("udp4", host, Number(port))) ?? localAddress("udp6", host, Number(port));
}

async function localAddress(type: "udp4" | "udp6", host: string, port: number): Promise<string | undefined> {
  if (isIP(host) === (type === "udp4" ? 6 : 4)) return undefined;
  const socket = createSocket(type);
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.once("error", reject);
      socket.connect(port, host, (error?: Error) => (error ? reject(error) : resolve(socket.address().address)));
    });
  } catch {
    return undefined;
  } finally {
    socket.close();
  }
}
