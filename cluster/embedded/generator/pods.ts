import type { KubeObject, OwnerReference } from "../catalog/index.ts";
import { fieldsOf } from "./managed-fields.ts";
import { podStatus, type PodState } from "./pod-status.ts";
import type { PodSpec, PodTemplate } from "./template.ts";
import { iso, ownedBy, specFieldsOf, type Draft, type NodeSlot, type World } from "./world.ts";

/** What a pod is made of. */
export interface PodDraft {
  readonly namespace: string;
  readonly name: string;
  readonly generateName?: string;
  readonly template: PodTemplate;
  readonly owner?: KubeObject;
  /** Ready by default. */
  readonly state?: PodState;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The node it must run on; otherwise the next worker. */
  readonly node?: NodeSlot;
  /** Over the template's; volumes beside those of the template. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** ms since the epoch: not before its owner. */
  readonly after: number;
  readonly manager?: string;
  /** Owner reference where the owner is no object of the cluster's list (a Node). */
  readonly ownerReference?: OwnerReference;
}

/** Managed fields of pods of one template, which differ in nothing but names. */
const SHAPES = new WeakMap<PodTemplate, Map<string, object>>();

/** Adds a pod as its controller would have made it and its kubelet reported it. */
export function addPod(world: World, draft: PodDraft): KubeObject {
  const state = draft.state ?? "ready";
  const node = draft.node ?? world.nextWorker();
  const created = world.moment(draft.after, 20 * 86_400_000);
  const { spec: templateSpec } = draft.template;
  const account = accountOf(templateSpec);
  const token = world.old ? `${account}-token` : `kube-api-access-${world.random.suffix()}`;
  const owner = draft.ownerReference ?? (draft.owner === undefined ? undefined : ownedBy(draft.owner));
  const podIP = templateSpec.hostNetwork === true ? node.address : state === "pending" ? undefined : node.takeAddress();
  const pod: Draft = {
    resource: "pods",
    apiVersion: "v1",
    kind: "Pod",
    name: draft.name,
    namespace: draft.namespace,
    ...(draft.generateName === undefined ? {} : { generateName: draft.generateName }),
    labels: { ...draft.template.metadata.labels, ...draft.labels },
    annotations: { ...draft.template.metadata.annotations, ...draft.annotations },
    ...(owner === undefined ? {} : { owner }),
    created,
    manager: draft.manager ?? (draft.owner === undefined ? "kubectl-client-side-apply" : "kube-controller-manager"),
    statusManager: state === "pending" ? "kube-scheduler" : "kubelet",
    body: {
      spec: podSpec(world, templateSpec, state === "pending" ? undefined : node, token, draft.spec),
      status: podStatus(world, { state, node, podIP, created, containers: templateSpec.containers }),
    },
  };
  return world.add({ ...pod, ...shapeOf(draft, pod, state, podIP, owner) });
}

/** Fields owned by controller and kubelet: computed once for a template, its owner and a state. */
function shapeOf(
  draft: PodDraft,
  pod: Draft,
  state: PodState,
  podIP: string | undefined,
  owner: OwnerReference | undefined,
): { readonly specFields: object; readonly statusFields: object } {
  const shapes = SHAPES.get(draft.template) ?? new Map<string, object>();
  SHAPES.set(draft.template, shapes);
  const specFields = remember(shapes, `spec ${owner?.uid ?? draft.name}`, () => controllerFields(draft, pod));
  const status = remember(shapes, `status ${state}`, () => {
    const { podIPs: _, ...rest } = pod.body["status"] as Record<string, unknown>;
    return fieldsOf(rest);
  });
  const addresses = podIP === undefined ? {} : { "f:podIPs": fieldsOf([{ ip: podIP }], "podIPs") };
  return { specFields, statusFields: { "f:status": { ...status, ...addresses } } };
}

function controllerFields(draft: PodDraft, pod: Draft): object {
  // What scheduler and admission add belongs to nobody's apply set.
  return specFieldsOf({ ...pod, body: { spec: draft.template.spec } });
}

function remember(map: Map<string, object>, key: string, make: () => object): object {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function accountOf(spec: PodSpec): string {
  const name = spec["serviceAccountName"];
  return typeof name === "string" ? name : "default";
}

function podSpec(
  world: World,
  template: PodSpec,
  node: NodeSlot | undefined,
  token: string,
  extra: Readonly<Record<string, unknown>> | undefined,
): object {
  const account = accountOf(template);
  const { volumes: further = [], ...rest } = extra ?? {};
  const mount = { mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", name: token, readOnly: true };
  return {
    ...template,
    containers: template.containers.map((container) => ({ ...container, volumeMounts: [...container.volumeMounts, mount] })),
    enableServiceLinks: true,
    ...(node === undefined ? {} : { nodeName: node.name }),
    preemptionPolicy: "PreemptLowerPriority",
    priority: 0,
    serviceAccount: account,
    serviceAccountName: account,
    tolerations: ["not-ready", "unreachable"].map((condition) => ({
      effect: "NoExecute",
      key: `node.kubernetes.io/${condition}`,
      operator: "Exists",
      tolerationSeconds: 300,
    })),
    volumes: [...template.volumes, ...(further as readonly object[]), tokenVolume(world, token)],
    ...rest,
  };
}

function tokenVolume(world: World, token: string): object {
  if (world.old) return { name: token, secret: { defaultMode: 420, secretName: token } };
  return {
    name: token,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
        { configMap: { items: [{ key: "ca.crt", path: "ca.crt" }], name: "kube-root-ca.crt" } },
        {
          downwardAPI: {
            items: [{ fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" }, path: "namespace" }],
          },
        },
      ],
    },
  };
}

/** Annotations of a static pod's mirror on the API server. */
export function mirrorAnnotations(hash: string, seen: number): Record<string, string> {
  return {
    "kubernetes.io/config.hash": hash,
    "kubernetes.io/config.mirror": hash,
    "kubernetes.io/config.seen": iso(seen),
    "kubernetes.io/config.source": "file",
  };
}
