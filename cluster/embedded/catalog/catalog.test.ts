import { describe, expect, it } from "vitest";
import {
  aggregatedDiscovery,
  coreVersions,
  deprecationWarning,
  findRelease,
  findResource,
  group,
  groupList,
  groupsOf,
  releases,
  resourceKey,
  resourceList,
  resourcesOf,
  storageVersionHash,
  type KubernetesRelease,
} from "./index.ts";

const ALL_FEATURES = ["openshift", "openkruise", "opengauss", "calico", "pingan", "tke"];

function release(id: string): KubernetesRelease {
  const found = findRelease(id);
  if (found === undefined) throw new Error(`no release ${id}`);
  return found;
}

function namesOf(id: string, apiGroup: string, version: string): readonly string[] | undefined {
  const list = resourceList(release(id), resourcesOf(release(id), ALL_FEATURES), apiGroup, version);
  return (list as { resources: { name: string }[] } | undefined)?.resources.map(({ name }) => name);
}

function groupVersions(id: string): Record<string, readonly string[]> {
  return Object.fromEntries(groupsOf(resourcesOf(release(id), [])));
}

describe("what a release serves", () => {
  it("knows two releases and no other", () => {
    expect(releases.map(({ id, versionInfo }) => [id, versionInfo["gitVersion"]])).toEqual([
      ["1.20", "v1.20.15"],
      ["1.30", "v1.30.4"],
    ]);
    expect(findRelease("1.25")).toBeUndefined();
  });

  it.each([
    ["1.20", "extensions", ["v1beta1"]],
    ["1.30", "extensions", undefined],
    ["1.20", "networking.k8s.io", ["v1", "v1beta1"]],
    ["1.30", "networking.k8s.io", ["v1"]],
    ["1.20", "batch", ["v1", "v1beta1"]],
    ["1.30", "batch", ["v1"]],
    ["1.20", "discovery.k8s.io", ["v1beta1"]],
    ["1.30", "discovery.k8s.io", ["v1"]],
    ["1.20", "policy", ["v1beta1"]],
    ["1.30", "policy", ["v1"]],
    ["1.20", "autoscaling", ["v1", "v2beta1", "v2beta2"]],
    ["1.30", "autoscaling", ["v2", "v1"]],
    ["1.30", "flowcontrol.apiserver.k8s.io", ["v1", "v1beta3"]],
  ])("%s serves %s as %j", (id, name, versions) => {
    expect(groupVersions(id)[name]).toEqual(versions);
  });

  it.each([
    ["1.20", "batch", "v1", ["jobs", "jobs/status"]],
    ["1.20", "batch", "v1beta1", ["cronjobs", "cronjobs/status"]],
    ["1.30", "batch", "v1", ["cronjobs", "cronjobs/status", "jobs", "jobs/status"]],
    ["1.20", "networking.k8s.io", "v1beta1", ["ingressclasses", "ingresses", "ingresses/status"]],
    ["1.30", "networking.k8s.io", "v1beta1", undefined],
    ["1.20", "storage.k8s.io", "v1beta1", ["csidrivers", "csinodes", "storageclasses", "volumeattachments"]],
    ["1.30", "authentication.k8s.io", "v1", ["selfsubjectreviews", "tokenreviews"]],
    ["1.20", "authentication.k8s.io", "v1", ["tokenreviews"]],
    ["1.30", "apps.kruise.io", "v1beta1", ["statefulsets", "statefulsets/scale", "statefulsets/status"]],
  ])("%s lists under %s/%s %j", (id, name, version, resources) => {
    expect(namesOf(id, name, version)).toEqual(resources);
  });

  it("shows the core group by name, with its subresources", () => {
    const names = namesOf("1.30", "", "v1") ?? [];
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(["pods/ephemeralcontainers", "nodes/status", "replicationcontrollers/scale"]));
    expect(namesOf("1.20", "", "v1")).not.toContain("pods/ephemeralcontainers");
  });

  it("serves custom resources where their feature is declared, and else not", () => {
    const plain = resourcesOf(release("1.30"), ["ha", "no-watch"]).map(resourceKey);
    const all = resourcesOf(release("1.30"), ALL_FEATURES).map(resourceKey);
    expect(all.filter((key) => !plain.includes(key))).toEqual([
      "clonesets.apps.kruise.io",
      "statefulsets.apps.kruise.io",
      "servicerules.crd.pingan.org",
      "ippools.crd.projectcalico.org",
      "opengaussclusters.opengauss.cmbc.com.cn",
      "statefulsetpluses.platform.stke",
      "routes.route.openshift.io",
    ]);
  });

  it.each(["1.20", "1.30"])("%s names every resource once", (id) => {
    const keys = resourcesOf(release(id), ALL_FEATURES).map(resourceKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("finds a resource by its address, under served versions alone", () => {
    const resources = resourcesOf(release("1.20"), []);
    expect(findResource(resources, "extensions", "v1beta1", "ingresses")?.storedAs).toBe("ingresses.networking.k8s.io");
    expect(findResource(resources, "extensions", "v1", "ingresses")).toBeUndefined();
    expect(findResource(resources, "", "v1", "pods")?.namespaced).toBe(true);
  });

  // Recorded from real servers: the hash is a function of the stored group, version and kind.
  it.each([
    ["pods", "xPOwRZ+Yhw8="],
    ["nodes", "XwShjMxG9Fs="],
    ["deployments.apps", "8aSe+NMegvE="],
  ])("hashes the storage version of %s as the API server does", (key, hash) => {
    const definition = resourcesOf(release("1.30"), []).find((one) => resourceKey(one) === key);
    expect(definition === undefined ? undefined : storageVersionHash(definition)).toBe(hash);
  });
});

describe("discovery documents", () => {
  const resources = resourcesOf(release("1.30"), ["openkruise"]);

  it("are those of the paths", () => {
    expect(coreVersions("127.0.0.1:6443")).toEqual({
      kind: "APIVersions",
      versions: ["v1"],
      serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "127.0.0.1:6443" }],
    });
    expect(group(resources, "apps.kruise.io")).toEqual({
      kind: "APIGroup",
      apiVersion: "v1",
      name: "apps.kruise.io",
      versions: [
        { groupVersion: "apps.kruise.io/v1alpha1", version: "v1alpha1" },
        { groupVersion: "apps.kruise.io/v1beta1", version: "v1beta1" },
      ],
      preferredVersion: { groupVersion: "apps.kruise.io/v1alpha1", version: "v1alpha1" },
    });
    expect(group(resources, "extensions")).toBeUndefined();
    expect(group(resources, "")).toBeUndefined();
    const { groups } = groupList(resources) as { groups: { name: string }[] };
    expect(groups.map(({ name }) => name).slice(0, 3)).toEqual(["apiregistration.k8s.io", "apps", "events.k8s.io"]);
    expect(groups.at(-1)?.name).toBe("apps.kruise.io");
  });

  it.each([
    ["1.20", ""],
    ["1.30", "pod"],
  ])("name in %s the singular of pods %j", (id, singularName) => {
    const list = resourceList(release(id), resourcesOf(release(id), []), "", "v1") as { resources: object[] };
    expect(list.resources).toContainEqual(expect.objectContaining({ name: "pods", singularName, shortNames: ["po"] }));
  });

  it("give a scale its own group and version", () => {
    const list = resourceList(release("1.30"), resources, "apps", "v1") as { resources: object[] };
    expect(list.resources).toContainEqual(
      expect.objectContaining({ name: "deployments/scale", group: "autoscaling", version: "v1", kind: "Scale" }),
    );
  });

  it("are aggregated from 1.27 on, core apart from the groups", () => {
    const old = release("1.20");
    expect(aggregatedDiscovery(old, resourcesOf(old, []), "/apis", "v2beta1")).toBeUndefined();
    expect(aggregatedDiscovery(release("1.30"), resources, "/apis", "v3")).toBeUndefined();
    const core = aggregatedDiscovery(release("1.30"), resources, "/api", "v2") as AggregatedList;
    expect(core).toMatchObject({ kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2" });
    expect(core.items.map(({ metadata }) => metadata.name)).toEqual([undefined]);
    const apps = (aggregatedDiscovery(release("1.30"), resources, "/apis", "v2beta1") as AggregatedList).items[1];
    expect(apps?.metadata.name).toBe("apps");
    expect(apps?.versions[0]?.resources).toContainEqual({
      resource: "deployments",
      responseKind: { group: "apps", version: "v1", kind: "Deployment" },
      scope: "Namespaced",
      singularResource: "deployment",
      verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
      shortNames: ["deploy"],
      categories: ["all"],
      subresources: [
        {
          subresource: "scale",
          responseKind: { group: "autoscaling", version: "v1", kind: "Scale" },
          verbs: ["get", "patch", "update"],
        },
        {
          subresource: "status",
          responseKind: { group: "apps", version: "v1", kind: "Deployment" },
          verbs: ["get", "patch", "update"],
        },
      ],
    });
  });

  it("warn of forms that are deprecated in 1.20 and gone in 1.30", () => {
    expect(deprecationWarning(release("1.20"), "extensions", "v1beta1", "Ingress")).toContain("unavailable in v1.22+");
    expect(deprecationWarning(release("1.20"), "networking.k8s.io", "v1", "Ingress")).toBeUndefined();
    expect(deprecationWarning(release("1.30"), "extensions", "v1beta1", "Ingress")).toBeUndefined();
  });
});

interface AggregatedList {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly { readonly resources: readonly object[] }[];
  }[];
}
