import { Counter, Gauge, Registry } from "prom-client";
import { codeName } from "../grpc/status.ts";
import type { Meters } from "../start.ts";

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** The metrics of one server, in a registry of its own. Labels are bounded: no cluster and no agent ids. */
export function createMetrics(meters: Meters): { readonly contentType: string; text(): Promise<string> } {
  const registry = new Registry();
  const { statistics } = meters;

  function counter(name: string, help: string, labelNames: readonly string[], samples: () => readonly Sample[]): void {
    const metric = new Counter({
      name: `deepflow_mock_${name}`,
      help,
      labelNames,
      registers: [],
      collect() {
        this.reset();
        for (const [labels, value] of samples()) this.inc({ ...labels }, value);
      },
    });
    registry.registerMetric(metric);
  }

  function gauge(name: string, help: string, read: () => number): void {
    const metric = new Gauge({
      name: `deepflow_mock_${name}`,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(metric);
  }

  counter("calls_total", "Calls that ended, by method and gRPC status.", ["method", "code"], () =>
    [...statistics.calls.values()].map(({ method, code, count }) => [{ method, code: codeName(code) }, count]),
  );
  counter("sync_decisions_total", "KubernetesAPISync requests by the decision row (protocol.md 2.2).", ["row"], () =>
    [...statistics.rows].map(([row, count]) => [{ row }, count]),
  );
  counter("findings_total", "What was wrong with entries, by code.", ["code"], () =>
    [...statistics.findings].map(([code, count]) => [{ code }, count]),
  );
  counter("received_bytes_total", "Bytes of requests.", [], () => [[{}, statistics.receivedBytes]]);
  gauge("clusters", "Clusters that are known.", () => meters.clusterCount());
  gauge("connections", "Open gRPC connections.", () => meters.connectionCount());
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
