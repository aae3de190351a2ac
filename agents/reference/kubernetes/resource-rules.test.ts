import { describe, expect, it } from "vitest";
import { resolveResources, type ResourceRule } from "./resource-rules.ts";

const resolved = (rules: readonly ResourceRule[]) =>
  resolveResources(rules).wanted.map(
    ({ resource, candidates }) => `${resource.name} ${candidates.map(({ group, version }) => `${group}/${version}`).join(" ")}`,
  );

const defaults = [
  "nodes /v1",
  "namespaces /v1",
  "configmaps /v1",
  "deployments apps/v1",
  "statefulsets apps/v1",
  "daemonsets apps/v1",
  "replicationcontrollers /v1",
  "replicasets apps/v1",
  "pods /v1",
  "services /v1",
  "ingresses networking.k8s.io/v1 networking.k8s.io/v1beta1 extensions/v1beta1",
];
const without = (name: string) => defaults.filter((line) => !line.startsWith(name));

describe("resolveResources", () => {
  it("takes the defaults where nothing is configured", () => {
    expect(resolved([])).toEqual(defaults);
  });

  it.each<[string, ResourceRule[], string[]]>([
    ["a disabled default goes", [{ name: "configmaps", disabled: true }], without("configmaps")],
    [
      "OpenShift: Ingresses off, Routes on",
      [{ name: "ingresses", disabled: true }, { name: "routes" }],
      [...without("ingresses"), "routes route.openshift.io/v1"],
    ],
    [
      "an enabled entry replaces the default",
      [{ name: "ingresses", group: "networking.k8s.io" }],
      [...without("ingresses"), "ingresses networking.k8s.io/v1 networking.k8s.io/v1beta1"],
    ],
    [
      "one version of a group",
      [{ name: "ingresses", group: "extensions", version: "v1beta1" }],
      [...without("ingresses"), "ingresses extensions/v1beta1"],
    ],
  ])("%s", (_name, rules, expected) => {
    expect(resolved(rules)).toEqual(expected);
  });

  it("OpenKruise: StatefulSets of both groups, CloneSets", () => {
    const rules = [
      { name: "clonesets", group: "apps.kruise.io" },
      { name: "statefulsets", group: "apps" },
      { name: "statefulsets", group: "apps.kruise.io" },
    ];
    expect(resolved(rules).filter((line) => /statefulsets|clonesets/.test(line))).toEqual([
      "statefulsets apps/v1",
      "statefulsets apps.kruise.io/v1beta1",
      "clonesets apps.kruise.io/v1alpha1",
    ]);
  });

  it("an enabled entry counts though a disabled one of its name stands beside it", () => {
    const rules = [
      { name: "statefulsets", disabled: true },
      { name: "statefulsets", group: "apps.kruise.io" },
    ];
    expect(resolved(rules)).toContain("statefulsets apps.kruise.io/v1beta1");
    expect(resolved(rules)).not.toContain("statefulsets apps/v1");
  });

  it.each<[ResourceRule, string]>([
    [{ name: "widgets" }, "resource widgets is not supported"],
    [{ name: "pods", group: "apps", version: "v2" }, "resource pods apps v2 is not supported"],
  ])("warns of what it does not know: %j", (rule, warning) => {
    expect(resolveResources([rule]).warnings).toEqual([warning]);
  });
});
