import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as grpc from "@grpc/grpc-js";
import { startMockServer } from "../../server-mock/index.ts";
import { inTurn, type Ratio } from "./measure.ts";

const ROUNDS = 5;
const CALLS = 6_000;
const METHOD = "/agent.Synchronizer/KubernetesAPISync";

/** Heartbeats a second that the mock answers, against a grpc-js handler that does nothing. The load comes from a thread of its own. */
export async function heartbeats(): Promise<Ratio[]> {
  await using mock = await startMockServer({ target: "v7.1", control: false });
  const empty = await startEmpty();
  const load = (address: string) => callsPerSecond(address);
  const [judged, bare] = await inTurn(
    ROUNDS,
    () => load(mock.address),
    () => load(empty.address),
  );
  empty.server.forceShutdown();
  return [
    {
      name: "heartbeats a second against an empty grpc-js handler",
      ratio: judged / bare,
      goal: { atLeast: 0.85 },
      detail: `${judged.toFixed(0)} to ${bare.toFixed(0)} calls a second`,
    },
  ];
}

async function startEmpty(): Promise<{ server: grpc.Server; address: string }> {
  const server = new grpc.Server({ "grpc.enable_channelz": 0 });
  const raw = (bytes: Buffer) => bytes;
  const definition = {
    path: METHOD,
    requestStream: false,
    responseStream: false,
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
  };
  const answer = Buffer.from([0x08, 0x01]);
  server.addService(
    { KubernetesAPISync: definition },
    { KubernetesAPISync: (_call: unknown, callback: (error: null, value: Buffer) => void) => callback(null, answer) },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { server, address: `127.0.0.1:${port}` };
}

async function callsPerSecond(address: string): Promise<number> {
  const worker = new Worker(new URL("./heartbeats-load.mjs", import.meta.url), {
    workerData: { address, path: METHOD, calls: CALLS },
  });
  const [rate] = (await once(worker, "message")) as [number];
  await worker.terminate();
  return rate;
}
