/**
 * One party of the proxy's bench in a process of its own, as in a run, where the agent and a real API server are none of the harness's.
 * The first line on stdout says where it listens; for each line on stdin, it prints the milliseconds of processor it has used.
 * Arguments: `server` with the size of its generated cluster as JSON, an embedded API server; or `silent`, `recording`, `bare` with the server as JSON, three ways to it.
 */
import { createServer, Agent, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { generate } from "selfsigned";
import { type ClusterSize, generateCluster, startApiProxy, startEmbeddedCluster } from "../../cluster/index.ts";
import { nullSink, openTranscript } from "../../transcript/index.ts";
import type { ListedServer } from "./proxy.ts";

const [role, what = ""] = process.argv.slice(2);
const ready =
  role === "server" ? await serve(JSON.parse(what) as Partial<ClusterSize>) : await passOn(JSON.parse(what) as ListedServer);
console.log(JSON.stringify(ready));
for await (const _line of createInterface(process.stdin)) {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1_000);
}
process.exit();

async function serve(size: Partial<ClusterSize>): Promise<ListedServer> {
  const { url, caPem, token } = await startEmbeddedCluster({ objects: generateCluster({ seed: 1, ...size }) });
  return { url, caPem, token };
}

async function passOn(upstream: ListedServer): Promise<{ readonly url: string }> {
  if (role === "bare") return { url: await relay(upstream) };
  const recorder = role === "recording" ? openTranscript(nullSink()).tenant("bench") : undefined;
  const { url } = await startApiProxy({ upstream, ...(recorder && { recorder }) });
  return { url };
}

/** The least that a proxy of Node's own parts does: it looks at nothing, and knows no fault. */
async function relay({ url, caPem }: ListedServer): Promise<string> {
  const agent = new Agent({ keepAlive: true, ca: caPem });
  const pem = await generate([{ name: "commonName", value: "localhost" }]);
  const server = createServer({ key: pem.private, cert: pem.cert }, (request, reply) => {
    const { host: _host, ...headers } = request.headers;
    httpsRequest(url + request.url, { agent, headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
