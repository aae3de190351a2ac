import type { KubeObject } from "../history/types.ts";
import type { World } from "../scenarios/index.ts";

/** An object that a story acts on, as the server gave it back last. */
export interface Member {
  readonly resource: string;
  readonly object: KubeObject;
}

/** The objects of one story: what the cluster was filled with, and what the steps made, picked and expect. */
export interface Cast {
  readonly world: World;
  /** Remembers an object under a name, with the values by which an upload is recognised that shows it. */
  keep(name: string, member: Member, shows?: KubeObject): void;
  /** Throws where no step made or picked it. */
  member(name: string): Member;
  /** By uid: what an upload must hold that shows all of these. */
  expectations(names: readonly string[]): ReadonlyMap<string, KubeObject>;
  uids(names: readonly string[]): readonly string[];
}

/** A cast for one run of a story. @param filled what the cluster was filled with, in order */
export function createCast(filled: readonly Member[]): Cast {
  const byResource = new Map<string, KubeObject[]>();
  for (const { resource, object } of filled) {
    const list = byResource.get(resource) ?? [];
    byResource.set(resource, list);
    list.push(object);
  }
  const members = new Map<string, Member & { readonly shows: KubeObject }>();

  function member(name: string) {
    const found = members.get(name);
    if (found === undefined) throw new Error(`no step before this one made or picked "${name}"`);
    return found;
  }

  return {
    world: { filled: (resource) => byResource.get(resource) ?? [], made: (name) => member(name).object },
    keep: (name, made, shows = {}) => void members.set(name, { ...made, shows }),
    member,
    expectations: (names) => new Map(names.map((name) => [uidOf(member(name).object), member(name).shows])),
    uids: (names) => names.map((name) => uidOf(member(name).object)),
  };
}

/** Where an object stands: its namespace, absent for kinds that have none, and its name. */
export function placeOf(object: KubeObject): { readonly namespace?: string; readonly name: string } {
  const { namespace, name } = metadataOf(object);
  return { ...(typeof namespace === "string" ? { namespace } : {}), name: String(name) };
}

function uidOf(object: KubeObject): string {
  return String(metadataOf(object)["uid"]);
}

function metadataOf(object: KubeObject): KubeObject {
  return (object["metadata"] ?? {}) as KubeObject;
}
