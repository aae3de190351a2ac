import type { KubeObject } from "../catalog/index.ts";
import type { World } from "./world.ts";

/** A namespace with what the control plane puts into each: a ServiceAccount and the cluster's CA. */
export function addNamespace(world: World, name: string, labels: Readonly<Record<string, string>> = {}): void {
  world.add({
    resource: "namespaces",
    apiVersion: "v1",
    kind: "Namespace",
    name,
    labels: world.old ? labels : { ...labels, "kubernetes.io/metadata.name": name },
    manager: "kube-apiserver",
    body: { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } },
  });
  addServiceAccount(world, name, "default");
  addConfigMap(world, name, "kube-root-ca.crt", { "ca.crt": certificate(world) });
}

/** A ServiceAccount; before 1.24 with its token Secret. */
export function addServiceAccount(world: World, namespace: string, name: string): KubeObject {
  const token = `${name}-token`;
  const account = world.add({
    resource: "serviceaccounts",
    apiVersion: "v1",
    kind: "ServiceAccount",
    name,
    namespace,
    manager: "kube-controller-manager",
    body: world.release.features.tokenSecrets ? { secrets: [{ name: token }] } : {},
  });
  if (world.release.features.tokenSecrets) {
    const annotations = {
      "kubernetes.io/service-account.name": name,
      "kubernetes.io/service-account.uid": account.metadata.uid ?? "",
    };
    addSecret(
      world,
      namespace,
      token,
      "kubernetes.io/service-account-token",
      {
        "ca.crt": certificate(world),
        namespace,
        token: `eyJhbGciOiJSUzI1NiJ9.${world.random.hex(240)}.${world.random.hex(80)}`,
      },
      annotations,
    );
  }
  return account;
}

/** A ConfigMap. */
export function addConfigMap(world: World, namespace: string, name: string, data: Readonly<Record<string, string>>): void {
  const manager = name === "kube-root-ca.crt" ? { manager: "kube-controller-manager" } : {};
  world.add({ resource: "configmaps", apiVersion: "v1", kind: "ConfigMap", name, namespace, ...manager, body: { data } });
}

/** A ConfigMap as applications have it. */
export function addAppConfig(world: World, namespace: string, name: string): void {
  const { random } = world;
  addConfigMap(world, namespace, name, {
    flags: JSON.stringify({ newCheckout: random.chance(50), darkMode: random.chance(50), rollout: random.between(0, 100) }),
    "application.yaml": [
      "server:",
      "  port: 8080",
      `  threads: ${random.between(4, 64)}`,
      "database:",
      `  pool: ${random.between(5, 50)}`,
      "  timeout: 30s",
      "# ключ, 密钥, clé: bytes are not characters",
      "",
    ].join("\n"),
  });
}

/** A Secret; values are given as text and stored in base64. No agent has any business with them. */
export function addSecret(
  world: World,
  namespace: string,
  name: string,
  type: string,
  values: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>> = {},
): void {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")]));
  world.add({ resource: "secrets", apiVersion: "v1", kind: "Secret", name, namespace, annotations, body: { data, type } });
}

/** A Secret as applications have it. */
export function addAppSecret(world: World, namespace: string, name: string): void {
  addSecret(world, namespace, name, "Opaque", { password: world.random.hex(32), username: "app" });
}

/** Text in the shape of a certificate; nothing can be verified by it. */
export function certificate(world: World): string {
  const body = Buffer.from(world.random.hex(960))
    .toString("base64")
    .replace(/(.{64})/g, "$1\n");
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}
