import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { listenError } from "../grpc/listener.ts";
import type { ControlledServer, Meters } from "../start.ts";
import { createControlApp } from "./app.ts";

/** The control API on a port of its own. */
export interface Control {
  /** `http://host:port` */
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws MockServerError where the address cannot be had */
export async function startControl(
  server: ControlledServer,
  meters: Meters,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Control> {
  const listener = getRequestListener(createControlApp(server, meters).fetch);
  const http = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    http.listen({ host, port }, resolve);
  });
  const address = http.address();
  const bound = address === null || typeof address === "string" ? port : address.port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
