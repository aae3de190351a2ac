import { createServer, request as httpsRequest } from "node:https";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { generateCluster, startEmbeddedCluster } from "../../cluster/index.ts";
import { generate } from "selfsigned";
import { inTurn, type Ratio, timedAsync } from "./measure.ts";

const ROUNDS = 5;

/** A list of all pods from the embedded API server against a bare HTTPS server that writes the same bytes. */
export async function listing(podCount: number): Promise<Ratio[]> {
  const objects = generateCluster({ seed: 1, pods: podCount, nodes: Math.max(1, Math.ceil(podCount / 100)) });
  await using cluster = await startEmbeddedCluster({ objects });
  const token = /token"?: ?"?([^"\n]+)/.exec(cluster.kubeconfig())?.[1] ?? "";
  const list = () => get(`${cluster.url}/api/v1/pods`, token);
  const prepared = await list();

  const pem = await generate([{ name: "commonName", value: "localhost" }]);
  const peer = createServer({ key: pem.private, cert: pem.cert }, (_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(prepared);
  });
  peer.listen(0, "127.0.0.1");
  await once(peer, "listening");
  const peerUrl = `https://127.0.0.1:${(peer.address() as AddressInfo).port}/`;
  const drain = (url: string) => timedAsync(async () => void (await get(url, token)));
  const [listed, written] = await inTurn(
    ROUNDS,
    () => drain(`${cluster.url}/api/v1/pods`),
    () => drain(peerUrl),
  );
  peer.closeAllConnections();
  peer.close();
  return [
    {
      name: `embedded list of ${podCount} pods against writing the same bytes`,
      ratio: listed / written,
      goal: { atMost: 2 },
      detail: `${listed.toFixed(0)} ms to ${written.toFixed(0)} ms for ${(prepared.length / 2 ** 20).toFixed(0)} MiB`,
    },
  ];
}

function get(url: string, token: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = {
      rejectUnauthorized: false,
      agent: false as const,
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
    };
    httpsRequest(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(Buffer.concat(chunks)));
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}
