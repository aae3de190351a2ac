import { spawn } from "node:child_process";
import { Agent, request as httpsRequest } from "node:https";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ClusterSize } from "../../cluster/index.ts";
import { nullSink, openTranscript } from "../../transcript/index.ts";
import { openEnvtest, whyNoEnvtest } from "./envtest.ts";
import { median, type NotTaken, type Ratio, timedAsync } from "./measure.ts";

/** A list page that is read, and the generated cluster that it comes from: without a size, the one that stories have. */
interface Page {
  readonly what: string;
  readonly path: string;
  readonly cluster: Partial<ClusterSize>;
  readonly rounds: number;
  readonly encoding: "identity" | "gzip";
}

const NODES = 5;
const SMALL = { what: "30 pods", path: "/api/v1/pods?limit=30", cluster: { pods: 30, nodes: NODES }, rounds: 200 };
const LARGE = { what: "500 pods", path: "/api/v1/pods?limit=500", cluster: { pods: 500, nodes: NODES }, rounds: 40 };
const CONFIG_MAPS = { what: "a story's ConfigMaps", path: "/api/v1/configmaps?limit=500", cluster: {}, rounds: 200 };

/**
 * The median page of a run, the largest page of a small cluster, the page that client-go asks for, and that page as client-go
 * asks for it. In a run of all stories the reference agent read 375 list pages, of one object to 500: by their bytes, those in
 * the middle were of the cluster's ConfigMaps, 86 of them. A quarter was smaller than 20 KiB, a quarter larger than 400 KiB.
 */
const PAGES: readonly Page[] = [
  { ...CONFIG_MAPS, encoding: "identity" },
  { ...SMALL, encoding: "identity" },
  { ...LARGE, encoding: "identity" },
  { ...LARGE, encoding: "gzip" },
];

/** Of the rounds, so many more come first and are not counted: the engine compiles in them what runs often. */
const WARM_UP = 0.25;
const GOAL = { atMost: 1 };

/** An API server that lists are read from. */
export interface ListedServer {
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
}

/**
 * What the fault proxy adds to a list page: how much longer its client waits, from the request to the last byte, and how much
 * processor the proxy takes. Client, proxy and API server are processes of their own, as in a run, where the agent is one.
 * Pages are read in turn from the server, through a proxy that records, through one that does not, and through a bare relay.
 */
export async function proxying(): Promise<readonly (Ratio | NotTaken)[]> {
  const figures: (Ratio | NotTaken)[] = [];
  for (const page of PAGES) figures.push(...(await onEmbedded(page)));
  const because = whyNoEnvtest();
  if (because !== undefined) return [...figures, { name: "what the API proxy adds on envtest", because }];
  for (const page of PAGES) figures.push(...(await onEnvtest(page)));
  return figures;
}

async function onEmbedded(page: Page): Promise<readonly Ratio[]> {
  await using server = await Party.start("server", JSON.stringify(page.cluster));
  return await overheadOn("embedded", server.listed, page);
}

async function onEnvtest(page: Page): Promise<readonly Ratio[]> {
  await using provider = await openEnvtest(page.cluster);
  const signal = new AbortController().signal;
  const recorder = openTranscript(nullSink()).tenant("bench");
  await using cluster = await provider.open({ tenant: "bench", recorder, seed: 1, signal });
  const { token } = cluster.connection("host");
  return await overheadOn("envtest", { url: cluster.url, caPem: cluster.caPem, token }, page);
}

async function overheadOn(name: string, server: ListedServer, page: Page): Promise<readonly Ratio[]> {
  const upstream = JSON.stringify(server);
  await using recording = await Party.start("recording", upstream);
  await using silent = await Party.start("silent", upstream);
  await using bare = await Party.start("bare", upstream);
  const agent = new Agent({ keepAlive: true });
  const list = (url: string) => get(url + page.path, server.token, page.encoding, agent);
  const parties = [recording, silent, bare];
  const ways = [{ url: server.url }, ...parties.map(({ listed }) => listed)].map(({ url }) => ({ url, waited: [] as number[] }));
  const warmUp = Math.round(page.rounds * WARM_UP);
  const first = await timedAsync(async () => void (await list(recording.listed.url)));
  for (let round = -warmUp; round < page.rounds; round += 1) {
    for (const { url, waited } of ways) {
      const began = performance.now();
      await list(url);
      if (round >= 0) waited.push(performance.now() - began);
      // What a proxy does with a page that has gone, which the other figure holds, is no burden of the next page.
      for (const party of parties) await party.processorMs();
    }
  }
  const worked: number[] = [];
  for (const party of parties) {
    const before = await party.processorMs();
    for (let round = 0; round < page.rounds; round += 1) await list(party.listed.url);
    worked.push(((await party.processorMs()) - before) / page.rounds);
  }
  const size = await list(server.url);
  agent.destroy();
  const direct = ways[0]?.waited ?? [];
  const ms = (value: number | undefined) => `${(value ?? Number.NaN).toFixed(2)} ms`;
  const [alone, ...through] = ways.map(({ waited }) => median(waited));
  const added = ways.slice(1).map(({ waited }) => median(waited.map((took, round) => took - (direct[round] ?? Number.NaN))));
  const what = `a page of ${page.what} on ${name} (${(size / 2 ** 10).toFixed(0)} KiB${page.encoding === "gzip" ? ", gzip" : ""})`;
  return [
    {
      name: `ms of waiting that the API proxy adds to ${what}`,
      ratio: added[0] ?? Number.NaN,
      goal: GOAL,
      detail:
        `${ms(through[0])} through it, ${ms(alone)} without; ${ms(added[1])} are added where nothing is recorded, ` +
        `${ms(added[2])} by a bare relay, and the first page, with the connection to be made and all code cold, takes ${ms(first)}`,
    },
    {
      name: `ms of processor that the API proxy takes for ${what}`,
      ratio: worked[0] ?? Number.NaN,
      goal: GOAL,
      detail: `${ms(worked[1])} where nothing is recorded; a bare relay takes ${ms(worked[2])}`,
    },
  ];
}

/** A process of `proxy-child.ts`. */
class Party implements AsyncDisposable {
  readonly listed: ListedServer;
  readonly #child: ReturnType<typeof startChild>;

  private constructor(child: ReturnType<typeof startChild>, listed: ListedServer) {
    this.#child = child;
    this.listed = listed;
  }

  static async start(role: string, what: string): Promise<Party> {
    const child = startChild(role, what);
    return new Party(child, JSON.parse(await child.line()) as ListedServer);
  }

  /** Since it started. It answers once it has nothing else to do. */
  async processorMs(): Promise<number> {
    this.#child.process.stdin.write("\n");
    return Number(await this.#child.line());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.process.stdin.end();
    await this.#child.exited;
  }
}

function startChild(role: string, what: string) {
  const file = join(import.meta.dirname, "proxy-child.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file, role, what], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async () => {
    const next = await lines.next();
    if (next.done === true) throw new Error(`the process ${role} of the bench has ended`);
    return next.value;
  };
  return { process: child, exited, line };
}

/** @returns length of the body in bytes, as it came */
function get(url: string, token: string, encoding: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: "application/json", "accept-encoding": encoding };
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
