import { arrayAt, type KubeObject, stringAt } from "../json.ts";
import type { Target } from "../targets/types.ts";

/**
 * What the target takes for a pod's identity: two pods of a snapshot with the same one are one pod to it, and all but
 * one vanish. Normally the uid; where generateName is read, the owner's uid and what a trim leaves of the name.
 * Source: protocol.md 4.4.
 */
export function podIdentity(target: Target, pod: KubeObject): string {
  const generateName = generateNameOf(target, pod);
  if (generateName === "") return stringAt(pod, "metadata", "uid");
  const ownerUid = stringAt(arrayAt(pod, "metadata", "ownerReferences")[0], "uid");
  return `derived from ${ownerUid}${trimLeftSet(stringAt(pod, "metadata", "name"), generateName)}`;
}

/** What the target reads as the pod's generateName; empty where it reads none. */
function generateNameOf(target: Target, pod: KubeObject): string {
  if (target.generateName === "any-owner") return stringAt(pod, "metadata", "generateName");
  if (target.generateName === "unread") return "";
  const ownerKind = stringAt(arrayAt(pod, "metadata", "ownerReferences")[0], "kind");
  return ownerKind === "StatefulSet" ? stringAt(pod, "metadata", "generate_name") : "";
}

/**
 * Go's `strings.TrimLeft`: takes away leading characters for as long as they occur in the set. It removes no prefix:
 * `web-7d-d5x` trimmed by `web-7d-` is `5x`.
 */
export function trimLeftSet(text: string, set: string): string {
  const characters = new Set(set);
  let length = 0;
  for (const character of text) {
    if (!characters.has(character)) break;
    length += character.length;
  }
  return text.slice(length);
}
