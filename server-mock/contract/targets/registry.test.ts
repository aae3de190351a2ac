import { describe, expect, it } from "vitest";
import { defaultTarget, findTarget, isSince, targetIds, targets } from "./registry.ts";
import type { Target } from "./types.ts";

describe("targets", () => {
  it("are found by id, the default among them", () => {
    expect(targetIds).toEqual(["document", "v6.1", "v6.2", "v6.3", "v6.4", "v6.5", "v6.6", "v7.0", "v7.1"]);
    expect(findTarget(defaultTarget)?.tag).toBe("v7.1.8");
  });

  it.each(["v0.0", "v6.0", "v7.2", "v7.1.9", "v6.1.0", "v6.6.9.2505", "v6.4.", "6.4", "v6.4.7.1.1", "main", ""])(
    "are not made up for %j",
    (id) => {
      expect(findTarget(id)).toBeUndefined();
    },
  );

  it.each(["v6.4.7", "v6.5.3", "v6.6.9", "v7.0.2", "v7.1.6", "v6.5-head"])("are versions of a line too: %s", (id) => {
    expect(findTarget(id)).toMatchObject({ id, line: true });
    expect(findTarget(id)).toBe(findTarget(id));
  });

  it.each<[string, string]>([
    ["v6.1", "v6.1.8.9"],
    ["v6.2", "v6.2.6.6"],
    ["v6.3", "v6.3.9"],
    ["v6.4", "v6.4.9"],
    ["v6.5", "v6.5.9"],
    ["v6.6", "v6.6.9.2504"],
    ["v7.0", "v7.0.9"],
    ["v7.1", "v7.1.8"],
  ])("%s has the rules of %s", (line, tag) => {
    expect({ ...findTarget(tag), id: line }).toEqual(findTarget(line));
  });

  /** Rules that changed inside a line or from one to the next, with the last version before and the first with the change. */
  const boundaries: readonly [rule: string, before: string, after: string, (target: Target) => unknown, unknown, unknown][] = [
    ["services", "v6.6.5", "v6.6.9", (t) => t.services.join(), "trident", "trident,agent"],
    ["services", "v7.0.1", "v7.0.2", (t) => t.services.join(), "trident,agent", "agent"],
    ["teams", "v6.5.2", "v6.5.3", (t) => t.teams, false, true],
    ["refresh", "v6.5.2", "v6.5.3", (t) => t.refresh, "poll", "on-new-version"],
    ["versionInfo", "v6.4.7", "v6.4.8", (t) => t.versionInfo, "crashes", "required"],
    ["errorMessage", "v6.3.4", "v6.3.5", (t) => t.errorMessage, "harmless", "freezes"],
    ["errorMessage, head", "v6.2", "v6.2-head", (t) => t.errorMessage, "harmless", "freezes"],
    ["staleRecord", "v6.2", "v6.3", (t) => t.staleRecord, "removed", "served"],
    ["staleRecord, head", "v7.1", "v7.1-head", (t) => t.staleRecord, "served", "checked"],
    ["CloneSet", "v6.3.3", "v6.3.4", (t) => t.ownerKinds.includes("CloneSet"), false, true],
    ["InPlaceSet", "v6.1", "v6.2", (t) => t.inventedOwnerKinds.join(), "", "InPlaceSet"],
    ["OpenGaussCluster, head", "v6.5", "v6.5-head", (t) => t.ownerKinds.includes("OpenGaussCluster"), false, true],
    ["StatefulSetPlus", "v6.6.5", "v6.6.9", (t) => t.ownerKinds.includes("StatefulSetPlus"), false, true],
    ["LoadBalancer", "v6.6.3", "v6.6.4", (t) => t.serviceTypes.includes("LoadBalancer"), false, true],
    ["ConfigMap", "v7.0.8", "v7.0.9", (t) => t.consumed.some(({ resource }) => resource === "configmaps"), false, true],
    ["ConfigMap, head", "v6.6", "v6.6-head", (t) => t.consumed.some(({ resource }) => resource === "configmaps"), false, true],
    ["generateName", "v6.6.1", "v6.6.3", (t) => t.generateName, "snake-case-statefulset", "any-owner"],
    ["generateName, head", "v6.4", "v6.4-head", (t) => t.generateName, "snake-case-statefulset", "any-owner"],
    ["no-nodes", "v6.5.5", "v6.5.6", (t) => t.guards.includes("no-nodes"), false, true],
    ["badStream", "v7.1.5", "v7.1.6", (t) => t.badStream, "fails-sync", "empties-snapshot"],
    ["streamEnd", "v6.2", "v6.3", (t) => t.streamEnd, "overlooked", "checked"],
    ["pod-node-unknown", "v6.2", "v6.3", (t) => t.drops.includes("pod-node-unknown"), true, false],
    ["pod-ip", "v6.1", "v6.2", (t) => t.aborts.includes("pod-ip"), false, true],
    ["label-not-a-string", "v6.2", "v6.3", (t) => t.aborts.includes("label-not-a-string"), true, false],
    ["condition", "v7.1.5", "v7.1.6", (t) => t.aborts.includes("pod-condition-not-a-string"), true, false],
    ["cattle, no JSON", "v6.3.0", "v6.3.3", (t) => t.aborts.includes("cattle-annotation-not-json"), true, false],
    ["cattle, names", "v6.3.5", "v6.3.6", (t) => t.aborts.includes("cattle-annotation-names-workload"), true, false],
    ["ingressBackends", "v6.1", "v6.2", (t) => t.ingressBackends, "v1beta1", "v1-and-v1beta1"],
    ["masterLabels", "v6.3", "v6.4", (t) => t.masterLabels.length, 1, 2],
    ["serverlessPods", "v6.6.1", "v6.6.3", (t) => t.serverlessPods, "by-labels", "unread"],
  ];

  it.each(boundaries)("change between versions: %s from %s to %s", (_rule, before, after, read, old, young) => {
    expect([read(findTarget(before) as Target), read(findTarget(after) as Target)]).toEqual([old, young]);
  });

  it("know what came before what", () => {
    expect(["v6.4", "v6.5", "v6.5.2", "v6.5.3", "v7.1", "document"].map((id) => isSince(id, "v6.5.3"))).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it.each(targets)("$id names a source for every rule", (target) => {
    const { id: _id, tag: _tag, line: _line, sources, inferred: _inferred, ...rules } = target;
    expect(Object.keys(sources).sort()).toEqual(Object.keys(rules).sort());
    for (const source of Object.values(sources)) expect(source).toMatch(/^(protocol\.md|document) \d/);
  });

  it.each(targets)("$id lists each resource once", (target) => {
    const resources = target.consumed.map((consumed) => consumed.resource);
    expect(new Set(resources).size).toBe(resources.length);
  });
});
