import { supportedResources, type GroupVersion, type SupportedResource } from "./resources.ts";

/** An entry of the `kubernetes-resources` setting. Source: protocol.md 6.1, 6.3. */
export interface ResourceRule {
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  readonly disabled?: boolean;
  readonly fieldSelector?: string;
}

/** A resource that shall be uploaded, from the first of the candidates that the API server offers. */
export interface WantedResource {
  readonly resource: SupportedResource;
  readonly candidates: readonly GroupVersion[];
  readonly fieldSelector?: string;
}

/**
 * Applies the rules to the defaults (protocol.md 6.3): a disabled entry takes away the default of its name, an enabled
 * one replaces it; without group and version all are candidates, without version all of the group; what is not
 * supported is told in `warnings` and passed over. The order is that of `supportedResources`.
 */
export function resolveResources(rules: readonly ResourceRule[]): { wanted: WantedResource[]; warnings: string[] } {
  const warnings: string[] = [];
  const overridden = new Set(rules.map((rule) => rule.name));
  const chosen: WantedResource[] = supportedResources
    .filter((resource) => resource.byDefault && !overridden.has(resource.name))
    .map((resource) => ({ resource, candidates: defaultCandidates(resource) }));
  for (const rule of rules) {
    if (rule.disabled === true) continue;
    const resource = supportedResources.find((resource) => resource.name === rule.name);
    const candidates = resource === undefined ? [] : candidatesFor(resource, rule);
    if (resource === undefined || candidates.length === 0) {
      warnings.push(`resource ${[rule.name, rule.group, rule.version].filter(Boolean).join(" ")} is not supported`);
      continue;
    }
    chosen.push({ resource, candidates, ...(rule.fieldSelector ? { fieldSelector: rule.fieldSelector } : {}) });
  }
  const position = ({ resource }: WantedResource) => supportedResources.indexOf(resource);
  return { wanted: chosen.sort((a, b) => position(a) - position(b)), warnings };
}

function candidatesFor(resource: SupportedResource, { group, version }: ResourceRule): readonly GroupVersion[] {
  if (group === undefined && version === undefined) return defaultCandidates(resource);
  return resource.groupVersions.filter(
    (candidate) => candidate.group === (group ?? "") && (version === undefined || candidate.version === version),
  );
}

/** Groups other than the first are other resources of the same name, not other homes of one, save for ingresses. */
function defaultCandidates(resource: SupportedResource): readonly GroupVersion[] {
  if (resource.name === "ingresses") return resource.groupVersions;
  return resource.groupVersions.filter(({ group }) => group === resource.groupVersions[0]?.group);
}
