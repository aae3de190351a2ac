import { knownTypeNames } from "../contract/index.ts";
import type { Finding, JsonObject } from "./types.ts";

const KNOWN = new Set(knownTypeNames);
/** Kinds that go under the name of another (protocol.md 5.3, 6.2). */
const OTHER_KINDS: Readonly<Record<string, readonly string[]>> = {
  "*v1.Ingress": ["Route"],
  "*v1.StatefulSet": ["StatefulSetPlus"],
};
const KINDS = new Map(knownTypeNames.map((name) => [name, new Set([bareKind(name), ...(OTHER_KINDS[name] ?? [])])]));

/**
 * Holds an entry's type name against the names that any target reads, and against the `kind` of its objects where they
 * say one; undefined where nothing is wrong. Source: protocol.md 2.6, 6.2.
 */
export function nameFinding(type: string | undefined, objects: readonly JsonObject[]): Finding | undefined {
  if (!type) return { code: "no-type", problem: type === undefined ? "the entry has no type" : "the entry's type is empty" };
  if (!KNOWN.has(type))
    return { code: "unknown-type", problem: `no target reads the type ${JSON.stringify(type)}${suggestion(type)}` };
  const kinds = KINDS.get(type);
  for (const { kind } of objects) {
    if (typeof kind !== "string" || kinds?.has(kind)) continue;
    return { code: "kind-mismatch", problem: `the entry's type is ${type}, the object's kind ${JSON.stringify(kind)}` };
  }
  return undefined;
}

/** The known names of the same kind, where a name differs from one in form alone: `Pod`, `v1.Pod`, `*v1.Pods`. */
function suggestion(type: string): string {
  const wanted = bareKind(type).toLowerCase();
  const meant = knownTypeNames.filter((name) => {
    const kind = bareKind(name).toLowerCase();
    return wanted === kind || wanted === `${kind}s` || wanted === `${kind}es` || wanted === `${kind}list`;
  });
  return meant.length === 0 ? "" : ` (known is ${meant.join(" and ")})`;
}

function bareKind(type: string): string {
  return type.slice(Math.max(type.lastIndexOf("."), type.lastIndexOf("/"), type.lastIndexOf("*")) + 1);
}
