import { describe, expect, it } from "vitest";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { defaultRules } from "./agent-rules.ts";
import { fillManifests } from "./fill/manifests.ts";
import { pauseImageOf } from "./fill/pause-image.ts";
import { missingImage, whyNotReady } from "./fill/readiness.ts";
import { isOf, labelled, labelValueFor, nameFor } from "./labels.ts";
import { hasEnded, readOwner, thisOwner, writeOwner } from "./owner.ts";
import { standIn, standInPatch } from "./stand-ins.ts";
import { leftBehind } from "./sweep.ts";

const SPEC = { containers: [{ name: "main", image: "main:1" }] };

describe("what a story creates on a real cluster", () => {
  it("gives a pod neither a node nor a scheduler that would find one", () => {
    const pod = object("Pod", { spec: { ...SPEC, nodeName: "n" }, status: { phase: "Running" } });
    const made = standIn("pods", pod);
    expect(made).toEqual({
      ...pod,
      spec: { ...SPEC, schedulerName: "deepflow-conformance.io-nobody", automountServiceAccountToken: false },
    });
    expect(standInPatch("pods", { spec: { nodeName: "n", x: 1 }, status: {} })).toEqual({ spec: { x: 1 }, status: {} });
  });

  it.each([
    ["deployments.apps", { replicas: 2, paused: true, strategy: { type: "Recreate" } }],
    ["replicasets.apps", { replicas: 100 }],
    ["statefulsets.apps", { replicas: 2, updateStrategy: { type: "OnDelete" } }],
    ["daemonsets.apps", { updateStrategy: { type: "OnDelete" } }],
    ["replicationcontrollers", { replicas: 100 }],
    ["jobs.batch", { replicas: 2 }],
  ])("keeps the controllers of %s from pods of their own", (resource, rest) => {
    const template = { metadata: { labels: { a: "b" } }, spec: { ...SPEC, nodeName: "n" } };
    const spec = standIn(resource, object("X", { spec: { replicas: 2, template } }))["spec"] as Record<string, unknown>;
    expect(spec).toMatchObject(rest);
    expect(spec["template"]).toEqual({
      metadata: { labels: { a: "b" } },
      spec: {
        ...SPEC,
        schedulerName: "deepflow-conformance.io-nobody",
        automountServiceAccountToken: false,
        serviceAccountName: "deepflow-conformance-nobody",
      },
    });
  });

  it("leaves the size of sets and the status of workloads to their controllers", () => {
    const patch = { metadata: { labels: {} }, spec: { replicas: 1 }, status: { replicas: 1 } };
    expect(standInPatch("replicasets.apps", patch)).toEqual({ metadata: { labels: {} } });
    expect(standInPatch("deployments.apps", patch)).toEqual({ metadata: { labels: {} }, spec: { replicas: 1 } });
    expect(standIn("replicasets.apps", object("ReplicaSet", { status: { replicas: 1 } }))).not.toHaveProperty("status");
  });

  it("leaves all else as it is", () => {
    const service = object("Service", { spec: { clusterIP: "None" } });
    expect(standIn("services", service)).toBe(service);
    const patch = { metadata: { labels: { a: "b" } } };
    expect([standInPatch("pods", patch), standInPatch("services", { status: {} })]).toEqual([patch, { status: {} }]);
  });
});

describe("whose an object is", () => {
  const run = "20260102T030405Z-1f2e";

  it("stands in its label", () => {
    const made = labelled(object("Pod", { metadata: { name: "a", labels: { app: "x" } } }), run);
    expect(made.metadata.labels).toEqual({ app: "x", "deepflow-conformance.io/run": run });
    expect([isOf(made, run), isOf(made, "other"), isOf(object("Pod"), run)]).toEqual([true, false, false]);
    expect(labelValueFor(run)).toBe(run);
    expect(labelValueFor("a b")).toMatch(/^a-b-[0-9a-f]{8}$/);
  });

  it("is known of a process that lives, and of one that has ended", () => {
    const self = thisOwner();
    expect(readOwner(writeOwner(self))).toEqual(self);
    expect(readOwner("nonsense")).toBeUndefined();
    expect(hasEnded(self)).toBe(false);
    expect(hasEnded({ ...self, pid: 2 ** 22 + 1 })).toBe(true);
    expect(hasEnded({ ...self, host: "another" })).toBeUndefined();
    // A later process of the same pid. Only where the system tells when a process began.
    expect(hasEnded({ ...self, started: `${self.started}0` })).toBe(self.started !== "");
  });

  it("decides what is swept: a dead owner's, and another host's when it is older than any run", () => {
    const now = Date.parse("2026-01-02T00:00:00Z");
    const of = (name: string, owner: string | undefined, creationTimestamp: string) => ({
      resource: "pods",
      object: object("Pod", {
        metadata: {
          name,
          creationTimestamp,
          ...(owner === undefined ? {} : { annotations: { "deepflow-conformance.io/owner": owner } }),
        },
      }),
    });
    const dead = writeOwner({ ...thisOwner(), pid: 2 ** 22 + 1 });
    const [today, lastYear] = ["2026-01-01T23:00:00Z", "2025-01-01T00:00:00Z"];
    const found = [
      of("dead", dead, today),
      of("living", writeOwner(thisOwner()), lastYear),
      of("elsewhere", "another/1/1", today),
      of("elsewhere-long-ago", "another/1/1", lastYear),
      of("of-a-controller", undefined, lastYear),
    ];
    expect(leftBehind(found, now).map(({ object: { metadata } }) => metadata.name)).toEqual(["dead", "elsewhere-long-ago"]);
  });
});

