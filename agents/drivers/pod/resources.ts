import type { ClusterHand } from "../driver.ts";
import { ApiRefusal, call, type KubeObject } from "./api.ts";

interface ResourceEntry {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Finds the paths of objects by their apiVersion and kind, as the API server tells them. */
export class ResourcePaths {
  readonly #hand: ClusterHand;
  readonly #known = new Map<string, readonly ResourceEntry[]>();

  constructor(hand: ClusterHand) {
    this.#hand = hand;
  }

  /** True where objects of this kind lie in namespaces. @throws ApiRefusal where the server has no such kind */
  async isNamespaced(object: KubeObject): Promise<boolean> {
    return (await this.#find(object)).namespaced;
  }

  /** Where objects of this kind are created: `/apis/apps/v1/namespaces/x/deployments`. @throws ApiRefusal as isNamespaced */
  async collection(object: KubeObject): Promise<string> {
    const { name, namespaced } = await this.#find(object);
    const namespace = namespaced ? `/namespaces/${encodeURIComponent(object.metadata?.namespace ?? "")}` : "";
    return `${groupPath(object)}${namespace}/${name}`;
  }

  /** The object itself. */
  async path(object: KubeObject): Promise<string> {
    return `${await this.collection(object)}/${encodeURIComponent(object.metadata?.name ?? "")}`;
  }

  async #find(object: KubeObject): Promise<ResourceEntry> {
    const group = groupPath(object);
    // A definition that was applied just now adds kinds: what is not known is asked for again.
    const known = this.#known.get(group)?.find(({ kind }) => kind === object.kind);
    if (known !== undefined) return known;
    const { resources } = (await call(this.#hand, group)) as { readonly resources?: readonly ResourceEntry[] };
    const entries = (resources ?? []).filter(({ name }) => !name.includes("/"));
    this.#known.set(group, entries);
    const found = entries.find(({ kind }) => kind === object.kind);
    if (found === undefined) throw new ApiRefusal(404, `the server has no kind ${object.kind} in ${object.apiVersion}`);
    return found;
  }
}

function groupPath({ apiVersion = "v1" }: KubeObject): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
