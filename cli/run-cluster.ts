import { Option, type Command } from "commander";
import type { ClusterChoice, RunOptions } from "../suites/runner/index.ts";
import { integerOption } from "./option-values.ts";
import { readUserFile } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

/** What commander makes of the options that say where the agent watches. */
export interface ClusterFlags {
  readonly cluster: ClusterChoice["kind"];
  readonly kubernetesVersion?: "1.20" | "1.30";
  readonly pods?: number;
  readonly nodes?: number;
  readonly nodeImage?: string;
  readonly kindConfig?: string;
  readonly reuse?: true;
  readonly keep?: true;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly readOnly?: true;
  readonly hostAddress?: string;
  /** The agent is started by hand, on whatever host. */
  readonly attach?: true;
  readonly proxy: boolean;
}

const EVERYWHERE: readonly ClusterChoice["kind"][] = ["embedded", "envtest", "kind", "kubeconfig"];

/** Options that mean something on some clusters alone. */
const MEANT_FOR: Readonly<Partial<Record<keyof ClusterFlags, readonly ClusterChoice["kind"][]>>> = {
  kubernetesVersion: ["embedded"],
  pods: ["embedded", "envtest"],
  nodes: ["embedded", "envtest", "kind"],
  nodeImage: ["kind"],
  kindConfig: ["kind"],
  reuse: ["kind"],
  keep: ["kind"],
  context: ["kubeconfig"],
  kubeconfig: ["kubeconfig"],
  readOnly: ["kubeconfig"],
  hostAddress: ["kind", "kubeconfig"],
};

/** Adds the options that say where the agent watches. */
export function addClusterOptions(command: Command): Command {
  return command
    .addOption(new Option("--cluster <kind>", "where the agent watches").choices(EVERYWHERE).default("embedded"))
    .addOption(
      new Option("--kubernetes-version <version>", "version of the embedded cluster (default: 1.30)").choices(["1.20", "1.30"]),
    )
    .addOption(integerOption("--pods <n>", "pods that embedded and envtest clusters are filled with", 1))
    .addOption(integerOption("--nodes <n>", "nodes that they are filled with; with kind, nodes of the cluster", 1))
    .option("--node-image <image>", "kind: image of the nodes (default: $KIND_NODE_IMAGE, else kind's own)")
    .option("--kind-config <file>", "kind: a configuration file of kind")
    .option("--reuse", "kind: take a cluster that an earlier run kept, if there is one")
    .option("--keep", "kind: leave the cluster for later runs")
    .option("--kubeconfig <file>", "kubeconfig: the file (default: $KUBECONFIG, else ~/.kube/config)")
    .option("--context <name>", "kubeconfig: the context; it has no default, so that no cluster is touched by chance")
    .option("--read-only", "kubeconfig: write nothing; what is judged by writing is not applicable then")
    .option("--host-address <address>", "address of this host for what runs elsewhere: in kind, kubeconfig, or by --attach")
    .option("--no-proxy", "a real cluster: the agent goes to its API server itself; then some requirements cannot be judged");
}

/** @throws UsageError where an option means nothing on the chosen cluster, or a file cannot be read */
export function clusterFor(flags: ClusterFlags): Pick<RunOptions, "cluster" | "kubernetesVersion" | "pods" | "nodes"> {
  const { cluster: kind, proxy, kubernetesVersion, pods, nodes } = flags;
  for (const [name, kinds = EVERYWHERE] of Object.entries(MEANT_FOR)) {
    if (flags[name as keyof ClusterFlags] === undefined || kinds.includes(kind)) continue;
    if (name === "hostAddress" && flags.attach) continue;
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(`${option} means nothing with --cluster ${kind}; it goes with ${kinds.join(", ")}`);
  }
  if (kind === "embedded" && !proxy)
    throw new UsageError("--no-proxy means nothing with --cluster embedded, which keeps its own record");
  return {
    cluster: choiceFor(flags),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(pods === undefined ? {} : { pods }),
    ...(nodes === undefined ? {} : { nodes }),
  };
}

function choiceFor(flags: ClusterFlags): ClusterChoice {
  const { cluster: kind, proxy, nodeImage, kindConfig, reuse, keep, context, kubeconfig, readOnly, hostAddress } = flags;
  switch (kind) {
    case "embedded":
      return { kind };
    case "envtest":
      return { kind, proxy };
    case "kind":
      return {
        kind,
        proxy,
        ...(nodeImage === undefined ? {} : { nodeImage }),
        ...(kindConfig === undefined ? {} : { config: readUserFile(kindConfig, "--kind-config") }),
        ...(reuse && { reuse }),
        ...(keep && { keep }),
        ...(hostAddress === undefined ? {} : { hostAddress }),
      };
    case "kubeconfig":
      if (context === undefined) {
        throw new UsageError(
          "--cluster kubeconfig takes --context NAME, though the file has a current one: it says whose cluster it is",
        );
      }
      if (readOnly && !proxy) {
        throw new UsageError("--read-only goes with the proxy, which lets the agent write nothing; leave out --no-proxy");
      }
      return {
        kind,
        proxy,
        context,
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
        ...(readOnly && { readOnly }),
        ...(hostAddress === undefined ? {} : { hostAddress }),
      };
  }
}