describe("names", () => {
  it.each(["life-of-objects", "Life of objects", "Жизнь", "-", "a".repeat(80), `${"a".repeat(40)}-b`])(
    "of %s are DNS labels",
    (text) => {
      expect(nameFor(text)).toMatch(/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/);
      expect(nameFor(`${text}!`)).not.toBe(nameFor(text));
    },
  );
});

describe("the fill", () => {
  const manifests = fillManifests({ run: "r", namespace: "ns", image: "pause:1" });

  it("has one ReplicationController with one pod, all of it labelled and in the run's namespace", () => {
    const controllers = manifests.filter(({ resource }) => resource === "replicationcontrollers");
    expect(controllers.map(({ object: made }) => made["spec"])).toMatchObject([{ replicas: 1 }]);
    for (const { object: made } of manifests) {
      expect(made.metadata).toMatchObject({ namespace: "ns", labels: { "deepflow-conformance.io/run": "r" } });
      const template = (made["spec"] as { template?: KubeObject } | undefined)?.template;
      if (template !== undefined) expect(template.metadata.labels).toMatchObject({ "deepflow-conformance.io/run": "r" });
    }
  });

  it("takes a pause image that every node has", () => {
    const node = (...names: string[]) => object("Node", { status: { images: names.map((name) => ({ names: [name] })) } });
    const etcd = "registry.k8s.io/etcd:3.5";
    expect(pauseImageOf([node(etcd, "k8s.gcr.io/pause:3.2")])).toBe("k8s.gcr.io/pause:3.2");
    expect(pauseImageOf([node("a/pause:1", "b/pause:2"), node("b/pause:2")])).toBe("b/pause:2");
    expect(pauseImageOf([node("a/pause:1"), node(etcd)])).toBe("registry.k8s.io/pause:3.9");
    expect(pauseImageOf([node("a/notpause:1")])).toBe("registry.k8s.io/pause:3.9");
  });

  it("says what keeps a pod from being ready", () => {
    const waiting = { state: { waiting: { reason: "ErrImagePull", message: "no such image" } } };
    const pulling = object("Pod", { status: { phase: "Pending", containerStatuses: [waiting] } });
    const unscheduled = { type: "PodScheduled", status: "False", message: "no nodes" };
    const pending = object("Pod", { status: { phase: "Pending", conditions: [unscheduled] } });
    expect([missingImage(pulling), missingImage(pending)]).toEqual(["no such image", undefined]);
    expect(whyNotReady([pulling, pending])).toBe("x: no such image; x: no nodes");
    expect(whyNotReady([])).toBe("none has been made");
  });
});

describe("what an agent may do by default", () => {
  it("is to read, and no Secrets on a cluster of somebody's", () => {
    const resource = { base: "", apiVersion: "", plural: "", kind: "", namespaced: true, hasStatus: false, verbs: [] };
    const served = new Map(["pods", "secrets", "deployments.apps", "routes.route.openshift.io"].map((key) => [key, resource]));
    const rules = defaultRules(served);
    expect(rules[0]).toEqual({ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] });
    expect(rules[1]?.apiGroups).toEqual(["apps", "route.openshift.io", "apps.kruise.io"]);
    expect(rules.filter(({ apiGroups }) => apiGroups?.includes("*"))).toEqual([]);
    expect(defaultRules()[0]).toMatchObject({ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] });
  });
});

function object(kind: string, rest: Partial<KubeObject> = {}): KubeObject {
  return { kind, apiVersion: "v1", metadata: { name: "x" }, ...rest };
}
