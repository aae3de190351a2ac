import { setTimeout as delay } from "node:timers/promises";
import { ApiError } from "../embedded/api/status.ts";
import {
  findRelease,
  resourceKey,
  resourcesOf,
  type KubernetesRelease,
  type ResourceDefinition,
} from "../embedded/catalog/index.ts";
import { definitionOf } from "../envtest/custom-resources.ts";
import type { Cluster } from "../port.ts";
import { labelled } from "./labels.ts";

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
const SERVED_MS = 30_000;
const POLL_MS = 50;

/** The kinds that features declare and no Kubernetes has by itself. @param gitVersion of the server that is to serve them */
export function customKindsOf(gitVersion: string, features: readonly string[]): readonly ResourceDefinition[] {
  return resourcesOf(nearestRelease(gitVersion), features).filter(({ custom }) => custom);
}

/**
 * The release whose objects a server takes: since 1.21, all that are generated go under the names of the newest one.
 * @param gitVersion such as `v1.29.4`
 */
export function nearestRelease(gitVersion: string): KubernetesRelease {
  const [, minor = "0"] = /^v\d+\.(\d+)/.exec(gitVersion) ?? [];
  const release = findRelease(Number(minor) >= 21 ? "1.30" : "1.20");
  if (release === undefined) throw new Error("the releases of the generated objects are 1.20 and 1.30");
  return release;
}

/**
 * Defines kinds in a cluster of ours, as the run's own, and waits until they are served. Those that are there stay as they are.
 * @param run id by which they are labelled; absent: they carry none
 */
export async function defineKinds(
  cluster: Pick<Cluster, "create" | "list">,
  kinds: readonly ResourceDefinition[],
  { run, signal }: { readonly run?: string; readonly signal?: AbortSignal },
): Promise<void> {
  for (const kind of kinds) {
    const definition = definitionOf(kind);
    const made = cluster.create(DEFINITIONS, run === undefined ? definition : labelled(definition, run));
    await made.catch((error: unknown) => {
      if (!(error instanceof ApiError && error.code === 409)) throw error;
    });
  }
  for (const kind of kinds) await untilServed(cluster, resourceKey(kind), signal);
}

/** A resource that was defined is served a little later, and nothing tells when. */
async function untilServed(cluster: Pick<Cluster, "list">, resource: string, signal?: AbortSignal): Promise<void> {
  for (const began = performance.now(); ;) {
    try {
      await cluster.list(resource);
      return;
    } catch (error) {
      if (performance.now() - began > SERVED_MS) throw error;
    }
    await delay(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}
