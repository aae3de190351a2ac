import type { KubeObject } from "../embedded/catalog/index.ts";
import type { ObjectRef } from "../port.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import { awaitObjects } from "../remote/await-objects.ts";
import type { AdminClient } from "../remote/client.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { unlessNotFound } from "./agent-identity.ts";
import { isOf, labelled, RUN_LABEL } from "./labels.ts";
import type { Scope } from "./scope.ts";
import { standIn, withoutNode } from "./stand-ins.ts";
import type { ScenarioRoom } from "./types.ts";

/** What a story may do to a cluster that is not its own. */
export type RoomHand = Pick<ScenarioRoom, "get" | "list" | "create" | "update" | "patch" | "delete" | "resourceVersion">;

/** The controller makes a namespace's first ServiceAccount; no pod is admitted before. */
const ACCOUNT_MS = 15_000;

/**
 * A hand that labels what it makes and lets alone what the run has not made.
 * @param scope is told how to undo each creation
 * @param touched is told what was written that was there before: the fill has to be mended
 */
export function roomHand(
  { client, admin, run }: { readonly client: AdminClient; readonly admin: RemoteAdmin; readonly run: string },
  scope: Scope,
  touched: (resource: string, ref: ObjectRef) => void,
): RoomHand {
  const made = new Set<string>();

  async function ours(resource: string, ref: ObjectRef): Promise<KubeObject> {
    const present = await admin.get(resource, ref);
    const name = `${resource} "${[ref.namespace, ref.name].filter(Boolean).join("/")}"`;
    if (present === undefined) throw new Error(`${name} is not there: it was deleted meanwhile, and not by this run`);
    if (!isOf(present, run)) {
      throw new ClusterUnavailableError(`${name} was not made by this run (it lacks ${RUN_LABEL}=${run}), so it is not touched`);
    }
    if (!made.has(keyOf(resource, ref))) touched(resource, ref);
    return present;
  }

  return {
    get: (resource, ref) => admin.get(resource, ref),
    list: (resource, query) => admin.list(resource, query),
    resourceVersion: () => admin.resourceVersion(),
    async create(resource, object) {
      const ref = refOf(object);
      const present = await admin.get(resource, ref);
      if (present !== undefined && !isOf(present, run)) {
        const why = `${object.kind} ${ref.name} is there already, and not of this run: another run uses the cluster, or it is yours`;
        throw new ClusterUnavailableError(why);
      }
      const created = await admin.create(resource, labelled(standIn(resource, object), run));
      made.add(keyOf(resource, ref));
      scope.defer(() => admin.delete(resource, ref).catch(unlessNotFound));
      if (resource === "namespaces") await awaitAccount(client, ref.name);
      return created;
    },
    async update(resource, object) {
      await ours(resource, refOf(object));
      return admin.update(resource, labelled(object, run));
    },
    async patch(resource, ref, patch) {
      await ours(resource, ref);
      return admin.patch(resource, ref, withoutNode(resource, patch));
    },
    async delete(resource, ref) {
      await ours(resource, ref);
      await admin.delete(resource, ref);
    },
  };
}

async function awaitAccount(client: AdminClient, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts?fieldSelector=metadata.name%3Ddefault`;
  await awaitObjects(client, path, (found) => found.size > 0, {
    budgetMs: ACCOUNT_MS,
    what: `namespace ${namespace} has no ServiceAccount "default", without which it admits no pods,`,
  });
}

function refOf({ metadata: { name, namespace } }: KubeObject): ObjectRef {
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

function keyOf(resource: string, { namespace = "", name }: ObjectRef): string {
  return `${resource} ${namespace}/${name}`;
}
