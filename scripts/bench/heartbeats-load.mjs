/** The load: heartbeats of one agent, many in flight. Says once how many a second were answered. */
import { parentPort, workerData } from "node:worker_threads";
import * as grpc from "@grpc/grpc-js";

const IN_FLIGHT = 64;
const client = new grpc.Client(workerData.address, grpc.credentials.createInsecure());
// cluster_id "bench", version 7, agent_id 1, source_ip "127.0.0.1"
const heartbeat = Buffer.concat([
  Buffer.from([0x0a, 5]),
  Buffer.from("bench"),
  Buffer.from([0x10, 7, 0x20, 1, 0x2a, 9]),
  Buffer.from("127.0.0.1"),
]);
const raw = (bytes) => bytes;
let left = workerData.calls;
let answered = 0;
const start = performance.now();

function next() {
  if (left === 0) return;
  left -= 1;
  client.makeUnaryRequest(workerData.path, raw, raw, heartbeat, (error) => {
    if (error) throw error;
    answered += 1;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    if (answered === workerData.calls) parentPort.postMessage((answered / (performance.now() - start)) * 1000);
    else next();
  });
}
for (let started = 0; started < IN_FLIGHT; started += 1) next();
