import { Command, InvalidArgumentError, Option } from "commander";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { ServiceName } from "../../proto/index.ts";
import type { PseudoAgentOptions } from "./agent.ts";
import { isObject } from "./kubernetes/objects.ts";
import type { ResourceRule } from "./kubernetes/resource-rules.ts";

/** What the command line gives beside the agent's own settings. */
export interface CommandLine {
  readonly agent: PseudoAgentOptions;
  /** `host:port` for metrics. */
  readonly metrics?: string;
}

interface Flags {
  server: string;
  clusterId?: string;
  clusterName?: string;
  agentId: number;
  service: ServiceName;
  interval: number;
  kubeconfig?: string;
  resources?: ResourceRule[];
  pageSize: number;
  callTimeout?: number;
  metrics?: string;
  watch: boolean;
  leaderElect?: true;
  leaseDuration: number;
  leaseNamespace?: string;
  teamId?: string;
  sourceIp?: string;
}

/** The command with its flags; every caller adds its own action, or parses and reads with `readCommandLine`. */
export function createCommand(name = "deepflow-pseudo-agent"): Command {
  return new Command(name)
    .description("Lists and watches a Kubernetes API server and uploads everything to a deepflow-server by KubernetesAPISync.")
    .addOption(
      new Option("--server <host:port>", "the deepflow-server").env("DEEPFLOW_SERVER").argParser(address).makeOptionMandatory(),
    )
    .addOption(new Option("--cluster-id <id>", "default: the server is asked").env("DEEPFLOW_CLUSTER_ID"))
    .addOption(new Option("--cluster-name <name>", "told to the server when it is asked for the id"))
    .addOption(
      new Option("--agent-id <number>", "0: all entries in every request")
        .env("DEEPFLOW_AGENT_ID")
        .argParser(atLeast(0))
        .default(0),
    )
    .addOption(new Option("--service <name>", "the gRPC service").choices(["agent", "trident"]).default("agent"))
    .addOption(new Option("--interval <duration>", "between two requests (500ms, 10s, 1m)").argParser(duration))
    .addOption(new Option("--kubeconfig <file>", "default: the pod's service account").env("KUBECONFIG"))
    .addOption(
      new Option("--resources <json|file>", "a kubernetes-resources list")
        .env("DEEPFLOW_KUBERNETES_RESOURCES")
        .argParser(resourceRules),
    )
    .addOption(new Option("--page-size <number>", "objects a page of a list").argParser(atLeast(1)).default(500))
    .addOption(
      new Option(
        "--call-timeout <duration>",
        "of one request to the server (default: $DEEPFLOW_CALL_TIMEOUT_MS, else 15s)",
      ).argParser(duration),
    )
    .addOption(new Option("--no-watch", "ask neither server for anything: another agent watches this cluster"))
    .addOption(new Option("--leader-elect", "replicas agree by a Lease on the one that watches and uploads"))
    .addOption(
      new Option("--lease-duration <duration>", "how long a claim holds without being renewed")
        .argParser(duration)
        .default(15_000, "15s"),
    )
    .addOption(new Option("--lease-namespace <name>", "where the Lease is (default: the pod's namespace, else default)"))
    .addOption(new Option("--metrics <host:port>", "serve Prometheus metrics there").argParser(address))
    .addOption(new Option("--team-id <id>", "only if one was given to you"))
    .addOption(new Option("--source-ip <address>", "default: where the server is reached from"));
}

/** The settings of a command that has parsed its arguments. `DEEPFLOW_SYNC_INTERVAL_MS` stands in for --interval, `DEEPFLOW_CALL_TIMEOUT_MS` for --call-timeout. */
export function readCommandLine(command: Command, env: NodeJS.ProcessEnv = process.env): CommandLine {
  const { interval, callTimeout, metrics, leaderElect, leaseDuration, leaseNamespace, ...flags } = command.opts<Flags>();
  const told = (name: string) => (env[name] ? wholeNumber(command, name, env[name]) : undefined);
  const intervalMs = interval ?? told("DEEPFLOW_SYNC_INTERVAL_MS");
  const callTimeoutMs = callTimeout ?? told("DEEPFLOW_CALL_TIMEOUT_MS") ?? 15_000;
  return {
    agent: {
      ...flags,
      ...(intervalMs === undefined ? {} : { intervalMs }),
      callTimeoutMs,
      ...(leaderElect === true && {
        leaderElection: { leaseMs: leaseDuration, ...(leaseNamespace === undefined ? {} : { namespace: leaseNamespace }) },
      }),
    },
    ...(metrics === undefined ? {} : { metrics }),
  };
}

function wholeNumber(command: Command, name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  return command.error(`error: ${name} must be a number of milliseconds, not ${JSON.stringify(text)}`);
}

function address(text: string): string {
  if (/^(\[[^\]]+\]|[^:/]+):\d+$/.test(text)) return text;
  throw new InvalidArgumentError("Give it as host:port, an IPv6 address in brackets.");
}

function atLeast(least: number) {
  return (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`Give a whole number, ${least} or more.`);
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

function duration(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(number) * (UNITS[unit] ?? 0));
  if (milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError("Give it with its unit: 500ms, 10s or 1m.");
}

/** JSON or YAML, as text or in a file, in the form of the real agent's setting (protocol.md 6.1). */
function resourceRules(text: string): ResourceRule[] {
  let list: unknown;
  try {
    list = parse(text.trimStart().startsWith("[") ? text : readFileSync(text, "utf8"));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  if (isObject(list)) list = list["kubernetes-resources"] ?? list["api_resources"];
  if (!Array.isArray(list)) throw new InvalidArgumentError("Give a list of {name, group, version, disabled}.");
  return list.map((item: unknown) => {
    if (!isObject(item) || typeof item["name"] !== "string") throw new InvalidArgumentError("An entry has no name.");
    const text = (key: string) => (typeof item[key] === "string" ? item[key] : "");
    const fieldSelector = text("field-selector") || text("field_selector");
    return {
      name: item["name"],
      ...(text("group") && { group: text("group") }),
      ...(text("version") && { version: text("version") }),
      disabled: item["disabled"] === true,
      ...(fieldSelector && { fieldSelector }),
    };
  });
}
