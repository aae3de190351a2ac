import type { KubeObject, OwnerReference } from "../catalog/index.ts";
import { addRevision } from "./daemonsets.ts";
import { addPod } from "./pods.ts";
import type { PodTemplate } from "./template.ts";
import { CONTROLLER, withLabels, type Workload, type WorkloadDraft } from "./workloads.ts";
import { createdAt, type World } from "./world.ts";

const CLAIM = "data";

/** A StatefulSet with numbered pods, each with a bound volume claim. */
export function addStatefulSet(world: World, draft: WorkloadDraft): Workload {
  const hash = world.random.templateHash();
  const revision = `${draft.name}-${hash}`;
  const object = world.add({
    resource: "statefulsets.apps",
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    name: draft.name,
    namespace: draft.namespace,
    labels: draft.labels,
    generation: 1,
    statusManager: CONTROLLER,
    body: {
      spec: {
        podManagementPolicy: "OrderedReady",
        replicas: draft.replicas,
        revisionHistoryLimit: 10,
        selector: { matchLabels: draft.selector },
        serviceName: draft.name,
        template: draft.template,
        updateStrategy: { rollingUpdate: { partition: 0 }, type: "RollingUpdate" },
        volumeClaimTemplates: [
          {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: { name: CLAIM },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } }, volumeMode: "Filesystem" },
            status: { phase: "Pending" },
          },
        ],
      },
      status: {
        availableReplicas: draft.replicas,
        collisionCount: 0,
        currentReplicas: draft.replicas,
        currentRevision: revision,
        observedGeneration: 1,
        readyReplicas: draft.replicas,
        replicas: draft.replicas,
        updateRevision: revision,
        updatedReplicas: draft.replicas,
      },
    },
  });
  addRevision(world, object, hash, draft.template);
  const pods = addNumberedPods(world, draft, object, withLabels(draft.template, { "controller-revision-hash": revision }));
  for (const pod of pods) addClaim(world, draft.namespace, `${CLAIM}-${pod.metadata.name}`, draft.selector);
  return { object, namespace: draft.namespace, selector: draft.selector, pods };
}

/** Pods `name-0`, `name-1`, … as every kind of stateful set makes them. */
export function addNumberedPods(
  world: World,
  draft: WorkloadDraft,
  owner: KubeObject,
  template: PodTemplate,
  claims = true,
): readonly KubeObject[] {
  return Array.from({ length: draft.replicas }, (_, ordinal) => {
    const name = `${draft.name}-${ordinal}`;
    return addPod(world, {
      namespace: draft.namespace,
      name,
      generateName: `${draft.name}-`,
      template,
      owner,
      after: createdAt(owner),
      labels: {
        "statefulset.kubernetes.io/pod-name": name,
        ...(world.old ? {} : { "apps.kubernetes.io/pod-index": String(ordinal) }),
      },
      spec: {
        hostname: name,
        subdomain: draft.name,
        ...(claims ? { volumes: [{ name: CLAIM, persistentVolumeClaim: { claimName: `${CLAIM}-${name}` } }] } : {}),
      },
    });
  });
}

function addClaim(world: World, namespace: string, name: string, labels: Readonly<Record<string, string>>): void {
  const capacity = { storage: "10Gi" };
  const claimUid = world.random.uuid();
  const volumeName = `pvc-${claimUid}`;
  const claim = world.add({
    resource: "persistentvolumeclaims",
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    name,
    namespace,
    uid: claimUid,
    labels,
    annotations: { "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes" },
    finalizers: ["kubernetes.io/pvc-protection"],
    manager: CONTROLLER,
    statusManager: CONTROLLER,
    body: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: capacity },
        storageClassName: "standard",
        volumeMode: "Filesystem",
        volumeName,
      },
      status: { accessModes: ["ReadWriteOnce"], capacity, phase: "Bound" },
    },
  });
  const reference: Partial<OwnerReference> & { namespace: string } = {
    apiVersion: "v1",
    kind: claim.kind,
    name,
    namespace,
    uid: claimUid,
  };
  world.add({
    resource: "persistentvolumes",
    apiVersion: "v1",
    kind: "PersistentVolume",
    name: volumeName,
    annotations: { "pv.kubernetes.io/provisioned-by": "storage.example.com" },
    finalizers: ["kubernetes.io/pv-protection"],
    created: createdAt(claim),
    manager: "csi-provisioner",
    statusManager: CONTROLLER,
    body: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        capacity,
        claimRef: reference,
        csi: { driver: "storage.example.com", fsType: "ext4", volumeHandle: world.random.hex(24) },
        persistentVolumeReclaimPolicy: "Delete",
        storageClassName: "standard",
        volumeMode: "Filesystem",
      },
      status: { phase: "Bound" },
    },
  });
}
