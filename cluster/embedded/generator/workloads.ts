import type { KubeObject } from "../catalog/index.ts";
import { addPod, type PodDraft } from "./pods.ts";
import type { PodTemplate } from "./template.ts";
import { createdAt, iso, ownedBy, type World } from "./world.ts";

/** A workload and the pods it runs, for the Services in front of it. */
export interface Workload {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly pods: readonly KubeObject[];
}

/** What a workload is made of. */
export interface WorkloadDraft {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
  readonly replicas: number;
  /** ReplicaSets of earlier rollouts, all scaled to 0. */
  readonly history?: number;
  /** Two of its pods collide under the rule of protocol.md 4.4. */
  readonly colliding?: boolean;
  /** State of its last pod; all others are ready. */
  readonly lastPod?: PodDraft["state"];
}

/** The manager of what the controllers write. */
export const CONTROLLER = "kube-controller-manager";

/** A Deployment with its active ReplicaSet, that one's pods, and the ReplicaSets of earlier rollouts. */
export function addDeployment(world: World, draft: WorkloadDraft): Workload {
  const history = draft.history ?? 0;
  const ready = draft.lastPod === undefined ? draft.replicas : draft.replicas - 1;
  const created = world.moment();
  const deployment = world.add({
    created,
    resource: "deployments.apps",
    apiVersion: "apps/v1",
    kind: "Deployment",
    name: draft.name,
    namespace: draft.namespace,
    labels: draft.labels,
    annotations: { "deployment.kubernetes.io/revision": String(history + 1) },
    generation: history + 1,
    statusManager: CONTROLLER,
    body: {
      spec: {
        progressDeadlineSeconds: 600,
        replicas: draft.replicas,
        revisionHistoryLimit: 10,
        selector: { matchLabels: draft.selector },
        strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" }, type: "RollingUpdate" },
        template: draft.template,
      },
      status: {
        availableReplicas: ready,
        conditions: deploymentConditions(created),
        observedGeneration: history + 1,
        readyReplicas: ready,
        replicas: draft.replicas,
        updatedReplicas: draft.replicas,
      },
    },
  });
  for (let revision = 1; revision <= history; revision++) addReplicaSet(world, draft, deployment, revision, 0);
  const replicaSet = addReplicaSet(world, draft, deployment, history + 1, draft.replicas);
  const hash = replicaSet.metadata.labels?.["pod-template-hash"] ?? "";
  const template = withLabels(draft.template, { "pod-template-hash": hash });
  const pods = addGeneratedPods(world, draft, replicaSet, template);
  return { object: deployment, namespace: draft.namespace, selector: draft.selector, pods };
}

function deploymentConditions(created: number): readonly object[] {
  const condition = (type: string, reason: string, message: string) => ({
    lastTransitionTime: iso(created),
    lastUpdateTime: iso(created),
    message,
    reason,
    status: "True",
    type,
  });
  return [
    condition("Available", "MinimumReplicasAvailable", "enough pods are available"),
    condition("Progressing", "NewReplicaSetAvailable", "the newest ReplicaSet has all its pods"),
  ];
}

function addReplicaSet(world: World, draft: WorkloadDraft, owner: KubeObject, revision: number, replicas: number): KubeObject {
  const hash = world.random.templateHash();
  const template = withLabels(draft.template, { "pod-template-hash": hash });
  return world.add({
    resource: "replicasets.apps",
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    name: `${draft.name}-${hash}`,
    namespace: draft.namespace,
    labels: template.metadata.labels,
    annotations: {
      "deployment.kubernetes.io/desired-replicas": String(draft.replicas),
      "deployment.kubernetes.io/max-replicas": String(Math.ceil(draft.replicas * 1.25)),
      "deployment.kubernetes.io/revision": String(revision),
    },
    owner: ownedBy(owner),
    generation: 1,
    created: world.moment(createdAt(owner), 10 * 86_400_000),
    manager: CONTROLLER,
    statusManager: CONTROLLER,
    body: {
      spec: { replicas, selector: { matchLabels: { ...draft.selector, "pod-template-hash": hash } }, template },
      status: {
        ...(replicas === 0 ? {} : { availableReplicas: replicas, fullyLabeledReplicas: replicas, readyReplicas: replicas }),
        observedGeneration: 1,
        replicas,
      },
    },
  });
}

/** The template with more labels, as a controller stamps its revision on it. */
export function withLabels(template: PodTemplate, labels: Readonly<Record<string, string>>): PodTemplate {
  return { ...template, metadata: { ...template.metadata, labels: { ...template.metadata.labels, ...labels } } };
}

/** Pods with generated names, as ReplicaSets, ReplicationControllers and CloneSets make them. */
export function addGeneratedPods(
  world: World,
  draft: WorkloadDraft,
  owner: KubeObject,
  template: PodTemplate,
): readonly KubeObject[] {
  const generateName = `${owner.metadata.name}-`;
  const suffixes = suffixesOf(world, draft, generateName);
  return suffixes.map((suffix, index) =>
    addPod(world, {
      namespace: draft.namespace,
      name: generateName + suffix,
      generateName,
      template,
      owner,
      after: createdAt(owner),
      ...(draft.lastPod !== undefined && index === suffixes.length - 1 ? { state: draft.lastPod } : {}),
    }),
  );
}

/** As many distinct pod name suffixes as the workload has replicas. */
export function suffixesOf(world: World, draft: WorkloadDraft, generateName: string): readonly string[] {
  const suffixes = new Set<string>(draft.colliding === true ? world.random.collidingSuffixes(generateName) : []);
  while (suffixes.size < draft.replicas) suffixes.add(world.random.suffix());
  return [...suffixes];
}

/** The one ReplicationController of the cluster and its pods. */
export function addReplicationController(world: World, draft: WorkloadDraft): Workload {
  const counts = { availableReplicas: draft.replicas, fullyLabeledReplicas: draft.replicas, readyReplicas: draft.replicas };
  const object = world.add({
    resource: "replicationcontrollers",
    apiVersion: "v1",
    kind: "ReplicationController",
    name: draft.name,
    namespace: draft.namespace,
    labels: draft.labels,
    generation: 1,
    statusManager: CONTROLLER,
    body: {
      spec: { replicas: draft.replicas, selector: draft.selector, template: draft.template },
      status: { ...counts, observedGeneration: 1, replicas: draft.replicas },
    },
  });
  const pods = addGeneratedPods(world, draft, object, draft.template);
  return { object, namespace: draft.namespace, selector: draft.selector, pods };
}
