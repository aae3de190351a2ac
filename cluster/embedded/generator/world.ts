import { findRelease, type KubeObject, type KubernetesRelease, type OwnerReference } from "../catalog/index.ts";
import { isRecord } from "../catalog/json.ts";
import { deepFreeze } from "./freeze.ts";
import { fieldsOf, managedBy } from "./managed-fields.ts";
import { Random } from "./random.ts";
import type { GeneratedObject } from "./types.ts";

/** When the cluster was set up: everything in it is younger, and older than 2026. */
const FOUNDED = Date.UTC(2025, 2, 3, 8, 30, 0);
const LAST = Date.UTC(2025, 10, 28, 17, 0, 0);

/** A node, as far as pods need to know it. */
export interface NodeSlot {
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly controlPlane: boolean;
  readonly created: number;
  /** The next free pod address in its podCIDR. */
  readonly takeAddress: () => string;
}

/** What an object is made of; the world adds uid, timestamps and managedFields. */
export interface Draft {
  readonly resource: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly generateName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly owner?: OwnerReference;
  readonly finalizers?: readonly string[];
  readonly generation?: number;
  readonly uid?: string;
  /** ms since the epoch. */
  readonly created?: number;
  /** Who wrote the desired state; kubectl by default. */
  readonly manager?: string;
  /** Who wrote the status. */
  readonly statusManager?: string;
  /** Precomputed fieldsV1, for many objects of one shape. */
  readonly specFields?: object;
  readonly statusFields?: object;
  /** Fields beside apiVersion, kind and metadata; `status` is managed by its own manager. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The cluster while it is being made. */
export class World {
  readonly random: Random;
  readonly release: KubernetesRelease;
  readonly old: boolean;
  readonly objects: GeneratedObject[] = [];
  readonly nodes: NodeSlot[] = [];
  podCount = 0;
  #nextWorker = 0;
  /** Above those that a cluster keeps for itself: .1 for the API server, .10 for its DNS. */
  #nextService = 11;
  #nextNodePort = 30_000;

  constructor(seed: number, release: KubernetesRelease["id"]) {
    const found = findRelease(release);
    if (found === undefined) throw new RangeError(`there is no Kubernetes release ${release} in the catalog`);
    this.random = new Random(seed);
    this.release = found;
    this.old = release === "1.20";
  }

  /** A moment between `after` (the founding of the cluster by default) and `within` ms later, in whole seconds. */
  moment(after = FOUNDED, within = LAST - after): number {
    const latest = Math.min(LAST, after + Math.max(within, 1000));
    const span = Math.max(1, Math.floor((latest - after) / 1000));
    return after + 1000 * (this.random.next() % span);
  }

  /** The worker whose turn it is; the only node where there is no worker. */
  nextWorker(): NodeSlot {
    const workers = this.nodes.filter((node) => !node.controlPlane);
    const pool = workers.length === 0 ? this.nodes : workers;
    const node = pool[this.#nextWorker++ % pool.length];
    if (node === undefined) throw new RangeError("a cluster has at least one node");
    return node;
  }

  /** A free address of the service range 10.96.0.0/12. */
  serviceAddress(): string {
    const number = this.#nextService;
    this.#nextService += this.random.between(1, 7);
    return `10.${96 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
  }

  /** A free port of the range 30000–32767; it starts again where a large cluster has used all. */
  takeNodePort(): number {
    const port = this.#nextNodePort;
    this.#nextNodePort = port >= 32_767 ? 30_000 : port + 1;
    return port;
  }

  /** Adds an object to the cluster, with uid, creationTimestamp and managedFields. */
  add(draft: Draft): KubeObject {
    const created = draft.created ?? this.moment();
    const time = iso(created);
    const metadata = {
      name: draft.name,
      ...(draft.generateName === undefined ? {} : { generateName: draft.generateName }),
      ...(draft.namespace === undefined ? {} : { namespace: draft.namespace }),
      uid: draft.uid ?? this.random.uuid(),
      ...(draft.generation === undefined ? {} : { generation: draft.generation }),
      creationTimestamp: time,
      ...(draft.labels === undefined ? {} : { labels: draft.labels }),
      ...(draft.annotations === undefined ? {} : { annotations: draft.annotations }),
      ...(draft.owner === undefined ? {} : { ownerReferences: [draft.owner] }),
      ...(draft.finalizers === undefined ? {} : { finalizers: draft.finalizers }),
      managedFields: this.#managedFields(draft, time, created),
    };
    const object: KubeObject = { apiVersion: draft.apiVersion, kind: draft.kind, metadata, ...draft.body };
    this.objects.push(deepFreeze({ resource: draft.resource, object }));
    if (draft.resource === "pods") this.podCount++;
    return object;
  }

  #managedFields(draft: Draft, time: string, created: number): readonly object[] {
    const entries = [
      managedBy(draft.manager ?? "kubectl-client-side-apply", draft.apiVersion, time, draft.specFields ?? specFieldsOf(draft)),
    ];
    const { status } = draft.body;
    if (draft.statusManager !== undefined && isRecord(status)) {
      const later = iso(created + 1000 * this.random.between(1, 90));
      const fields = draft.statusFields ?? { "f:status": fieldsOf(status) };
      // The subresource was added to managedFields after 1.20.
      entries.push(managedBy(draft.statusManager, draft.apiVersion, later, fields, this.old ? undefined : "status"));
    }
    return entries;
  }
}

/** The fieldsV1 of what the first manager of an object owns: its metadata and all but its status. */
export function specFieldsOf(draft: Draft): object {
  const { status: _, ...rest } = draft.body;
  const metadata = {
    ...(draft.generateName === undefined ? {} : { generateName: draft.generateName }),
    ...(draft.labels === undefined ? {} : { labels: draft.labels }),
    ...(draft.annotations === undefined ? {} : { annotations: draft.annotations }),
    ...(draft.owner === undefined ? {} : { ownerReferences: [draft.owner] }),
  };
  return { ...(Object.keys(metadata).length === 0 ? {} : { "f:metadata": fieldsOf(metadata) }), ...fieldsOf(rest) };
}

/** RFC 3339 in whole seconds, as the API server writes times. */
export function iso(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** When an object was created, in ms since the epoch. */
export function createdAt(object: KubeObject): number {
  return Date.parse(object.metadata.creationTimestamp ?? "");
}

/** The controller reference that children of the object carry. */
export function ownedBy(object: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? "", controller: true, blockOwnerDeletion: true };
}
