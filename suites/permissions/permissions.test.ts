import { describe, expect, it } from "vitest";
import { ClusterRoleError, clusterRoleText, grants, minimalRules, permissionsFor, readClusterRole } from "./index.ts";

const core = { target: "v7.1", profiles: ["core"], features: [] };
const ROLE = clusterRoleText(minimalRules(core));

describe("minimalRules", () => {
  it("grants reading what the target reads, and nothing else", () => {
    const rules = minimalRules(core);
    expect(rules).toEqual([
      {
        apiGroups: [""],
        resources: ["configmaps", "namespaces", "nodes", "pods", "replicationcontrollers", "services"],
        verbs: ["get", "list", "watch"],
      },
      {
        apiGroups: ["apps"],
        resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
        verbs: ["get", "list", "watch"],
      },
      { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] },
    ]);
    expect(grants(rules, "list", "secrets")).toBe(false);
    expect(grants(rules, "delete", "pods")).toBe(false);
    expect(grants(rules, "watch", "replicasets.apps")).toBe(true);
  });

  it("leaves ConfigMaps out where the server line does not read them", () => {
    expect(grants(minimalRules({ ...core, target: "v6.6" }), "list", "configmaps")).toBe(false);
    expect(grants(minimalRules({ ...core, target: "document" }), "list", "configmaps")).toBe(true);
  });

  it("follows the declared features", () => {
    const rights = (features: readonly string[]) => permissionsFor({ ...core, features }).map(({ resource }) => resource);
    expect(rights(["openshift"])).toContain("routes.route.openshift.io");
    expect(rights(["openshift"])).not.toContain("ingresses.networking.k8s.io");
    expect(rights(["openkruise"])).toContain("statefulsets.apps.kruise.io");
    expect(permissionsFor({ ...core, features: ["ha"] }).at(-1)).toMatchObject({
      resource: "leases.coordination.k8s.io",
      verbs: ["get", "create", "update"],
    });
  });
});

describe("readClusterRole", () => {
  it("reads what the harness prints, also beside an account and a binding, in a List, and with every field", () => {
    expect(readClusterRole(ROLE)).toEqual(minimalRules(core));
    expect(readClusterRole(`kind: ServiceAccount\n---\n${ROLE}---\nkind: ClusterRoleBinding\n`)).toEqual(minimalRules(core));
    const rules = [
      { nonResourceURLs: ["/version"], verbs: ["get"] },
      { apiGroups: ["*"], resources: ["*"], resourceNames: ["a"], verbs: ["*"] },
    ];
    expect(readClusterRole(JSON.stringify({ kind: "List", items: [{ kind: "ClusterRole", rules }] }))).toEqual(rules);
    expect(readClusterRole(clusterRoleText(rules))).toEqual(rules);
    expect(readClusterRole(clusterRoleText([]))).toEqual([]);
  });

  it.each([
    ["nothing", "", "holds no ClusterRole"],
    ["broken YAML", "kind: [", "neither YAML nor JSON"],
    ["a Role", "kind: Role\nrules: []", "give a ClusterRole"],
    ["another kind", "kind: Pod", "but Pod"],
    ["two of them", `${ROLE}---\n${ROLE}`, "2 ClusterRoles"],
    ["an aggregated one", "kind: ClusterRole\naggregationRule: {}\nrules: []", "aggregated"],
    ["no rules", "kind: ClusterRole", "no list of rules"],
    ["a misspelt field", "kind: ClusterRole\nrules: [{apiGroup: [''], resources: [pods], verbs: [get]}]", 'a field "apiGroup"'],
    ["no verbs", "kind: ClusterRole\nrules: [{apiGroups: [''], resources: [pods]}]", "rules[0] has no verbs"],
    ["no group", "kind: ClusterRole\nrules: [{resources: [pods], verbs: [get]}]", "needs apiGroups and resources"],
    ["a text for a list", "kind: ClusterRole\nrules: [{apiGroups: '', resources: [pods], verbs: [get]}]", "rules[0].apiGroups"],
  ])("refuses %s", (_name, text, problem) => {
    expect(() => readClusterRole(text)).toThrow(ClusterRoleError);
    expect(() => readClusterRole(text)).toThrow(problem);
  });
});
