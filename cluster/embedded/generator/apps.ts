import { addAppConfig, addAppSecret, addNamespace, addSecret, certificate } from "./config.ts";
import { INGRESS_FORMS, addIngress } from "./ingresses.ts";
import { addServiceFor, type ServiceDraft, type ServiceType } from "./services.ts";
import { addStatefulSet } from "./statefulsets.ts";
import { podTemplate, type PodTemplate, type TemplateOptions } from "./template.ts";
import { addDeployment, type Workload, type WorkloadDraft } from "./workloads.ts";
import type { World } from "./world.ts";

const NAMESPACES = ["shop", "payments", "search", "media", "platform", "logistics", "accounts", "reports"];
const NAMES = [
  "web",
  "api",
  "cart",
  "catalog",
  "checkout",
  "orders",
  "gateway",
  "profile",
  "recommend",
  "mailer",
  "billing",
  "invoice",
  "tracker",
  "indexer",
  "feed",
  "chat",
  "thumbnailer",
  "scheduler",
  "ledger",
  "sessions",
];

/** Kinds of Service in turn; the last entry is an app without one. */
const SERVICE_TYPES: readonly (ServiceType | undefined)[] = [
  "ClusterIP",
  "ClusterIP",
  "NodePort",
  "ClusterIP",
  "Headless",
  "ClusterIP",
  "LoadBalancer",
  "ClusterIP",
  undefined,
];

/** Fills the cluster with applications until it has `pods` pods, spread over namespaces of their own. */
export function addApplications(world: World, pods: number): void {
  const missing = pods - world.podCount;
  if (missing <= 0) return;
  const spaces = namespaceNames(Math.min(80, Math.max(3, Math.ceil(missing / 90))));
  for (const space of spaces) addNamespace(world, space, { team: `team-${world.random.between(1, 6)}` });
  // Larger clusters run larger workloads, not just more of them.
  const largest = missing > 2000 ? 60 : 16;
  for (let index = 0; world.podCount < pods; index++) {
    const namespace = spaces[index % spaces.length] ?? "shop";
    const round = Math.floor(index / spaces.length);
    const base = NAMES[round % NAMES.length] ?? "app";
    const name = round < NAMES.length ? base : `${base}-${Math.floor(round / NAMES.length) + 1}`;
    const replicas = Math.min(pods - world.podCount, world.random.between(2, largest));
    addApplication(world, { namespace, name, replicas, index });
  }
}

function namespaceNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const base = NAMESPACES[index % NAMESPACES.length] ?? "team";
    return index < NAMESPACES.length ? base : `${base}-${Math.floor(index / NAMESPACES.length) + 1}`;
  });
}

interface Application {
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly index: number;
}

function addApplication(world: World, { namespace, name, replicas, index }: Application): void {
  const secret = world.random.chance(40) ? `${name}-credentials` : undefined;
  addAppConfig(world, namespace, `${name}-config`);
  if (secret !== undefined) addAppSecret(world, namespace, secret);
  const draft = workloadDraft(world, {
    namespace,
    name,
    replicas,
    sidecar: world.random.chance(15),
    rich: world.random.chance(40),
    ...(secret === undefined ? {} : { secret }),
  });
  const stateful = index % 9 === 7;
  const workload = stateful
    ? addStatefulSet(world, { ...draft, replicas: Math.min(replicas, 5) })
    : addDeployment(world, { ...draft, history: world.random.between(0, 3) });
  const type = stateful ? "Headless" : SERVICE_TYPES[index % SERVICE_TYPES.length];
  if (type === undefined) return;
  exposeApplication(world, workload, name, type);
  if (type === "ClusterIP" && index % 3 === 0) {
    const form = INGRESS_FORMS[(index / 3) % INGRESS_FORMS.length] ?? "host";
    addIngress(world, namespace, name, form);
    if (form === "tls") {
      addSecret(world, namespace, `${name}-tls`, "kubernetes.io/tls", {
        "tls.crt": certificate(world),
        "tls.key": world.random.hex(400),
      });
    }
  }
}

/** A Service with the usual two ports, the first by number and the second by name. */
export function exposeApplication(world: World, workload: Workload, name: string, type: ServiceDraft["type"]): void {
  const ports = [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "metrics", port: 9090, targetPort: "metrics" },
  ];
  addServiceFor(world, workload, { name, type, labels: { app: name }, ports });
}

/** An application's workload: labels, selector and template that fit each other. */
export function workloadDraft(
  world: World,
  options: {
    namespace: string;
    name: string;
    replicas: number;
    secret?: string;
    sidecar?: boolean;
    rich?: boolean;
    config?: boolean;
  },
): WorkloadDraft & { readonly template: PodTemplate } {
  const { namespace, name, replicas } = options;
  const version = `${world.random.between(1, 4)}.${world.random.between(0, 30)}.${world.random.between(0, 9)}`;
  const selector = { app: name };
  const labels = { app: name, "app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/version": version };
  const template: TemplateOptions = {
    namespace,
    name,
    labels: { ...labels, tier: world.random.pick(["frontend", "backend", "worker"]) },
    image: `registry.example.com/${namespace}/${name}:${version}`,
    ...(options.config === false ? {} : { configMap: `${name}-config` }),
    ...(options.secret === undefined ? {} : { secret: options.secret }),
    sidecar: options.sidecar === true,
    rich: options.rich === true,
  };
  return { namespace, name, labels, selector, replicas, template: podTemplate(world, template) };
}
