import type { PolicyRule } from "../embedded/api/authentication.ts";
import type { ServedResource } from "../remote/resources.ts";

/** Groups that a story may bring, beside those that are served already. */
const LATER = ["apps.kruise.io", "route.openshift.io"];
/** Several replicas of one agent choose a leader by them. */
const LEASES: PolicyRule = { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["*"] };
const READ = ["get", "list", "watch"];

/**
 * What an agent may do by default: read everything, and keep Leases.
 * @param served what the cluster serves, where Secrets shall stay out: rules can only allow, so all else is named
 */
export function defaultRules(served?: ReadonlyMap<string, ServedResource>): readonly PolicyRule[] {
  const paths: PolicyRule = { nonResourceURLs: ["*"], verbs: ["get"] };
  if (served === undefined) return [{ apiGroups: ["*"], resources: ["*"], verbs: READ }, LEASES, paths];
  const keys = [...served.keys()];
  const core = keys.filter((key) => !key.includes(".") && key !== "secrets");
  const groups = keys.flatMap((key) => (key.includes(".") ? [key.slice(key.indexOf(".") + 1)] : []));
  return [
    { apiGroups: [""], resources: core, verbs: READ },
    { apiGroups: [...new Set([...groups, ...LATER])], resources: ["*"], verbs: READ },
    LEASES,
    paths,
  ];
}
