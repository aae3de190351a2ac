import type { Caller } from "./testing/caller.ts";
import { callerTable } from "./testing/caller-table.ts";

/** A call of another method of the service. */
const asks = (a: Caller, method: string) => {
  a.line("rpc", "request", { call: 90, path: `/agent.Synchronizer/${method}`, peer: "127.0.0.1:9", frame: [{ base64: "" }] });
  a.line("rpc", "answer", { call: 90, code: 12, details: "unknown method" });
};
const foreign = { clusterId: "d-another" };

callerTable("KAS-ENV-1", "first-snapshot", [
  ["sends the cluster_id that it was given", (a) => (asks(a, "Sync"), a.upload(1n)), "pass", "1 request"],
  ["sends another one", (a) => a.upload(1n, foreign), "fail", "configured was"],
  ["sends another one, and called something else", (a) => (asks(a, "Sync"), a.upload(1n, foreign)), "fail", "configured was"],
  ["sends one that it asked for", (a) => (asks(a, "GetKubernetesClusterID"), a.upload(1n, foreign)), "pass", "1 request"],
]);
