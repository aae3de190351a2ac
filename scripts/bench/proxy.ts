import { Agent, request as httpsRequest } from "node:https";
import { startApiProxy, startEmbeddedCluster, generateCluster } from "../../cluster/index.ts";
import { nullSink, openTranscript } from "../../transcript/index.ts";
import { openEnvtest, whyNoEnvtest } from "./envtest.ts";
import { median, type NotTaken, type Ratio, timedAsync } from "./measure.ts";

const PODS = 500;
const ROUNDS = 15;
const SIZE = { pods: PODS, nodes: 5 };

/** An API server that lists are read from. */
interface Upstream {
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
}

/**
 * What the fault proxy adds to a list page, on the embedded API server and on a kube-apiserver: read in turn from the server,
 * through a proxy that records, and through one that does not. The proxy runs in this process, so that all it does is added;
 * so do the client and the embedded server. Processor time is compared, since others use the machine too.
 */
export async function proxying(): Promise<readonly (Ratio | NotTaken)[]> {
  const embedded = await onEmbedded();
  const why = whyNoEnvtest();
  return [
    ...embedded,
    ...(why === undefined ? await onEnvtest() : [{ name: "ms of processor that the API proxy adds on envtest", because: why }]),
  ];
}

async function onEmbedded(): Promise<readonly Ratio[]> {
  await using cluster = await startEmbeddedCluster({ objects: generateCluster({ seed: 1, ...SIZE }) });
  return await overheadOn("embedded", cluster);
}

async function onEnvtest(): Promise<readonly Ratio[]> {
  await using provider = await openEnvtest(SIZE);
  const signal = new AbortController().signal;
  const recorder = openTranscript(nullSink()).tenant("bench");
  await using cluster = await provider.open({ tenant: "bench", recorder, seed: 1, signal });
  const { token } = cluster.connection("host");
  return await overheadOn("envtest", { url: cluster.url, caPem: cluster.caPem, token });
}

async function overheadOn(name: string, upstream: Upstream): Promise<readonly Ratio[]> {
  const recorder = openTranscript(nullSink()).tenant("bench");
  await using silent = await startApiProxy({ upstream });
  await using recording = await startApiProxy({ upstream, recorder });
  const agent = new Agent({ keepAlive: true });
  const list = ({ url }: { readonly url: string }) => get(`${url}/api/v1/pods?limit=${PODS}`, upstream.token, agent);
  const size = await list(upstream);
  const first = await timedAsync(async () => void (await list(recording)));
  const ways = [upstream, silent, recording].map((server) => ({ server, waited: [] as number[], worked: [] as number[] }));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { server, waited, worked } of ways) {
      globalThis.gc?.();
      const [began, before] = [performance.now(), process.cpuUsage()];
      await list(server);
      const { user, system } = process.cpuUsage(before);
      if (round === 0) continue;
      waited.push(performance.now() - began);
      worked.push((user + system) / 1_000);
    }
  }
  agent.destroy();
  const [direct, passed, recorded] = ways.map(({ worked }) => median(worked)) as [number, number, number];
  const [directWait, passedWait] = ways.map(({ waited }) => median(waited)) as [number, number];
  const page = `a page of ${PODS} pods on ${name} (${(size / 2 ** 20).toFixed(1)} MiB)`;
  return [
    {
      name: `ms of processor that the API proxy adds to ${page}`,
      ratio: passed - direct,
      goal: { atMost: 1 },
      detail:
        `${passed.toFixed(1)} ms through it, ${direct.toFixed(1)} ms without: ${(passed / direct).toFixed(1)} times; ` +
        `an agent waits ${passedWait.toFixed(1)} ms, and ${directWait.toFixed(1)} ms without`,
    },
    {
      name: "ms of processor that recording adds to it",
      ratio: recorded - passed,
      goal: { atMost: 1 },
      detail: `${recorded.toFixed(1)} ms recorded, ${passed.toFixed(1)} ms not; ${first.toFixed(1)} ms the first time, when every object is new`,
    },
  ];
}

/** @returns length of the body in bytes */
function get(url: string, token: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
    httpsRequest(url, { rejectUnauthorized: false, agent, headers }, (response) => {
      let length = 0;
      response.on("data", (chunk: Buffer) => (length += chunk.length));
      response.on("end", () =>
        response.statusCode === 200 ? resolve(length) : reject(new Error(`${url}: ${response.statusCode}`)),
      );
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}
