import type { Recorder } from "../../transcript/index.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { ApiCommit, ApiState, ItemRef } from "../events.ts";

/** An object as somebody saw it. */
export interface Seen {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly name: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
  /** JSON, with `kind` and `apiVersion` in front. */
  readonly bytes: Uint8Array | string;
}

/** An object that was parsed already. */
export function seenOf({ kind, apiVersion, ...rest }: KubeObject): Seen {
  const { uid = "", resourceVersion = "", name, namespace } = rest.metadata;
  return { uid, resourceVersion, name, namespace, bytes: JSON.stringify({ kind, apiVersion, ...rest }) };
}

/** A list of a resource, whole: every page of it, without a selector. */
export interface WholeList {
  readonly resource: string;
  /** Absent: all namespaces. */
  readonly namespace?: string | undefined;
  readonly resourceVersion: string;
  readonly uids: ReadonlySet<string>;
}

/** What is known of one object, by uid. */
interface Known {
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly versions: Set<string>;
  newest: bigint;
  digest: string | null;
  gone: boolean;
}

/**
 * Writes down what a cluster committed that has no record of its own. Whoever sees an object first tells it here: the
 * harness's own watch, what passed the proxy on its way to the agent, the answer to a write of the harness. The first sight
 * of an object's version is its commit, so that a commit never stands behind what delivers it, and none stands twice.
 */
export class Ledger {
  readonly #recorder: Recorder;
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** What is there when the scenario begins; one line, none for an empty kind. */
  state(resource: string, resourceVersion: string, objects: readonly Seen[]): void {
    const items = objects.map((object): ItemRef => {
      const { digest } = this.#remember(resource, object);
      return [object.uid, object.resourceVersion, digest];
    });
    if (items.length > 0) this.#recorder.record<ApiState>({ side: "api", kind: "state", resource, resourceVersion, items });
  }

  /** An object as it is, or lately was. Of what is gone no more is recorded. */
  saw(resource: string, object: Seen): void {
    const { uid, resourceVersion } = object;
    const known = this.#known.get(uid);
    if (known?.gone === true || known?.versions.has(resourceVersion) === true) return;
    const { digest } = this.#remember(resource, object);
    this.#commit(known === undefined ? "created" : "modified", resource, object, [uid, resourceVersion, digest]);
  }

  /** @param object as it was last, under the version of its deletion */
  sawDeleted(resource: string, object: Seen): void {
    const { uid, resourceVersion } = object;
    if (this.#known.get(uid)?.gone === true) return;
    const known = this.#remember(resource, object);
    this.#delete(uid, known, resourceVersion);
  }

  /** What is not in a list and is no newer than the list is gone. */
  sawWhole({ resource, namespace, resourceVersion, uids }: WholeList): void {
    const version = numberOf(resourceVersion);
    for (const [uid, known] of this.#known) {
      if (known.gone || known.resource !== resource || uids.has(uid) || known.newest > version) continue;
      if (namespace === undefined || known.namespace === namespace) this.#delete(uid, known, resourceVersion);
    }
  }

  /** Whether the object was seen, and is not known to be gone. */
  has(uid: string): boolean {
    return this.#known.get(uid)?.gone === false;
  }

  /** Resolves when the deletion of an object is recorded; at once where it is. */
  async untilGone(uid: string): Promise<void> {
    if (!this.has(uid)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.set(uid, [...(this.#waiting.get(uid) ?? []), resolve]);
    });
  }

  #remember(resource: string, object: Seen): Known {
    const { uid, resourceVersion, namespace, name } = object;
    const version = numberOf(resourceVersion);
    let known = this.#known.get(uid);
    if (known === undefined) {
      known = { resource, namespace, name, versions: new Set(), newest: version, digest: null, gone: false };
      this.#known.set(uid, known);
    }
    known.versions.add(resourceVersion);
    if (version < known.newest) return { ...known, digest: this.#digest(resource, object) };
    known.newest = version;
    known.digest = this.#digest(resource, object);
    return known;
  }

  /** A Secret's body stays out of the record, and so does what could confirm a guess at it. */
  #digest(resource: string, { bytes }: Seen): string | null {
    return resource === "secrets" ? null : this.#recorder.blob(bytes);
  }

  #delete(uid: string, known: Known, resourceVersion: string): void {
    known.gone = true;
    this.#commit("deleted", known.resource, known, [uid, resourceVersion, known.digest]);
    for (const wake of this.#waiting.get(uid) ?? []) wake();
    this.#waiting.delete(uid);
  }

  #commit(
    change: ApiCommit["change"],
    resource: string,
    { namespace, name }: Pick<Seen, "namespace" | "name">,
    item: ItemRef,
  ): void {
    const place = namespace === undefined ? { name } : { namespace, name };
    this.#recorder.record<ApiCommit>({ side: "api", kind: "commit", change, resource, ...place, item });
  }
}

/** Versions count up within a resource, though Kubernetes promises clients no more than equality; 0 for what is no number. */
function numberOf(resourceVersion: string): bigint {
  return /^\d+$/.test(resourceVersion) ? BigInt(resourceVersion) : 0n;
}
