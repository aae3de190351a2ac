import { isIPv6 } from "node:net";
import { servingCertificate } from "../tls/certificates.ts";
import { FaultDesk } from "./fault-desk.ts";
import { ProxyRecording } from "./recording.ts";
import { serve } from "./serve.ts";
import { ProxyServer } from "./server.ts";
import { StaleLists } from "./stale-lists.ts";
import type { ApiProxy, ApiProxyOptions } from "./types.ts";
import { UpstreamClient } from "./upstream.ts";
import { WholeLists } from "./whole-lists.ts";

const EVERYWHERE = new Set(["0.0.0.0", "::"]);

/**
 * Starts a proxy between an agent and a Kubernetes API server, on a free port. It speaks HTTP/2 and HTTP/1.1 over TLS, passes
 * everything on with the agent's own credentials (or reads alone, with those that it is lent), records what the agent asks and is
 * given, and breaks what it is told to.
 */
export async function startApiProxy(options: ApiProxyOptions): Promise<ApiProxy> {
  const { recorder, sightings, listenHost = "127.0.0.1", hosts = [], seed = 1, onTrouble = () => {} } = options;
  const own = EVERYWHERE.has(listenHost) ? [] : [listenHost];
  const certificate = servingCertificate([...new Set([...own, ...hosts])]);
  const recording = new ProxyRecording(recorder);
  const upstream = new UpstreamClient(options.upstream);
  const desk = new FaultDesk(seed, recording);
  const server = new ProxyServer(certificate, recording);
  const told = new Set<string>();
  const context = {
    upstream,
    recording,
    sightings,
    desk,
    staleLists: new StaleLists(),
    wholeLists: new WholeLists(),
    ...(options.lending && { lending: options.lending }),
    connections: server.connections,
    onTrouble(message: string) {
      if (told.has(message)) return;
      told.add(message);
      onTrouble(message);
    },
  };
  const port = await server.listen(listenHost, (exchange) => serve(exchange, context));
  const [host = "127.0.0.1"] = own;
  return {
    url: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    port,
    caPem: certificate.caPem,
    addFault: (spec) => desk.add(spec),
    clearFaults: () => desk.clear(),
    cutConnections: () => server.cutConnections(),
    async [Symbol.asyncDispose]() {
      await server.close();
      upstream.close();
    },
  };
}
