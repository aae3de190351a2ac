import { exposeApplication, workloadDraft } from "./apps.ts";
import { addBatch } from "./batch.ts";
import { addAppConfig, addNamespace } from "./config.ts";
import { addDaemonSet } from "./daemonsets.ts";
import { addIngress } from "./ingresses.ts";
import { addPod } from "./pods.ts";
import { addService } from "./services.ts";
import { addStatefulSet } from "./statefulsets.ts";
import { addDeployment, addReplicationController } from "./workloads.ts";
import type { World } from "./world.ts";

/**
 * What every cluster has, whatever its size: in `default` a Deployment with two pods whose names collide, the one
 * ReplicationController with its one pod, a bare pod and an idle Deployment; in `data` a StatefulSet and finished Jobs;
 * in `monitoring` a DaemonSet on the pod network.
 */
export function addFixtures(world: World, small: boolean): void {
  addDefaults(world, small);
  addNamespace(world, "data");
  const database = workloadDraft(world, { namespace: "data", name: "mysql", replicas: 2 });
  addAppConfig(world, "data", "mysql-config");
  exposeApplication(world, addStatefulSet(world, database), "mysql", "Headless");
  addBatch(world, "data");
  addNamespace(world, "monitoring", { "pod-security.kubernetes.io/enforce": "privileged" });
  const logs = workloadDraft(world, { namespace: "monitoring", name: "log-agent", replicas: 1 });
  addAppConfig(world, "monitoring", "log-agent-config");
  addDaemonSet(world, logs);
}

function addDefaults(world: World, small: boolean): void {
  const namespace = "default";
  for (const name of ["web", "legacy", "idle"]) addAppConfig(world, namespace, `${name}-config`);
  const web = workloadDraft(world, { namespace, name: "web", replicas: 2 });
  exposeApplication(world, addDeployment(world, { ...web, history: 1, colliding: true }), "web", "ClusterIP");
  addIngress(world, namespace, "web", "host");
  const legacy = workloadDraft(world, { namespace, name: "legacy", replicas: 1 });
  exposeApplication(world, addReplicationController(world, legacy), "legacy", "NodePort");
  addDeployment(world, workloadDraft(world, { namespace, name: "idle", replicas: 0 }));
  const debug = workloadDraft(world, { namespace, name: "debug-shell", replicas: 1, config: false });
  addPod(world, { namespace, name: "debug-shell", template: debug.template, after: world.moment() });
  addService(world, { namespace, name: "partner", type: "ExternalName", ports: [] });
  if (!small) addTroubled(world);
}

/** Two workloads in trouble: one pod that no node takes, one that keeps crashing. */
function addTroubled(world: World): void {
  const namespace = "default";
  for (const [name, lastPod] of [
    ["greedy", "pending"],
    ["flaky", "crashing"],
  ] as const) {
    addAppConfig(world, namespace, `${name}-config`);
    addDeployment(world, { ...workloadDraft(world, { namespace, name, replicas: 2 }), lastPod });
  }
}
