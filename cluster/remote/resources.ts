import { ApiError } from "../embedded/api/status.ts";

/** Where a resource is served. */
export interface ServedResource {
  /** `/api/v1` or `/apis/GROUP/VERSION`. */
  readonly base: string;
  readonly apiVersion: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly hasStatus: boolean;
  readonly verbs: readonly string[];
}

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

interface Group {
  readonly name: string;
  readonly versions: readonly { readonly groupVersion: string }[];
}

/** Asks an API server for a document. */
interface Caller {
  call(path: string): Promise<unknown>;
}

/** Finds resources by key in the server's discovery; of several versions, the first in the server's order. */
export class ServedResources {
  readonly #client: Caller;
  #known: ReadonlyMap<string, ServedResource> = new Map();

  constructor(client: Caller) {
    this.#client = client;
  }

  /**
   * @param key as kubectl names it: `pods`, `deployments.apps`
   * @throws RangeError where the server does not serve it
   */
  async find(key: string): Promise<ServedResource> {
    // Custom resources come and go, so what is not known is asked for again.
    if (!this.#known.has(key)) this.#known = await this.#discover();
    const found = this.#known.get(key);
    if (found === undefined) throw new RangeError(`the cluster has no resource "${key}"`);
    return found;
  }

  /** Every resource that is served, by key. */
  async all(): Promise<ReadonlyMap<string, ServedResource>> {
    this.#known = await this.#discover();
    return this.#known;
  }

  async #discover(): Promise<ReadonlyMap<string, ServedResource>> {
    const { groups } = (await this.#client.call("/apis")) as { groups: readonly Group[] };
    const core = { name: "", versions: [{ groupVersion: "v1" }] };
    const documents = [core, ...groups].flatMap(({ name, versions }) =>
      versions.map(async ({ groupVersion }) => {
        const base = name === "" ? `/api/${groupVersion}` : `/apis/${groupVersion}`;
        return { base, name, list: await this.#document(base) };
      }),
    );
    const found = new Map<string, ServedResource>();
    for (const { base, name, list } of await Promise.all(documents)) {
      if (list === undefined) continue;
      for (const [key, resource] of resourcesIn(list, base, name)) if (!found.has(key)) found.set(key, resource);
    }
    return found;
  }

  /** Nothing for a group whose own server is away: the others go on, as they do for kubectl. */
  async #document(base: string): Promise<ResourceList | undefined> {
    try {
      return (await this.#client.call(base)) as ResourceList;
    } catch (error) {
      if (error instanceof ApiError && (error.code === 503 || error.code === 404)) return undefined;
      throw error;
    }
  }
}

function* resourcesIn(list: ResourceList, base: string, group: string): Generator<[string, ServedResource]> {
  for (const { name: plural, kind, namespaced, verbs } of list.resources) {
    if (plural.includes("/")) continue;
    const hasStatus = list.resources.some(({ name }) => name === `${plural}/status`);
    const resource = { base, apiVersion: list.groupVersion, plural, kind, namespaced, hasStatus, verbs };
    yield [group === "" ? plural : `${plural}.${group}`, resource];
  }
}
