import { SCALE, define, statusOf } from "./define.ts";
import type { KubernetesRelease, ResourceDefinition } from "./types.ts";

const CREATE_ONLY = { verbs: ["create"] };
const CREATE_ONLY_CLUSTER = { verbs: ["create"], clusterScoped: true };
const CLUSTER = { clusterScoped: true };

/** Resources of the built-in groups under `/apis`: groups in the order of the aggregator, resources by name. */
export function groupResources(release: KubernetesRelease): readonly ResourceDefinition[] {
  const old = release.id === "1.20";
  // Beta versions that 1.20 still served beside v1; 1.30 serves v1 alone.
  const v1 = old ? ["v1", "v1beta1"] : ["v1"];
  return [
    define("apiregistration.k8s.io", v1, "apiservices", "APIService", {
      ...CLUSTER,
      categories: ["api-extensions"],
      subresources: [statusOf("APIService")],
    }),
    ...apps(),
    define("events.k8s.io", v1, "events", "Event", { short: ["ev"], storedAs: "events", storageVersion: "v1" }),
    ...(old ? [] : [define("authentication.k8s.io", v1, "selfsubjectreviews", "SelfSubjectReview", CREATE_ONLY_CLUSTER)]),
    define("authentication.k8s.io", v1, "tokenreviews", "TokenReview", CREATE_ONLY_CLUSTER),
    define("authorization.k8s.io", v1, "localsubjectaccessreviews", "LocalSubjectAccessReview", CREATE_ONLY),
    define("authorization.k8s.io", v1, "selfsubjectaccessreviews", "SelfSubjectAccessReview", CREATE_ONLY_CLUSTER),
    define("authorization.k8s.io", v1, "selfsubjectrulesreviews", "SelfSubjectRulesReview", CREATE_ONLY_CLUSTER),
    define("authorization.k8s.io", v1, "subjectaccessreviews", "SubjectAccessReview", CREATE_ONLY_CLUSTER),
    define(
      "autoscaling",
      old ? ["v1", "v2beta1", "v2beta2"] : ["v2", "v1"],
      "horizontalpodautoscalers",
      "HorizontalPodAutoscaler",
      { short: ["hpa"], categories: ["all"], subresources: [statusOf("HorizontalPodAutoscaler")] },
    ),
    define("batch", old ? ["v1beta1"] : ["v1"], "cronjobs", "CronJob", {
      short: ["cj"],
      categories: ["all"],
      subresources: [statusOf("CronJob")],
    }),
    define("batch", ["v1"], "jobs", "Job", { categories: ["all"], subresources: [statusOf("Job")] }),
    define("certificates.k8s.io", v1, "certificatesigningrequests", "CertificateSigningRequest", {
      ...CLUSTER,
      short: ["csr"],
      subresources: [
        { name: "approval", kind: "CertificateSigningRequest", verbs: ["get", "patch", "update"] },
        statusOf("CertificateSigningRequest"),
      ],
    }),
    ...networking(v1),
    ...(old ? [extensionsIngresses()] : []),
    ...policy(old),
    define("rbac.authorization.k8s.io", v1, "clusterrolebindings", "ClusterRoleBinding", CLUSTER),
    define("rbac.authorization.k8s.io", v1, "clusterroles", "ClusterRole", CLUSTER),
    define("rbac.authorization.k8s.io", v1, "rolebindings", "RoleBinding"),
    define("rbac.authorization.k8s.io", v1, "roles", "Role"),
    ...storage(v1, old),
    ...admission(v1, old),
    define("apiextensions.k8s.io", v1, "customresourcedefinitions", "CustomResourceDefinition", {
      ...CLUSTER,
      short: ["crd", "crds"],
      categories: ["api-extensions"],
      subresources: [statusOf("CustomResourceDefinition")],
    }),
    define("scheduling.k8s.io", v1, "priorityclasses", "PriorityClass", { ...CLUSTER, short: ["pc"] }),
    define("coordination.k8s.io", v1, "leases", "Lease"),
    define("node.k8s.io", v1, "runtimeclasses", "RuntimeClass", CLUSTER),
    define("discovery.k8s.io", old ? ["v1beta1"] : ["v1"], "endpointslices", "EndpointSlice"),
    ...flowControl(old),
  ];
}

