import { findTarget, type Target, targetIds, uploadableResources } from "../../server-mock/contract/index.ts";
import { permissions } from "./catalog.ts";
import type { ClusterRoleRule, Permission, RightsChoice } from "./types.ts";

/** What an agent must be granted in a run with this choice, in the order of the catalogue. */
export function permissionsFor({ target, features }: RightsChoice): readonly Permission[] {
  const read = readBy(target);
  return permissions.filter(({ resource, feature, unless }) => {
    if (feature !== undefined && !features.includes(feature)) return false;
    if (unless !== undefined && features.includes(unless)) return false;
    return read.has(resource) || resource.startsWith("leases.");
  });
}

/** The smallest ClusterRole for a run with this choice: one rule for each API group and set of verbs. */
export function minimalRules(choice: RightsChoice): readonly ClusterRoleRule[] {
  const rules = new Map<string, { readonly group: string; readonly verbs: readonly string[]; readonly resources: string[] }>();
  for (const { resource, verbs } of permissionsFor(choice)) {
    const { plural, group } = splitResource(resource);
    const key = `${group} ${verbs.join(",")}`;
    const rule = rules.get(key) ?? { group, verbs, resources: [] };
    rules.set(key, rule);
    rule.resources.push(plural);
  }
  return [...rules.values()].map(({ group, verbs, resources }) => ({
    apiGroups: [group],
    resources: resources.toSorted(),
    verbs,
  }));
}

/** Whether some rule grants a verb on a resource in every namespace, as RBAC decides. */
export function grants(rules: readonly ClusterRoleRule[], verb: string, resource: string): boolean {
  const { plural, group } = splitResource(resource);
  return rules.some(
    (rule) =>
      covers(rule.verbs, verb) &&
      covers(rule.apiGroups, group) &&
      covers(rule.resources, plural) &&
      (rule.resourceNames ?? []).length === 0,
  );
}

function covers(allowed: readonly string[] | undefined, wanted: string): boolean {
  return allowed?.some((value) => value === "*" || value === wanted) ?? false;
}

/** `deployments.apps` is the plural `deployments` of the group `apps`. */
function splitResource(resource: string): { readonly plural: string; readonly group: string } {
  const dot = resource.indexOf(".");
  return dot < 0 ? { plural: resource, group: "" } : { plural: resource.slice(0, dot), group: resource.slice(dot + 1) };
}

/** Agents for the document may be those of any server line, and upload what that reads. */
function readBy(id: string): ReadonlySet<string> {
  const read = (target: Target | undefined) => (target === undefined ? [] : uploadableResources(target));
  const target = findTarget(id);
  return new Set(target?.line === true ? read(target) : targetIds.flatMap((each) => read(findTarget(each))));
}
