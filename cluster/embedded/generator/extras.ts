import { record } from "../catalog/json.ts";
import type { KubeObject } from "../catalog/index.ts";
import { iso, createdAt, type World } from "./world.ts";

const RBAC = "rbac.authorization.k8s.io";

/** What else a cluster has and an agent may come upon: classes, quotas, roles, budgets. */
export function addExtras(world: World): void {
  addClasses(world);
  addRoles(world);
  addLimits(world);
}

function addClasses(world: World): void {
  world.add({
    resource: "ingressclasses.networking.k8s.io",
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    name: "nginx",
    generation: 1,
    body: { spec: { controller: "k8s.io/ingress-nginx" } },
  });
  world.add({
    resource: "storageclasses.storage.k8s.io",
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    name: "standard",
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    body: { provisioner: "storage.example.com", reclaimPolicy: "Delete", volumeBindingMode: "WaitForFirstConsumer" },
  });
  for (const [name, value] of [
    ["system-cluster-critical", 2_000_000_000],
    ["system-node-critical", 2_000_001_000],
  ] as const) {
    world.add({
      resource: "priorityclasses.scheduling.k8s.io",
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      name,
      generation: 1,
      manager: "kube-apiserver",
      body: { preemptionPolicy: "PreemptLowerPriority", value },
    });
  }
}

function addRoles(world: World): void {
  const roles = [
    { name: "cluster-admin", apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    {
      name: "system:node-proxier",
      apiGroups: [""],
      resources: ["services", "endpoints", "nodes"],
      verbs: ["get", "list", "watch"],
    },
  ];
  for (const { name, ...rule } of roles) {
    const common = { apiVersion: `${RBAC}/v1`, name, labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } };
    const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name };
    const subjects = [
      { apiGroup: RBAC, kind: "Group", name: name === "cluster-admin" ? "system:masters" : "system:node-proxiers" },
    ];
    const manager = "kube-apiserver";
    world.add({ ...common, manager, resource: `clusterroles.${RBAC}`, kind: "ClusterRole", body: { rules: [rule] } });
    world.add({
      ...common,
      manager,
      resource: `clusterrolebindings.${RBAC}`,
      kind: "ClusterRoleBinding",
      body: { roleRef, subjects },
    });
  }
}

function addLimits(world: World): void {
  world.add({
    resource: "limitranges",
    apiVersion: "v1",
    kind: "LimitRange",
    name: "container-defaults",
    namespace: "data",
    body: { spec: { limits: [{ default: { memory: "512Mi" }, defaultRequest: { cpu: "50m" }, type: "Container" }] } },
  });
  const hard = { pods: "200", "requests.cpu": "40" };
  world.add({
    resource: "resourcequotas",
    apiVersion: "v1",
    kind: "ResourceQuota",
    name: "team-quota",
    namespace: "data",
    statusManager: "kube-controller-manager",
    body: { spec: { hard }, status: { hard, used: { pods: "5", "requests.cpu": "450m" } } },
  });
  world.add({
    resource: "poddisruptionbudgets.policy",
    apiVersion: world.old ? "policy/v1beta1" : "policy/v1",
    kind: "PodDisruptionBudget",
    name: "mysql",
    namespace: "data",
    generation: 1,
    statusManager: "kube-controller-manager",
    body: {
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: "mysql" } } },
      status: { currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1, expectedPods: 2, observedGeneration: 1 },
    },
  });
}

/** Events about some of the pods, as scheduler and kubelets write them. */
export function addEvents(world: World): void {
  const pods = world.objects.filter(({ resource }) => resource === "pods").map(({ object }) => object);
  const count = Math.min(pods.length, 60);
  for (let index = 0; index < count; index++) {
    const pod = pods[Math.floor((index * pods.length) / count)];
    if (pod !== undefined) addEvent(world, pod, world.random.pick(REASONS));
  }
}

const REASONS = [
  { reason: "Scheduled", component: "default-scheduler", message: "the pod was given a node" },
  { reason: "Pulled", component: "kubelet", message: "the image was on the node already" },
  { reason: "Started", component: "kubelet", message: "a container was started" },
  { reason: "Unhealthy", component: "kubelet", message: "the readiness probe failed with status 503" },
] as const;

function addEvent(world: World, pod: KubeObject, { reason, component, message }: (typeof REASONS)[number]): void {
  const { name, namespace = "", uid } = pod.metadata;
  const at = createdAt(pod) + 1000 * world.random.between(1, 300);
  const host = record(pod["spec"])["nodeName"];
  world.add({
    resource: "events",
    apiVersion: "v1",
    kind: "Event",
    name: `${name}.${world.random.hex(16)}`,
    namespace,
    created: at,
    manager: component,
    body: {
      count: 1,
      eventTime: null,
      firstTimestamp: iso(at),
      involvedObject: { apiVersion: "v1", kind: "Pod", name, namespace, uid },
      lastTimestamp: iso(at),
      message,
      reason,
      reportingComponent: world.old ? "" : component,
      reportingInstance: "",
      source: { component, ...(component === "kubelet" && host !== undefined ? { host } : {}) },
      type: reason === "Unhealthy" ? "Warning" : "Normal",
    },
  });
}
