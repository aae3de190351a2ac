import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

const ATTEMPTS = 5;

/** Another process has the port: kube-apiserver and etcd say so in their logs. */
const TAKEN = /address already in use/;

/**
 * Starts something that must be told its port beforehand: on a port that is free, and on another one where somebody else
 * was faster.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === ATTEMPTS || !TAKEN.test(String(error))) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
