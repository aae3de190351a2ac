import type { KubeObject } from "../embedded/catalog/index.ts";
import type { ObjectRef } from "../port.ts";
import type { RemoteAdmin } from "../remote/admin.ts";
import { awaitObjects } from "../remote/await-objects.ts";
import type { AdminClient } from "../remote/client.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { unlessNotFound } from "./agent-identity.ts";
import { isOf, labelled, RUN_LABEL } from "./labels.ts";
import type { Scope } from "./scope.ts";
import { standIn, standInPatch } from "./stand-ins.ts";
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
  const isMade = (resource: string, ref: ObjectRef) => made.has(keyOf(resource, ref));

  /** @returns the object as it was there before the room; undefined where it has gone */
  async function ours(resource: string, ref: ObjectRef): Promise<KubeObject | undefined> {
    const present = await admin.get(resource, ref);
    if (present === undefined) return undefined;
    if (!isOf(present, run)) {
      const name = `${resource} "${[ref.namespace, ref.name].filter(Boolean).join("/")}"`;
      throw new ClusterUnavailableError(`${name} was not made by this run (it lacks ${RUN_LABEL}=${run}), so it is not touched`);
    }
    touched(resource, ref);
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
      if (!isMade(resource, refOf(object))) await ours(resource, refOf(object));
      return admin.update(resource, labelled(object, run));
    },
    async patch(resource, ref, patch) {
      if (!isMade(resource, ref)) {
        await ours(resource, ref);
        return admin.patch(resource, ref, patch);
      }
      const left = standInPatch(resource, patch);
      // Nothing of it is the story's to write here; the object is as it is.
      const present = Object.keys(left).length === 0 ? await admin.get(resource, ref) : undefined;
      return present ?? admin.patch(resource, ref, left);
    },
    async delete(resource, ref) {
      if (!isMade(resource, ref)) await ours(resource, ref);
      // With an owner that the story has deleted, the garbage collector takes what it owned.
      await admin.delete(resource, ref).catch(unlessNotFound);
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
