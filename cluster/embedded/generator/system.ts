import { addDaemonSet } from "./daemonsets.ts";
import { addAppSecret, addConfigMap, addNamespace, addServiceAccount, certificate } from "./config.ts";
import { addPod, mirrorAnnotations } from "./pods.ts";
import { addService, addServiceFor } from "./services.ts";
import { podTemplate } from "./template.ts";
import { addDeployment } from "./workloads.ts";
import type { World } from "./world.ts";

const SYSTEM = "kube-system";

/** Namespaces that every cluster has, and the first Service of all. */
export function addFoundations(world: World): void {
  for (const name of ["default", SYSTEM, "kube-public", "kube-node-lease"]) addNamespace(world, name);
  addService(world, {
    namespace: "default",
    name: "kubernetes",
    type: "ClusterIP",
    labels: { component: "apiserver", provider: "kubernetes" },
    ports: [{ name: "https", port: 443, targetPort: 6443 }],
    clusterIP: "10.96.0.1",
  });
  addConfigMap(world, "kube-public", "cluster-info", { kubeconfig: "apiVersion: v1\nkind: Config\nclusters: []\n" });
  addConfigMap(world, SYSTEM, "kubeadm-config", {
    ClusterConfiguration: `kubernetesVersion: ${world.release.versionInfo["gitVersion"] ?? ""}\nnetworking:\n  serviceSubnet: 10.96.0.0/12\n`,
  });
  addConfigMap(world, SYSTEM, "extension-apiserver-authentication", { "client-ca-file": certificate(world) });
  addAppSecret(world, SYSTEM, "bootstrap-token-0a1b2c");
}

/** Static pods of the control plane, kube-proxy, the network and cluster DNS. */
export function addSystemPods(world: World): void {
  for (const component of ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"])
    addStaticPods(world, component);
  for (const account of ["kube-proxy", "kube-network", "coredns"]) addServiceAccount(world, SYSTEM, account);
  addHostDaemonSet(world, "kube-proxy", "registry.k8s.io/kube-proxy");
  addHostDaemonSet(world, "kube-network", "registry.example.com/network/agent");
  addDns(world);
}

function addStaticPods(world: World, component: string): void {
  const labels = { component, tier: "control-plane" };
  const image = `registry.k8s.io/${component}:${world.release.versionInfo["gitVersion"] ?? ""}`;
  const template = podTemplate(world, { namespace: SYSTEM, name: component, image, labels, hostNetwork: true });
  for (const node of world.nodes.filter((candidate) => candidate.controlPlane)) {
    addPod(world, {
      namespace: SYSTEM,
      name: `${component}-${node.name}`,
      template,
      node,
      after: node.created,
      manager: "kubelet",
      annotations: mirrorAnnotations(world.random.hex(32), node.created),
      ownerReference: { apiVersion: "v1", kind: "Node", name: node.name, uid: node.uid, controller: true },
      spec: { priority: 2000001000, priorityClassName: "system-node-critical", tolerations: [{ operator: "Exists" }] },
    });
  }
}

function addHostDaemonSet(world: World, name: string, image: string): void {
  const selector = { "k8s-app": name };
  addConfigMap(world, SYSTEM, name, { "config.conf": `clusterCIDR: 10.0.0.0/8\nmode: ipvs\n` });
  const options = { namespace: SYSTEM, name, labels: selector, hostNetwork: true, configMap: name, serviceAccount: name };
  const template = podTemplate(world, { ...options, image: `${image}:stable` });
  addDaemonSet(world, { namespace: SYSTEM, name, labels: selector, selector, template });
}

function addDns(world: World): void {
  const selector = { "k8s-app": "kube-dns" };
  addConfigMap(world, SYSTEM, "coredns", {
    Corefile: ".:53 {\n    errors\n    kubernetes cluster.local\n    forward . /etc/resolv.conf\n}\n",
  });
  const template = podTemplate(world, {
    namespace: SYSTEM,
    name: "coredns",
    image: "registry.k8s.io/coredns/coredns:v1.11.1",
    labels: selector,
    port: 5353,
    configMap: "coredns",
    serviceAccount: "coredns",
  });
  const dns = addDeployment(world, { namespace: SYSTEM, name: "coredns", labels: selector, selector, template, replicas: 2 });
  const ports = [
    { name: "dns-tcp", port: 53, targetPort: 5353 },
    { name: "metrics", port: 9153, targetPort: "metrics" },
  ];
  addServiceFor(world, dns, { name: "kube-dns", type: "ClusterIP", labels: selector, ports, clusterIP: "10.96.0.10" });
}
