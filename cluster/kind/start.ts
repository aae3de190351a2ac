import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContext } from "../kubeconfig/read.ts";
import type { RemoteAccess } from "../remote/access.ts";
import { openSharedCluster } from "../shared/open.ts";
import { createScope } from "../shared/scope.ts";
import type { SharedCluster } from "../shared/types.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { claimCluster, listClaims, releaseCluster } from "./claim.ts";
import * as kind from "./commands.ts";
import { kindConfig } from "./config.ts";
import { findHostAddress } from "./host-address.ts";
import { takeLease } from "./lease.ts";
import { clusterNameFor } from "./names.ts";
import type { KindOptions } from "./options.ts";
import { takeKept } from "./reuse.ts";
import { removeStaleClusters } from "./stale.ts";

const START_BUDGET_MS = 300_000;

/** A cluster of containers on this machine's Docker engine. Disposing deletes it if it was made here and is not to be kept. */
export interface KindCluster extends SharedCluster {
  readonly kind: "kind";
  /** As `kind get clusters` prints it. */
  readonly name: string;
  /** Names of its nodes, which are those of their containers. */
  readonly nodes: readonly string[];
  /** Copies images of this host's engine to nodes. @param nodes default: all */
  loadImages(images: readonly string[], nodes?: readonly string[]): Promise<void>;
  exportLogs(folder: string): Promise<void>;
}

/**
 * Starts a kind cluster, or takes one of ours that is up. Clusters that dead runs of this host left behind are deleted
 * first. The user's own kubeconfig is never touched.
 * @throws ClusterUnavailableError where kind or the engine is missing or does not get it up; the signal's reason
 */
export async function startKindCluster(options: KindOptions): Promise<KindCluster> {
  const { run, signal } = options;
  const tell = options.onProgress ?? (() => {});
  const config = kindConfig(options.nodes, options.config);
  await kind.requirePrograms(signal);
  const scope = createScope();
  let ours: string | undefined;
  try {
    const folder = mkdtempSync(join(tmpdir(), "conformance-kind-"));
    scope.defer(async () => rmSync(folder, { recursive: true, force: true }));
    const kubeconfig = join(folder, "kubeconfig");
    const claims = await listClaims(signal);
    await removeStaleClusters(claims, kubeconfig, tell);
    const found = options.reuse === true ? await takeKept(claims, kubeconfig, tell, signal) : undefined;
    const name = found?.name ?? clusterNameFor(run);
    if (found === undefined) await make(name, kubeconfig);
    else tell(`kind cluster ${name} is up and taken`);
    const access = accessIn(kubeconfig, name);
    const lease = found?.lease ?? (options.keep === true ? await takeLease(access) : undefined);
    if (lease !== undefined) scope.defer(async () => lease[Symbol.asyncDispose]());
    const nodes = await kind.listNodes(name, signal);
    const hostAddress = options.hostAddress ?? (await findHostAddress(signal));
    tell("waiting until all that is in it is ready");
    const opening = openSharedCluster({
      kind: "kind",
      access,
      run,
      nodes: nodes.filter((node) => !node.endsWith("-external-load-balancer")).length,
      standing: found === undefined && options.keep !== true ? "fresh" : "kept",
      ...containerUrl(nodes),
      ...(options.features === undefined ? {} : { features: options.features }),
      ...(hostAddress === undefined ? {} : { hostAddress }),
      ...(signal === undefined ? {} : { signal }),
    });
    // Beside it, since either takes its time.
    const [opened, loaded] = await Promise.allSettled([opening, load(name)]);
    if (opened.status === "rejected") throw opened.reason;
    const shared = opened.value;
    scope.defer(async () => shared[Symbol.asyncDispose]());
    if (loaded.status === "rejected") throw loaded.reason;
    return {
      ...shared,
      kind: "kind",
      name,
      nodes,
      loadImages: (images, chosen) => kind.loadImages(name, images, chosen),
      exportLogs: (to) => kind.exportLogs(name, to),
      [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
    };
  } catch (error) {
    await keepLogs();
    await scope[Symbol.asyncDispose]();
    throw error;
  }

  async function load(name: string): Promise<void> {
    const { images = [] } = options;
    if (images.length === 0) return;
    tell(`copying ${images.join(", ")} to its nodes`);
    await kind.loadImages(name, images, [], signal);
  }

  /** Of a cluster that was begun here; not of one that somebody gave up. */
  async function keepLogs(): Promise<void> {
    if (ours === undefined || options.logs === undefined || signal?.aborted === true) return;
    await kind.exportLogs(ours, options.logs).catch(() => {}); // what it failed at says more
  }

  /** What was begun is deleted again, however far it came. */
  async function make(name: string, kubeconfig: string): Promise<void> {
    const image = options.nodeImage ?? (process.env["KIND_NODE_IMAGE"] || undefined);
    if ((await kind.listClusters(signal)).includes(name)) {
      throw new ClusterUnavailableError(`there is a kind cluster ${name} already, and it is not this run's: it is left alone`);
    }
    tell(`making kind cluster ${name}${image === undefined ? "" : ` of ${image}`}`);
    await claimCluster(name, run, options.keep === true, signal);
    ours = name;
    let made = false;
    scope.defer(async () => {
      if (made && options.keep === true) return;
      await kind.deleteCluster(name, kubeconfig);
      await releaseCluster(name);
    });
    const budgetMs = options.startBudgetMs ?? START_BUDGET_MS;
    const retain = options.logs !== undefined;
    await kind.createCluster(name, { kubeconfig, config, image, budgetMs, retain, ...(signal === undefined ? {} : { signal }) });
    made = true;
  }
}

function accessIn(kubeconfig: string, name: string): RemoteAccess {
  return readContext([kubeconfig], `kind-${name}`);
}

/** From the containers' own network, the control plane is found by its name, which its certificate has. */
function containerUrl(nodes: readonly string[]): { readonly containerUrl?: string } {
  const balancer = nodes.find((node) => node.endsWith("-external-load-balancer"));
  const controlPlane = balancer ?? nodes.find((node) => node.endsWith("-control-plane"));
  return controlPlane === undefined ? {} : { containerUrl: `https://${controlPlane}:6443` };
}
