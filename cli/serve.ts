import type { Command } from "commander";
import { defaultTarget, otherTargets, targetIds } from "../server-mock/contract/index.ts";

/** What commander makes of the command line of `serve`. */
export interface ServeOptions {
  readonly listen: string;
  readonly control: string;
  readonly target: string;
  readonly domain?: readonly string[];
  readonly agentConfig?: string;
  readonly team?: readonly string[];
  readonly record?: string;
  readonly faults?: string;
  readonly seed: string;
  readonly maxMessageBytes: string;
}

/** Adds the verb `serve`: the mock alone, with its control API. */
export function addServe(program: Command): void {
  program
    .command("serve")
    .description("run the mock deepflow-server alone, with its control API")
    .option("--listen <host:port>", "where agents call; port 0 takes a free one", "127.0.0.1:20035")
    .option("--control <host:port>", "where the HTTP control API listens", "127.0.0.1:20080")
    .option("--target <target>", `the contract that the mock keeps: ${targetIds.join(", ")}, ${otherTargets}`, defaultTarget)
    .option("--team <id>", "a team_id that exists (may be given again)", (id: string, ids?: readonly string[]) => [
      ...(ids ?? []),
      id,
    ])
    .option("--agent-config <file>", "YAML that a deepflow-agent gets as its configuration, with old or new keys")
    .option(
      "--domain <id>",
      "a cluster_id that a domain has (may be given again; default: every one)",
      (id: string, ids: readonly string[] | undefined) => [...(ids ?? []), id],
    )
    .option(
      "--record <file>",
      "write everything on the wire to this new file, as a transcript (without a plan: nothing for `analyze`)",
    )
    .option("--faults <file>", "script these faults at once (docs/faults.schema.json); which never fired is told at the end")
    .option("--seed <n>", "of the faults of --faults that hit by chance; stands on the first line then", "0")
    .option("--max-message-bytes <bytes>", "largest request; the default is the real server's", String(100 * 1024 * 1024))
    .addHelpText(
      "after",
      `
The first line on stdout is JSON: {"event":"ready","grpc":"127.0.0.1:PORT","control":"http://127.0.0.1:PORT","target":"v7.1"}.
What is wrong with a request is told on stderr and in GET /v1/journal. SIGTERM and Ctrl-C end the mock.

Control API (JSON; what is asked wrongly gets 400 and how to mend it):
  GET    /v1/clusters                  the clusters that were named, their versions and what is stored of them
  GET    /v1/clusters/ID               one of them
  GET    /v1/clusters/ID/objects       what is stored of it; ?type=*v1.Pod for one type
  GET    /v1/clusters/ID/inventory     what the target makes of it: what is kept, what is dropped and why
  GET    /v1/kubernetes-info/ID        the same as the real server prints it: type -> JSON texts
  GET    /v1/journal                   each call, its answer, the row of the decision table, and the findings;
                                       ?cluster=ID, ?after=LAST-RECORD-ID
  POST   /v1/faults                    {"fault":"status","code":14,"times":2}; fault is one of status {code, details},
                                       delay {ms}, answer-version {version}, lose-answer, drop, silence {accept},
                                       cut-request; each also takes cluster, agent, when ("entries" or
                                       "heartbeat"), skip, times and chance
  GET    /v1/faults                    those that still wait; DELETE removes them (?cluster=ID)
  POST   /v1/clock/advance             {"ms":86400000}: ages what is remembered; also takes cluster
  POST   /v1/reset                     forgets everything, as a restart does; {"cluster":"d-abc"} for one cluster
  GET    /metrics                      counters for Prometheus
  GET    /healthz                      whether it serves

Examples:
  deepflow-conformance serve & curl --retry-connrefused --retry 5 http://127.0.0.1:20080/v1/journal
  deepflow-conformance serve --listen 127.0.0.1:0 --control 127.0.0.1:0

Exit codes: 0 after a signal, 4 where an address or the record cannot be had, 64 usage, 70 a fault of the harness`,
    )
    .action(async (options: ServeOptions) => {
      process.exitCode = await (await import("./serve-action.ts")).serve(options);
    });
}
