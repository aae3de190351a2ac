import { addApplications } from "./apps.ts";
import { addCustomResources } from "./custom.ts";
import { addEvents, addExtras } from "./extras.ts";
import { addFixtures } from "./fixtures.ts";
import { addNodes } from "./nodes.ts";
import { addFoundations, addSystemPods } from "./system.ts";
import type { GeneratedObject, GenerateOptions } from "./types.ts";
import { World } from "./world.ts";

/** Pods of the standard cluster: more than one page of 500. */
const STANDARD_PODS = 560;
/** Below this a cluster has no workloads in trouble. */
const SMALL = 100;
const MOST_NODES = 4096;
const MOST_PODS = 200_000;

/**
 * A realistic cluster, the same one for the same options. Objects are frozen, and stand in an order in which they could
 * have been created: namespaces before what lies in them, owners before what they own.
 * @throws RangeError where nodes or pods are not whole numbers within 1–4096 and 0–200000, or the release is unknown
 */
export function generateCluster(options: GenerateOptions): readonly GeneratedObject[] {
  const pods = whole("pods", options.pods ?? STANDARD_PODS, 0, MOST_PODS);
  const nodes = whole("nodes", options.nodes ?? Math.max(6, Math.ceil(pods / 100)), 1, MOST_NODES);
  const features = options.features ?? [];
  const world = new World(options.seed, options.release ?? "1.30");
  addFoundations(world);
  addNodes(world, nodes, pods);
  addExtras(world);
  addSystemPods(world);
  addFixtures(world, pods < SMALL);
  addCustomResources(world, features);
  addApplications(world, pods);
  addEvents(world);
  return Object.freeze(world.objects);
}

function whole(name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`${name} is ${value}; a cluster can be made with whole numbers from ${low} to ${high}`);
}
