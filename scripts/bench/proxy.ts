import { Agent, request as httpsRequest } from "node:https";
import { generateCluster, startApiProxy, startEmbeddedCluster } from "../../cluster/index.ts";
import { nullSink, openTranscript } from "../../transcript/index.ts";
import { median, type Ratio, timedAsync } from "./measure.ts";

const PODS = 500;
const ROUNDS = 40;

/**
 * What the fault proxy adds to a page of 500 pods: read in turn from the embedded API server, through a proxy that records,
 * and through one that does not. All run in this process, so that what the proxy does is added to the last bit.
 */
export async function proxying(): Promise<Ratio[]> {
  const objects = generateCluster({ seed: 1, pods: PODS, nodes: 5 });
  const recorder = openTranscript(nullSink()).tenant("bench");
  await using cluster = await startEmbeddedCluster({ objects });
  await using silent = await startApiProxy({ upstream: cluster });
  await using recording = await startApiProxy({ upstream: cluster, recorder });
  const agent = new Agent({ keepAlive: true });
  const list = ({ url }: { readonly url: string }) => get(`${url}/api/v1/pods?limit=${PODS}`, cluster.token, agent);
  const size = await list(cluster);
  const first = await timedAsync(async () => void (await list(recording)));
  const times: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, server] of [cluster, silent, recording].entries()) {
      const time = await timedAsync(async () => void (await list(server)));
      if (round > 0) times[index]?.push(time);
    }
  }
  agent.destroy();
  const [direct, passed, recorded] = times.map(median) as [number, number, number];
  const page = `a page of ${PODS} pods (${(size / 2 ** 20).toFixed(1)} MiB)`;
  return [
    {
      name: `ms that the API proxy adds to ${page}`,
      ratio: passed - direct,
      goal: { atMost: 1 },
      detail: `${passed.toFixed(2)} ms through it, ${direct.toFixed(2)} ms without`,
    },
    {
      name: `ms that recording adds to it`,
      ratio: recorded - passed,
      goal: { atMost: 1 },
      detail: `${recorded.toFixed(2)} ms recorded, ${passed.toFixed(2)} ms not; ${first.toFixed(1)} ms the first time, when every object is new`,
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
      response.on("end", () => resolve(length));
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}
