import { describe, expect, it } from "vitest";
import { findTarget } from "../targets/registry.ts";
import type { Target } from "../targets/types.ts";
import { ingressFlavours } from "./ingress-flavours.ts";
import { mayBeOmitted } from "./may-be-omitted.ts";
import { isNamespaced, knownTypeNames, readTypeNames, supportsOwner, typeNamesFor, uploadableResources } from "./type-names.ts";

const v71 = findTarget("v7.1") as Target;
const document = findTarget("document") as Target;

describe("typeNamesFor", () => {
  it.each<[Target, string, readonly string[]]>([
    [v71, "pods", ["*v1.Pod"]],
    [v71, "statefulsets.apps.kruise.io", ["*v1.StatefulSet"]],
    [v71, "ingresses.networking.k8s.io", ["*v1.Ingress", "*v1beta1.Ingress"]],
    [v71, "routes.route.openshift.io", ["*v1.Ingress", "*v1.Route"]],
    [v71, "configmaps", ["*v1.ConfigMap"]],
    [v71, "ippools.crd.projectcalico.org", []],
    [v71, "secrets", []],
    [document, "ingresses.networking.k8s.io", ["*v1beta1.Ingress", "*v1.Ingress"]],
    [document, "configmaps", []],
    [document, "routes.route.openshift.io", []],
  ])("$id: %s", (target, resource, names) => {
    expect(typeNamesFor(target, resource)).toEqual(names);
  });
});

describe("type names", () => {
  it("that the document reads are the ten it lists, and *v1.Ingress", () => {
    expect([...readTypeNames(document)].sort()).toEqual(
      [
        "*v1.DaemonSet",
        "*v1.Deployment",
        "*v1.Ingress",
        "*v1.Namespace",
        "*v1.Node",
        "*v1.Pod",
        "*v1.ReplicaSet",
        "*v1.ReplicationController",
        "*v1.Service",
        "*v1.StatefulSet",
        "*v1beta1.Ingress",
      ].sort(),
    );
  });

  it("that v7.1 reads are the seventeen of protocol.md 4", () => {
    const names = readTypeNames(v71);
    expect(names).toHaveLength(17);
    expect(names).toEqual(
      expect.arrayContaining(["*version.Info", "*v1.Route", "*v1.CloneSet", "*v1.OpenGaussCluster", "*v1.ServiceRule"]),
    );
    expect(names).not.toContain("*v1.IPPool");
  });

  it("that are known are all of them, each once", () => {
    expect(knownTypeNames).toEqual(expect.arrayContaining([...readTypeNames(v71), ...readTypeNames(document)]));
    expect(new Set(knownTypeNames).size).toBe(knownTypeNames.length);
  });
});

describe("resources", () => {
  it("are uploadable exactly where they have a type name", () => {
    expect(uploadableResources(document)).toHaveLength(11);
    for (const resource of uploadableResources(v71)) expect(typeNamesFor(v71, resource)).not.toEqual([]);
  });

  it("lie in a namespace, nodes and namespaces apart", () => {
    expect(uploadableResources(v71).filter((resource) => !isNamespaced(resource))).toEqual(["nodes", "namespaces"]);
  });

  it("may be left out where they are inactive ReplicaSets", () => {
    expect(mayBeOmitted("replicasets.apps", { spec: { replicas: 0 } })).toBe(true);
    expect(mayBeOmitted("replicasets.apps", { spec: { replicas: 1 } })).toBe(false);
    expect(mayBeOmitted("deployments.apps", { spec: { replicas: 0 } })).toBe(false);
  });
});

describe("supportsOwner", () => {
  it.each([
    ["ReplicaSet", true, true],
    ["CloneSet", false, true],
    ["StatefulSetPlus", false, true],
    ["Job", false, false],
    ["Node", false, false],
  ])("%s: document %s, v7.1 %s", (kind, byDocument, byLine) => {
    expect([supportsOwner(document, kind), supportsOwner(v71, kind)]).toEqual([byDocument, byLine]);
  });
});

describe("ingressFlavours", () => {
  it("tells the one that is read first", () => {
    expect(ingressFlavours(v71, ["*v1beta1.Ingress", "*v1.Pod", "*v1.Ingress", "*v1beta1.Ingress"])).toEqual([
      "*v1.Ingress",
      "*v1beta1.Ingress",
    ]);
    expect(ingressFlavours(v71, ["*v1beta1.Ingress", "*v1.Route"])).toEqual(["*v1.Route", "*v1beta1.Ingress"]);
  });

  it("knows no rivalry on the document", () => {
    expect(ingressFlavours(document, ["*v1beta1.Ingress", "*v1.Ingress"])).toEqual([]);
  });
});
