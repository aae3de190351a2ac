import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Collector } from "./collect/collector.ts";
import { stderrLog } from "./log.ts";

/** Counts what the agent does. */
export interface Metrics {
  countCall(outcome: "answered" | "failed", entries: number): void;
  /** Prometheus text format. */
  render(): string;
}

/** Metrics over a collector's state and the calls counted. */
export function createMetrics(collector: Collector): Metrics {
  const calls = { answered: 0, failed: 0 };
  let entriesSent = 0;
  return {
    countCall(outcome, entries) {
      calls[outcome] += 1;
      if (outcome === "answered") entriesSent += entries;
    },
    render: () =>
      [
        "# TYPE pseudo_agent_ready gauge",
        `pseudo_agent_ready ${collector.isReady ? 1 : 0}`,
        "# TYPE pseudo_agent_failing gauge",
        `pseudo_agent_failing ${collector.errorMessage() === "" ? 0 : 1}`,
        "# TYPE pseudo_agent_calls_total counter",
        ...Object.entries(calls).map(([outcome, count]) => `pseudo_agent_calls_total{outcome="${outcome}"} ${count}`),
        "# TYPE pseudo_agent_entries_sent_total counter",
        `pseudo_agent_entries_sent_total ${entriesSent}`,
        "# TYPE pseudo_agent_objects gauge",
        ...[...collector.counts()].map(([resource, count]) => `pseudo_agent_objects{resource="${resource}"} ${count}`),
        "",
      ].join("\n"),
  };
}

/** Serves `GET /metrics` on `host:port` until the process ends. Trouble with it is logged, never fatal. */
export function serveMetrics(listen: string, render: () => string): void {
  const { hostname, port } = new URL(`tcp://${listen}`);
  const server = createServer((request, answer) => {
    const found = request.url === "/metrics";
    answer.writeHead(found ? 200 : 404, { "Content-Type": "text/plain; version=0.0.4" }).end(found ? render() : "");
  });
  server.on("error", (error) => stderrLog("error", "no metrics", { reason: error.message }));
  server.listen(Number(port || 0), hostname.replace(/^\[|\]$/g, ""), () => {
    stderrLog("info", "metrics", { port: (server.address() as AddressInfo).port });
  });
  server.unref();
}
