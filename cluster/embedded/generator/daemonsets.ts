import type { KubeObject } from "../catalog/index.ts";
import { addPod } from "./pods.ts";
import type { PodTemplate } from "./template.ts";
import { CONTROLLER, suffixesOf, withLabels, type Workload, type WorkloadDraft } from "./workloads.ts";
import { createdAt, ownedBy, type World } from "./world.ts";

/** A DaemonSet with a pod on every node. */
export function addDaemonSet(world: World, draft: Omit<WorkloadDraft, "replicas">): Workload {
  const count = world.nodes.length;
  const hash = world.random.templateHash();
  const object = world.add({
    resource: "daemonsets.apps",
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    name: draft.name,
    namespace: draft.namespace,
    labels: draft.labels,
    annotations: { "deprecated.daemonset.template.generation": "1" },
    generation: 1,
    statusManager: CONTROLLER,
    body: {
      spec: {
        revisionHistoryLimit: 10,
        selector: { matchLabels: draft.selector },
        template: draft.template,
        updateStrategy: { rollingUpdate: { maxUnavailable: 1 }, type: "RollingUpdate" },
      },
      status: {
        currentNumberScheduled: count,
        desiredNumberScheduled: count,
        numberAvailable: count,
        numberMisscheduled: 0,
        numberReady: count,
        observedGeneration: 1,
        updatedNumberScheduled: count,
      },
    },
  });
  addRevision(world, object, hash, draft.template);
  const generateName = `${draft.name}-`;
  const template = withLabels(draft.template, { "controller-revision-hash": hash, "pod-template-generation": "1" });
  const suffixes = suffixesOf(world, { ...draft, replicas: count }, generateName);
  const pods = world.nodes.map((node, index) =>
    addPod(world, {
      namespace: draft.namespace,
      name: generateName + (suffixes[index] ?? ""),
      generateName,
      template,
      owner: object,
      node,
      after: createdAt(object),
      spec: { tolerations: [{ operator: "Exists" }], priority: 2000001000, priorityClassName: "system-node-critical" },
    }),
  );
  return { object, namespace: draft.namespace, selector: draft.selector, pods };
}

/** The ControllerRevision that a DaemonSet or StatefulSet keeps of its template. */
export function addRevision(world: World, owner: KubeObject, hash: string, template: PodTemplate): void {
  world.add({
    resource: "controllerrevisions.apps",
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    name: `${owner.metadata.name}-${hash}`,
    ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
    labels: { ...template.metadata.labels, "controller-revision-hash": hash },
    owner: ownedBy(owner),
    created: createdAt(owner),
    manager: CONTROLLER,
    body: { data: { spec: { template: { $patch: "replace", ...template } } }, revision: 1 },
  });
}
