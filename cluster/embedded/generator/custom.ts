import { customResources, resourceKey, type CatalogFeature, type KubeObject, type ResourceDefinition } from "../catalog/index.ts";
import { exposeApplication, workloadDraft } from "./apps.ts";
import { addAppConfig } from "./config.ts";
import { addNumberedPods } from "./statefulsets.ts";
import { addGeneratedPods, withLabels, type Workload, type WorkloadDraft } from "./workloads.ts";
import type { World } from "./world.ts";

const NAMESPACE = "default";

/** The custom resources of the declared features, their definitions, and the pods that they own. */
export function addCustomResources(world: World, features: readonly string[]): void {
  for (const definition of customResources) {
    if (definition.feature === undefined || !features.includes(definition.feature)) continue;
    addDefinition(world, definition);
  }
  for (const feature of Object.keys(ADD) as CatalogFeature[]) if (features.includes(feature)) ADD[feature](world);
}

const ADD: Readonly<Record<CatalogFeature, (world: World) => void>> = {
  openkruise: (world) => {
    addWorkload(world, { plural: "clonesets", name: "storefront", replicas: 3, numbered: false });
    addWorkload(world, { plural: "statefulsets", name: "broker", replicas: 2, numbered: true });
  },
  opengauss: (world) => addWorkload(world, { plural: "opengaussclusters", name: "ledger-db", replicas: 2, numbered: true }),
  tke: (world) => addWorkload(world, { plural: "statefulsetpluses", name: "queue", replicas: 2, numbered: true }),
  calico: (world) => {
    addObject(world, find("ippools"), "default-ipv4-ippool", {
      spec: { blockSize: 26, cidr: "10.244.0.0/16", ipipMode: "Always", natOutgoing: true, nodeSelector: "all()" },
    });
  },
  pingan: (world) => {
    const selector = { app: "web" };
    const ports = [{ name: "http", port: 80, protocol: "TCP", targetPort: 8080 }];
    const spec = { clusterIP: world.serviceAddress(), ports, selector, type: "ClusterIP" };
    addObject(world, find("servicerules"), "web-rule", { spec }, NAMESPACE);
  },
  openshift: (world) => {
    for (const [name, targetPort] of [
      ["web", 8080],
      ["legacy", "http"],
    ] as const) {
      const spec = {
        host: `${name}.apps.example.com`,
        port: { targetPort },
        to: { kind: "Service", name, weight: 100 },
        wildcardPolicy: "None",
      };
      const ingress = [{ host: spec.host, routerName: "default", wildcardPolicy: "None" }];
      addObject(world, find("routes"), name, { spec, status: { ingress } }, NAMESPACE);
    }
  },
};

interface CustomWorkload {
  readonly plural: string;
  readonly name: string;
  readonly replicas: number;
  readonly numbered: boolean;
}

function addWorkload(world: World, { plural, name, replicas, numbered }: CustomWorkload): void {
  const definition = find(plural);
  addAppConfig(world, NAMESPACE, `${name}-config`);
  const draft = labelled(workloadDraft(world, { namespace: NAMESPACE, name, replicas }), definition);
  const { selector, template } = draft;
  const object = addObject(
    world,
    definition,
    name,
    {
      spec: {
        replicas,
        ...(definition.feature === "opengauss" ? {} : { selector: { matchLabels: selector } }),
        ...(numbered ? { serviceName: name } : {}),
        template,
      },
      status: { observedGeneration: 1, readyReplicas: replicas, replicas },
    },
    NAMESPACE,
    draft.labels,
  );
  const pods = numbered
    ? addNumberedPods(world, draft, object, template, false)
    : addGeneratedPods(world, draft, object, template);
  const workload: Workload = { object, namespace: NAMESPACE, selector, pods };
  exposeApplication(world, workload, name, numbered ? "Headless" : "ClusterIP");
}

/** The labels that an operator of the kind selects its pods by. */
function labelled(draft: WorkloadDraft, definition: ResourceDefinition): WorkloadDraft {
  if (definition.feature !== "opengauss") return draft;
  const selector = { ...draft.selector, "opengauss.cluster": draft.name };
  return { ...draft, labels: { ...draft.labels, ...selector }, selector, template: withLabels(draft.template, selector) };
}

function find(plural: string): ResourceDefinition {
  const definition = customResources.find((candidate) => candidate.plural === plural);
  if (definition === undefined) throw new Error(`the catalog has no custom resource ${plural}`);
  return definition;
}

function addObject(
  world: World,
  definition: ResourceDefinition,
  name: string,
  body: Readonly<Record<string, unknown>>,
  namespace?: string,
  labels?: Readonly<Record<string, string>>,
): KubeObject {
  return world.add({
    resource: resourceKey(definition),
    apiVersion: `${definition.group}/${definition.storageVersion}`,
    kind: definition.kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    generation: 1,
    statusManager: "manager",
    body,
  });
}

function addDefinition(world: World, definition: ResourceDefinition): void {
  const { plural, singular, kind, listKind, shortNames, categories, group } = definition;
  const names = { categories, kind, listKind, plural, shortNames, singular };
  world.add({
    resource: "customresourcedefinitions.apiextensions.k8s.io",
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: resourceKey(definition),
    generation: 1,
    statusManager: "kube-apiserver",
    body: {
      spec: {
        conversion: { strategy: "None" },
        group,
        names,
        scope: definition.namespaced ? "Namespaced" : "Cluster",
        versions: definition.versions.map((name) => ({
          name,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          served: true,
          storage: name === definition.storageVersion,
        })),
      },
      status: {
        acceptedNames: names,
        conditions: ["NamesAccepted", "Established"].map((type) => ({
          lastTransitionTime: "2025-03-03T08:30:00Z",
          message: "",
          reason: type === "Established" ? "InitialNamesAccepted" : "NoConflicts",
          status: "True",
          type,
        })),
        storedVersions: [definition.storageVersion],
      },
    },
  });
}
