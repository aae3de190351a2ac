import type { Command } from "commander";
import { defaultTarget, otherTargets, targetIds } from "../server-mock/contract/index.ts";

/** What commander makes of the command line of `serve`. */
export interface ServeOptions {
  readonly listen: string;
  readonly control: string;
  readonly target: string;
  readonly team: readonly string[];
  readonly domain?: readonly string[];
  readonly agentConfig?: string;
  readonly record?: string;
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
    .option("--team <id>", "a team_id that exists (may be given again)", (id: string, ids: readonly string[]) => [...ids, id], [])
    .option("--agent-config <file>", "YAML that a deepflow-agent gets as its configuration, with old or new keys")
    .option(
      "--domain <id>",
      "a cluster_id that a domain has (may be given again; default: every one)",
      (id: string, ids: readonly string[] | undefined) => [...(ids ?? []), id],
    )
    .option("--record <file>", "write a transcript of everything on the wire to this new file")
    .option("--max-message-bytes <bytes>", "largest request; the default is the real server's", String(100 * 1024 * 1024))
    .addHelpText(
      "after",
      `
The first line on stdout is JSON: {"event":"ready","grpc":"127.0.0.1:PORT","control":"http://127.0.0.1:PORT","target":"v7.1"}.
What is wrong with a request is told on stderr and in GET /v1/journal. SIGTERM and Ctrl-C end the mock.

Example:
  deepflow-conformance serve --listen 127.0.0.1:0 --control 127.0.0.1:0`,
    )
    .action(async (options: ServeOptions) => {
      process.exitCode = await (await import("./serve-action.ts")).serve(options);
    });
}