function extensionsIngresses(): ResourceDefinition {
  return define("extensions", ["v1beta1"], "ingresses", "Ingress", {
    short: ["ing"],
    subresources: [statusOf("Ingress")],
    storedAs: "ingresses.networking.k8s.io",
    storageVersion: "v1",
  });
}

function apps(): readonly ResourceDefinition[] {
  const workload = (plural: string, kind: string, short: string, scaled: boolean): ResourceDefinition =>
    define("apps", ["v1"], plural, kind, {
      short: [short],
      categories: ["all"],
      subresources: [...(scaled ? [SCALE] : []), statusOf(kind)],
    });
  return [
    define("apps", ["v1"], "controllerrevisions", "ControllerRevision"),
    workload("daemonsets", "DaemonSet", "ds", false),
    workload("deployments", "Deployment", "deploy", true),
    workload("replicasets", "ReplicaSet", "rs", true),
    workload("statefulsets", "StatefulSet", "sts", true),
  ];
}

function networking(v1: readonly string[]): readonly ResourceDefinition[] {
  return [
    define("networking.k8s.io", v1, "ingressclasses", "IngressClass", CLUSTER),
    define("networking.k8s.io", v1, "ingresses", "Ingress", { short: ["ing"], subresources: [statusOf("Ingress")] }),
    define("networking.k8s.io", ["v1"], "networkpolicies", "NetworkPolicy", { short: ["netpol"] }),
  ];
}

function policy(old: boolean): readonly ResourceDefinition[] {
  const versions = old ? ["v1beta1"] : ["v1"];
  const budgets = define("policy", versions, "poddisruptionbudgets", "PodDisruptionBudget", {
    short: ["pdb"],
    subresources: [statusOf("PodDisruptionBudget")],
  });
  if (!old) return [budgets];
  return [
    budgets,
    define("policy", versions, "podsecuritypolicies", "PodSecurityPolicy", {
      ...CLUSTER,
      short: ["psp"],
      singular: "podsecuritypolicy",
    }),
  ];
}

function storage(v1: readonly string[], old: boolean): readonly ResourceDefinition[] {
  const group = "storage.k8s.io";
  return [
    define(group, v1, "csidrivers", "CSIDriver", CLUSTER),
    define(group, v1, "csinodes", "CSINode", CLUSTER),
    ...(old ? [] : [define(group, v1, "csistoragecapacities", "CSIStorageCapacity")]),
    define(group, v1, "storageclasses", "StorageClass", { ...CLUSTER, short: ["sc"] }),
    define(group, v1, "volumeattachments", "VolumeAttachment", {
      ...CLUSTER,
      subresources: [statusOf("VolumeAttachment", ["v1"])],
    }),
  ];
}

function admission(v1: readonly string[], old: boolean): readonly ResourceDefinition[] {
  const group = "admissionregistration.k8s.io";
  const extensions = { ...CLUSTER, categories: ["api-extensions"] };
  const policies = old
    ? []
    : [
        define(group, v1, "validatingadmissionpolicies", "ValidatingAdmissionPolicy", {
          ...extensions,
          subresources: [statusOf("ValidatingAdmissionPolicy")],
        }),
        define(group, v1, "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", extensions),
      ];
  return [
    define(group, v1, "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", extensions),
    ...policies,
    define(group, v1, "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", extensions),
  ];
}

function flowControl(old: boolean): readonly ResourceDefinition[] {
  const group = "flowcontrol.apiserver.k8s.io";
  const versions = old ? ["v1beta1"] : ["v1", "v1beta3"];
  return [
    define(group, versions, "flowschemas", "FlowSchema", { ...CLUSTER, subresources: [statusOf("FlowSchema")] }),
    define(group, versions, "prioritylevelconfigurations", "PriorityLevelConfiguration", {
      ...CLUSTER,
      subresources: [statusOf("PriorityLevelConfiguration")],
    }),
  ];
}
