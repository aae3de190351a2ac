import { runningPod, workload } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import type { Recipe, Scenario } from "./types.ts";

const NAMESPACE = "default";

/** One workload of each of the three kinds, each with a pod. */
const workloads: readonly Recipe[] = [
  owner("clone-set", "clonesets.apps.kruise.io", "CloneSet", "apps.kruise.io/v1alpha1"),
  pod("clone-set-pod", "clone-set", "m4tqz", 0),
  owner("kruise-stateful-set", "statefulsets.apps.kruise.io", "StatefulSet", "apps.kruise.io/v1beta1"),
  pod("kruise-stateful-pod", "kruise-stateful-set", "0", 1),
  owner("stateful-set", "statefulsets.apps", "StatefulSet", "apps/v1"),
  pod("stateful-pod", "stateful-set", "0", 2),
];

/** A cluster whose pods are owned by CloneSets and by StatefulSets of two groups, all of which the agent is told to upload. */
export const environmentOpenkruise: Scenario = {
  name: "environment-openkruise",
  title: "uploads CloneSets and the StatefulSets of both groups, old and new, with their pods",
  profile: "environments",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "create", objects: workloads },
    { step: "await-shown", objects: workloads.map((recipe) => recipe.as), budget: "staleness" },
    { step: "stop-agent" },
  ],
};

function owner(as: string, resource: string, kind: "CloneSet" | "StatefulSet", apiVersion: string): Recipe {
  const name = nameOf(as);
  const build = () => workload(kind, { name, namespace: NAMESPACE, app: name }, { replicas: 1, apiVersion });
  return { as, resource, build };
}

function pod(as: string, of: string, suffix: string, index: number): Recipe {
  const name = nameOf(of);
  return {
    as,
    resource: "pods",
    build: (world) => runningPod(world, { name: `${name}-${suffix}`, app: name, owner: world.made(of), index }),
  };
}

/** Names that the cluster was not filled with. */
function nameOf(as: string): string {
  return `conformance-${as}`;
}
