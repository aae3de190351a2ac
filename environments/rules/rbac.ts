import { isWithin } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";
import { neededAccess } from "../resources/access.ts";
import { entriesIn } from "../resources/entries.ts";
import type { WatchedResource } from "../resources/resolve.ts";
import { RESOURCE_LIST } from "../resources/supported.ts";
import type { Finding, ResourceEntry } from "../types.ts";
import { wrongOpenGaussGroup } from "./resource-entry.ts";
import { documentsOf, error, warning, type RuleGroup, type Subject } from "./rule.ts";
import { settingIn } from "./settings.ts";

const VERBS = ["get", "list", "watch"];
const FROZEN =
  "Its list is refused, so the agent is never ready and reports an error with every request: servers from v6.3.5 on keep the old state of the whole cluster.";

interface PlacedRule {
  readonly at: Cursor;
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** ClusterRoles: everything that is watched may be watched, and nothing more is granted. Source: protocol.md 6.3 rule 6, 6.4. */
export const rbacRules: RuleGroup = (subject) => {
  const roles = documentsOf(subject, "cluster-role");
  const first = roles[0];
  if (first === undefined) return [];
  const rules = roles.flatMap(({ root }) => rulesOf(root));
  const aggregated = roles.filter(({ root }) => root.get("aggregationRule").kind !== "absent");
  const fragment = roles.every((role) => role.fragment);
  return [
    ...roles.flatMap(({ root }) => namespaced(root)),
    ...aggregated.map(({ root }) => unknowable(root.get("aggregationRule"))),
    ...rules.flatMap(judgeRule),
    ...(aggregated.length > 0 ? [] : missing(subject, rules, rulesPlace(first.root), fragment)),
  ];
};

function rulesPlace(root: Cursor): Cursor {
  const rules = root.get("rules");
  return rules.kind === "absent" ? root : rules;
}

function rulesOf(root: Cursor): PlacedRule[] {
  const texts = (list: Cursor) => list.items().map((item) => item.text);
  return (root.kind === "list" ? root : root.get("rules")).items().map((at) => ({
    at,
    groups: texts(at.get("apiGroups")),
    resources: texts(at.get("resources")),
    verbs: texts(at.get("verbs")),
  }));
}

function missing(subject: Subject, rules: readonly PlacedRule[], place: Cursor, fragment: boolean): Finding[] {
  const lacking = neededAccess(subject.environment, subject.agent, entriesOf(subject), fragment).flatMap((resource) => {
    const relevant = rules.filter((rule) => resource.groups.some((group) => covers(rule, resource.name, group)));
    const granted = resource.groups.some((group) => {
      const verbs = relevant.filter((rule) => covers(rule, resource.name, group)).flatMap((rule) => rule.verbs);
      return verbs.includes("*") || VERBS.every((verb) => verbs.includes(verb));
    });
    return granted ? [] : [{ resource, relevant }];
  });
  const partly = rules.flatMap((rule) => {
    const short = lacking.filter(({ relevant }) => relevant[0] === rule);
    return short.length === 0
      ? []
      : [
          lacksVerbs(
            short.map(({ resource }) => resource),
            short.flatMap(({ relevant }) => relevant),
            rule,
          ),
        ];
  });
  const none = lacking.filter(({ relevant }) => relevant.length === 0).map(({ resource }) => resource);
  return [...partly, ...ungranted(none, rules, place, subject)];
}

/** What the configurations beside the role switch on; without any, what the environment does. */
function entriesOf(subject: Subject): readonly ResourceEntry[] {
  const configs = documentsOf(subject, "agent-group-config");
  if (configs.length === 0) return subject.environment.resources ?? [];
  return configs.flatMap(({ root }) => {
    if (isWithin(subject.agent, RESOURCE_LIST))
      return entriesIn(settingIn(root, "resources", subject.agent)).map(({ entry }) => entry);
    const routes = settingIn(root, "flavour", subject.agent).value === "openshift";
    return routes ? [{ name: "ingresses", disabled: true }, { name: "routes" }] : [];
  });
}

function covers(rule: PlacedRule, resource: string, group: string): boolean {
  const has = (list: readonly string[], wanted: string) => list.includes(wanted) || list.includes("*");
  return has(rule.resources, resource) && has(rule.groups, group);
}

function lacksVerbs(resources: readonly WatchedResource[], relevant: readonly PlacedRule[], first: PlacedRule): Finding {
  const lacking = VERBS.filter((verb) => !relevant.some(({ verbs }) => verbs.includes(verb)));
  return error("rbac-verbs", first.at.get("verbs"), {
    problem: `${resources.map(({ name }) => name).join(", ")} may not be asked for with ${lacking.join(", ") || "all of get, list, watch in one group"}`,
    consequence: FROZEN,
    mend: "Grant get, list and watch.",
    source: "protocol.md 6.3 rule 6, 6.4",
  });
}

function ungranted(none: readonly WatchedResource[], rules: readonly PlacedRule[], place: Cursor, { agent }: Subject): Finding[] {
  // The sample's group is blamed at its own place.
  const sample = rules.some(({ groups }) => groups.some((group) => group.startsWith("opengauss.sig")));
  const others = none.filter(({ name }) => name !== "configmaps" && !(sample && name === "opengaussclusters"));
  const findings: Finding[] = [];
  if (others.length > 0) {
    findings.push(
      error("rbac-missing", place, {
        problem: `no rule grants ${others.map(({ name, groups }) => (groups[0] ? `${name}.${groups[0]}` : name)).join(", ")}`,
        consequence: FROZEN,
        mend: "Add rules with these apiGroups and resources, and the verbs get, list, watch.",
        source: "protocol.md 6.3 rule 6, 6.4",
      }),
    );
  }
  if (none.some(({ name }) => name === "configmaps") && isWithin(agent, { from: "v7.0.9" })) {
    findings.push(
      error("configmaps-frozen", place, {
        problem: `${agent.name} agents watch ConfigMaps by default (from v7.0.9 and v7.1.0 on), and no rule grants them`,
        consequence: FROZEN,
        mend: "Grant get, list, watch on configmaps, or disable them in inputs.resources.kubernetes.api_resources.",
        source: "protocol.md 6.2, 6.3 rule 6",
      }),
    );
  }
  return findings;
}

function judgeRule(rule: PlacedRule): Finding[] {
  const names = rule.at.get("resourceNames");
  const sample = rule.at
    .get("apiGroups")
    .items()
    .find((group) => group.text.startsWith("opengauss.sig"));
  const writes = rule.verbs.filter((verb) => !VERBS.includes(verb));
  const reads = rule.resources.filter((resource) => resource === "secrets" || resource === "*");
  // Elections hold a Lease, and self-reviews are asked by creating one.
  const harmless = rule.resources.every((resource) => resource === "leases" || resource.startsWith("selfsubject"));
  return [
    ...(names.items().length > 0 && !harmless ? [limited(names)] : []),
    ...(sample === undefined || rule.groups.includes("opengauss.cmbc.com.cn") ? [] : [wrongOpenGaussGroup(sample)]),
    ...(rule.resources.length > 0 && !harmless && (writes.length > 0 || reads.length > 0)
      ? [tooWide(rule.at.get(writes.length > 0 ? "verbs" : "resources"), [...writes, ...reads])]
      : []),
  ];
}

function limited(names: Cursor): Finding {
  return error("rbac-names", names, {
    problem: "the rule is limited to resources of certain names",
    consequence: "A list or watch of the whole kind is refused.",
    mend: "Remove resourceNames.",
    source: "Kubernetes RBAC (resourceNames)",
  });
}

function tooWide(at: Cursor, what: readonly string[]): Finding {
  return warning("rbac-too-wide", at, {
    problem: `the rule grants ${what.join(", ")}, which nothing here needs`,
    consequence: "The agent could change the cluster or read Secrets.",
    mend: "Grant get, list and watch on the resources that are uploaded, and nothing else.",
    source: "KAS-WATCH-7, KAS-SEC-1",
  });
}

function namespaced(root: Cursor): Finding[] {
  if (root.get("kind").value !== "Role") return [];
  return [
    error("rbac-namespaced", root.get("kind"), {
      problem: "a Role holds within one namespace",
      consequence: "Nodes and Namespaces, which the agent always asks for in the whole cluster, are refused.",
      mend: "Make it a ClusterRole, bound by a ClusterRoleBinding.",
      source: "protocol.md 5.2",
    }),
  ];
}

function unknowable(at: Cursor): Finding {
  return warning("rbac-aggregated", at, {
    problem: "the rules of this role are put together by the cluster",
    consequence: "What it grants in the end cannot be told from the file.",
    mend: "Check what the cluster made of it: kubectl get clusterrole NAME -o yaml.",
    source: "Kubernetes RBAC (aggregationRule)",
  });
}
