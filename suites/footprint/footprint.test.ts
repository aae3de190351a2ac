import { describe, expect, it } from "vitest";
import { makePlan, type PlanRequest } from "../runner/make-plan.ts";
import { footprintOf } from "./index.ts";

const request: PlanRequest = {
  version: "0.1.0",
  runId: "20260102T030405Z-1f2e",
  startedAt: "2026-01-02T03:04:05.000Z",
  seed: 7,
  target: "v7.1",
  profiles: ["core"],
  features: [],
  only: [],
  intervalMs: 1_000,
  callTimeoutMs: 15_000,
  budgetScale: 1,
  agent: { form: "command", command: ["./agent"] },
  cluster: { kind: "embedded", version: "1.30" },
  failOn: "must",
};
const footprint = (change: Partial<PlanRequest> = {}) => footprintOf(makePlan({ ...request, ...change }), "out/run");
const whats = (made: readonly { readonly what: string }[]) => made.map(({ what }) => what).join("\n");

describe("footprintOf", () => {
  it("makes nothing in an embedded cluster but what the stories do, and says what each does", () => {
    const { cluster, machine, ownCluster, stories, agentRights } = footprint();
    expect([cluster, ownCluster]).toEqual([[], true]);
    expect(whats(machine)).toContain("out/run");
    expect(stories.map(({ scenario }) => scenario)).toEqual(["first-snapshot", "life-of-objects", "held-version-lost"]);
    expect(stories[1]).toEqual({
      scenario: "life-of-objects",
      creates: { namespaces: 1, "deployments.apps": 1, "replicasets.apps": 1, pods: 3, "statefulsets.apps": 1 },
      changes: 4,
      deletes: 5,
    });
    expect(agentRights.source).toBe("minimal");
  });

  it("makes nothing in a cluster that is only read, and needs to read alone", () => {
    const { cluster, machine, ownCluster, harnessRights, stories } = footprint({
      cluster: { kind: "kubeconfig", readOnly: true },
    });
    expect([cluster, ownCluster, harnessRights]).toEqual([[], false, ["get, list and watch what agents upload"]]);
    expect(whats(machine)).toContain("a proxy");
    expect(stories.flatMap(({ creates, changes, deletes }) => [...Object.keys(creates), changes, deletes])).toEqual([0, 0, 0, 0]);
  });

  it.each(["kind", "kubeconfig"])("names account, role and namespace in a cluster of kind %s", (kind) => {
    const { cluster, ownCluster, harnessRights } = footprint({ cluster: { kind } });
    for (const what of ["Namespace", "ServiceAccount", "ClusterRoleBinding"]) expect(whats(cluster)).toContain(what);
    expect([ownCluster, harnessRights.length > 0]).toEqual([kind === "kind", kind === "kubeconfig"]);
  });

  it("tells the forms of an agent apart", () => {
    const image = { form: "image", command: [], image: "agent:1" } as const;
    expect(whats(footprint().machine)).toContain("process");
    expect(whats(footprint({ agent: { ...image, place: "container" } }).machine)).toContain("a container");
    const inside = footprint({ agent: { ...image, place: "pod" }, cluster: { kind: "kind" } });
    expect(whats(inside.cluster)).toContain("Secret");
    expect(whats(inside.machine)).not.toContain("the agent's process");
    expect(whats(footprint({ agent: { form: "manifest", command: [], place: "pod" } }).cluster)).toContain(
      "every object of the manifest",
    );
  });

  it("shows the role that was handed in", () => {
    const clusterRole = { source: "role.yaml", rules: [] };
    expect(footprint({ profiles: ["restricted"], clusterRole }).agentRights).toEqual(clusterRole);
  });
});
