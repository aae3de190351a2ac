import { createSocket } from "node:dgram";
import { isIP } from "node:net";

/**
 * The local address from which the server is reached: what the routing table says for a datagram socket, which sends
 * nothing when it connects. Undefined where there is no route, or the name cannot be resolved.
 */
export async function findSourceIp(server: string): Promise<string | undefined> {
  const { hostname, port } = new URL(`tcp://${server}`);
  const host = hostname.replace(/^\[|\]$/g, "");
  const socket = createSocket(isIP(host) === 6 ? "udp6" : "udp4");
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.once("error", reject);
      socket.connect(Number(port), host, () => resolve(socket.address().address));
    });
  } catch {
    return undefined;
  } finally {
    socket.close();
  }
}
