import type { PolicyRule } from "../embedded/api/authentication.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { RemoteAdmin } from "../remote/admin.ts";
import type { RemoteAccess } from "../remote/access.ts";
import { AdminClient } from "../remote/client.ts";
import { makeAgentIdentity, unlessNotFound } from "./agent-identity.ts";
import { defaultRules } from "./agent-rules.ts";
import { customKindsOf, defineKinds } from "./custom-kinds.ts";
import { createFill, type Fill } from "./fill/fill.ts";
import { pauseImageOf } from "./fill/pause-image.ts";
import { labelled, labelValueFor, marksOf, nameFor } from "./labels.ts";
import { readOnlyRoom } from "./read-only-room.ts";
import { roomHand } from "./room.ts";
import { createScope } from "./scope.ts";
import { settle } from "./settle.ts";
import { findOurs, leftBehind, removeAll } from "./sweep.ts";
import type { RoomRequest, ScenarioRoom, SharedCluster } from "./types.ts";

/** How a cluster that is up is reached, and what may be done to it. */
export interface SharedOptions {
  readonly kind: SharedCluster["kind"];
  readonly access: RemoteAccess;
  /** Id of the run. */
  readonly run: string;
  /**
   * `fresh`: made by this run, for it alone; `kept`: made by us, and left up; `foreign`: somebody's, in which nothing is
   * touched that the run has not made.
   */
  readonly standing: "fresh" | "kept" | "foreign";
  /** How many nodes must be ready; of a foreign cluster that is its owner's matter. */
  readonly nodes?: number;
  /** Whose kinds it shall serve, too; not of a foreign cluster. */
  readonly features?: readonly string[];
  /** Why nothing can be written. */
  readonly readOnly?: string;
  /** URL of the API server for containers of the nodes' network. */
  readonly containerUrl?: string;
  readonly hostAddress?: string;
  readonly signal?: AbortSignal;
}

/** Opens a cluster that is up: sweeps what dead runs left in it, and waits for one that has just been made. */
export async function openSharedCluster(options: SharedOptions): Promise<SharedCluster> {
  const { access, standing, signal, readOnly } = options;
  const run = labelValueFor(options.run);
  const namespace = `deepflow-conformance-${nameFor(options.run)}`;
  const client = new AdminClient(access);
  const admin = new RemoteAdmin(client, standing === "foreign" ? "await" : "finalize");
  const scope = createScope();
  scope.defer(async () => client.close());
  try {
    const { gitVersion } = (await client.call("/version", {}, signal)) as { readonly gitVersion: string };
    const notes = standing === "foreign" ? [] : [...(await settle(client, admin, options.nodes ?? 1, signal))];
    if (standing !== "fresh" && readOnly === undefined) notes.push(...(await sweepDead(client, admin)));
    const custom = customKindsOf(gitVersion, options.features ?? []);
    if (custom.length > 0) {
      if (standing !== "fresh") scope.defer(async () => removeAll(admin, await findOurs(client, admin, run)));
      await defineKinds(admin, custom, { run, ...signalOf(signal) });
    }
    const podUrl = await serviceUrl(admin).catch(() => undefined); // not to be seen with these rights
    let fill: Fill | undefined;

    /** The run's namespace and all that fills it are made when the first scenario needs them. */
    const firstFill = async (): Promise<Fill> => {
      const nodes = await admin.list("nodes");
      const own = { kind: "Namespace", apiVersion: "v1", metadata: { name: namespace } };
      // A cluster that goes with the run needs no sweeping.
      if (standing !== "fresh") scope.defer(async () => removeAll(admin, await findOurs(client, admin, run)));
      await admin.create("namespaces", labelled(own, run));
      const daemonPods = standing === "foreign" ? 1 : nodes.length;
      return createFill({ client, admin, run, namespace, image: pauseImageOf(nodes), daemonPods });
    };

    const enter = async (request: RoomRequest): Promise<ScenarioRoom> => {
      if (readOnly !== undefined) return readOnlyRoom(admin, access, run, readOnly);
      const room = createScope();
      try {
        fill ??= await firstFill();
        const within = { client, admin, run, namespace, tenant: request.tenant, ...signalOf(request.signal) };
        const rules = request.rules ?? (await rulesFor(standing, admin));
        const { name, token } = await makeAgentIdentity({ ...within, rules, scope: room });
        const filled = await fill.restore(request.signal);
        const touched = new Map<string, () => Promise<void>>();
        room.defer(async () => void (await Promise.all([...touched.values()].map((mend) => mend()))));
        const hand = roomHand(within, room, (resource, ref) => {
          const key = `${resource} ${ref.namespace ?? ""}/${ref.name}`;
          // The next scenario finds it made anew.
          touched.set(key, () => admin.delete(resource, ref).catch(unlessNotFound));
        });
        return {
          ...hand,
          namespace,
          marks: marksOf(run),
          token,
          serviceAccount: name,
          filled,
          [Symbol.asyncDispose]: async () => room[Symbol.asyncDispose](),
        };
      } catch (error) {
        await room[Symbol.asyncDispose]();
        throw error;
      }
    };

    return {
      kind: options.kind,
      version: gitVersion,
      url: access.url,
      caPem: access.caPem,
      ...(access.serverName === undefined ? {} : { serverName: access.serverName }),
      get: (resource, ref) => admin.get(resource, ref),
      list: (resource, query) => admin.list(resource, query),
      create: (resource, object) => admin.create(resource, object),
      update: (resource, object) => admin.update(resource, object),
      patch: (resource, ref, patch) => admin.patch(resource, ref, patch),
      delete: (resource, ref) => admin.delete(resource, ref),
      resourceVersion: () => admin.resourceVersion(),
      hand: client,
      urls: {
        host: access.url,
        ...(options.containerUrl === undefined ? {} : { container: options.containerUrl }),
        ...(podUrl === undefined ? {} : { pod: podUrl }),
      },
      ...(options.hostAddress === undefined ? {} : { hostAddress: options.hostAddress }),
      ...(readOnly === undefined ? {} : { readOnly }),
      notes,
      enter,
      [Symbol.asyncDispose]: async () => scope[Symbol.asyncDispose](),
    };
  } catch (error) {
    await scope[Symbol.asyncDispose]();
    throw error;
  }
}

/** What cannot be removed, such as a namespace that somebody's finalizer holds, keeps nobody from a run. */
async function sweepDead(client: AdminClient, admin: RemoteAdmin): Promise<readonly string[]> {
  const dead = leftBehind(await findOurs(client, admin), Date.now());
  try {
    await removeAll(admin, dead);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`not all of what dead runs had left in the cluster could be removed: ${why}`];
  }
  return dead.length === 0 ? [] : [`${dead.length} objects that dead runs had left in the cluster were removed`];
}

/** Nobody's secrets are in a cluster of ours, and an agent that reads them shall be seen to. */
async function rulesFor(standing: SharedOptions["standing"], admin: RemoteAdmin): Promise<readonly PolicyRule[]> {
  return standing === "foreign" ? defaultRules(await admin.resources()) : defaultRules();
}

/** Where pods find the API server, whether or not the cluster's names resolve. */
async function serviceUrl(admin: RemoteAdmin): Promise<string | undefined> {
  const service: KubeObject | undefined = await admin.get("services", { namespace: "default", name: "kubernetes" });
  const { clusterIP, ports } = (service?.["spec"] ?? {}) as {
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly port: number }[];
  };
  if (clusterIP === undefined) return undefined;
  return `https://${clusterIP.includes(":") ? `[${clusterIP}]` : clusterIP}:${ports?.[0]?.port ?? 443}`;
}

function signalOf(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
