import { describe, expect, it } from "vitest";
import { generateCluster } from "../../cluster/embedded/generator/index.ts";
import type { KubeObject } from "../history/types.ts";
import { requirements } from "../requirements/index.ts";
import { createCast, type Member } from "../runner/cast.ts";
import { findScenario, scenarios, scenariosOf, type Step } from "./index.ts";

const filled = generateCluster({ seed: 7, pods: 60, nodes: 3 });

/** Goes through a scenario without any server: creations get a uid, patches are remembered. */
function rehearse(
  steps: readonly Step[],
  present: typeof filled = filled,
): {
  readonly created: readonly Member[];
  readonly deleted: readonly Member[];
  readonly patches: readonly KubeObject[];
} {
  const cast = createCast(present);
  const created: Member[] = [];
  const deleted: Member[] = [];
  const patches: KubeObject[] = [];
  for (const step of steps) {
    if (step.step === "create") {
      for (const { as, resource, build } of step.objects) {
        const bare = build(cast.world);
        const object = { ...bare, metadata: { ...(bare["metadata"] as object), uid: `uid-of-${as}` } };
        created.push({ resource, object });
        cast.keep(as, { resource, object });
      }
    } else if (step.step === "change") {
      for (const change of step.changes) {
        cast.member(change.of);
        patches.push(change.patch(cast.world));
      }
    } else if (step.step === "delete") {
      for (const { as, resource, choose } of step.objects) {
        if (resource !== undefined && choose !== undefined) cast.keep(as, { resource, object: choose(cast.world) });
        deleted.push(cast.member(as));
      }
    } else if (step.step === "await-shown" || step.step === "await-gone") {
      cast.expectations(step.objects);
    }
  }
  return { created, deleted, patches };
}

const at = (object: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], object);

describe("scenarios", () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "%s names nothing that no step before made",
    (_name, { steps }) => {
      expect(() => rehearse(steps)).not.toThrow();
      const setting = ["create", "script-api-fault"];
      expect(steps.find(({ step }) => !setting.includes(step))).toMatchObject({ step: "start-agent" });
      expect(steps.at(-1)).toEqual({ step: "stop-agent" });
    },
  );

  it.each<[string, object]>([
    ["none", {}],
    ["one of IPv6", { podCIDR: "fd00:10:244::/64", podCIDRs: ["fd00:10:244::/64"] }],
  ])("give pods an address of no network where nodes have no range of IPv4: %s", (_name, spec) => {
    const nodes = filled.map((member) =>
      member.resource === "nodes" ? { ...member, object: { ...member.object, spec } } : member,
    );
    const pods = scenarios.flatMap(({ steps }) => rehearse(steps, nodes).created).filter(({ resource }) => resource === "pods");
    const addresses = pods.flatMap(({ object }) => at(object, "status", "podIP") ?? []);
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) expect(address).toMatch(/^198\.51\.100\.\d+$/);
  });

  it("are those that the requirements name", () => {
    const named = new Set<string>(requirements.flatMap((requirement) => requirement.scenarios));
    expect(scenarios.map((scenario) => scenario.name).sort()).toEqual([...named].sort());
  });

  it("are found by name and profile", () => {
    expect(findScenario("first-snapshot")?.name).toBe("first-snapshot");
    expect(findScenario("nonsense")).toBeUndefined();
    expect(scenariosOf(["all"])).toEqual(scenarios);
    expect(scenariosOf(["scale"]).map(({ name }) => name)).toEqual(["large-cluster", "odd-objects", "burst"]);
  });
});

describe("life-of-objects", () => {
  const { created, deleted, patches } = rehearse(findScenario("life-of-objects")?.steps ?? []);
  const podsMade = created.filter(({ resource }) => resource === "pods").map(({ object }) => object);
  const nodes = filled.filter(({ resource }) => resource === "nodes").map(({ object }) => object);

  it("creates pods that a cluster could have: owned, on a node, with an address of its own", () => {
    const uids = new Set(created.map(({ object }) => at(object, "metadata", "uid")));
    for (const pod of podsMade) expect(uids).toContain(at(pod, "metadata", "ownerReferences", 0, "uid"));
    const statuses = [...podsMade.map((pod) => at(pod, "status")), ...patches.map((patch) => at(patch, "status"))].filter(
      (status) => at(status, "podIP") !== undefined,
    );
    expect(statuses).toHaveLength(3);
    const hosts = nodes.map(
      (node) =>
        (at(node, "status", "addresses") as { type: string; address: string }[]).find(({ type }) => type === "InternalIP")
          ?.address,
    );
    for (const status of statuses) expect(hosts).toContain(at(status, "hostIP"));
    const taken = filled.filter(({ resource }) => resource === "pods").map(({ object }) => at(object, "status", "podIP"));
    for (const status of statuses) expect(taken).not.toContain(at(status, "podIP"));
    expect(new Set(statuses.map((status) => at(status, "podIP"))).size).toBe(3);
  });

  it("has pod names that stay apart where a server trims generateName from them", () => {
    const trimmed = podsMade.map((pod) => {
      const [name, prefix] = [String(at(pod, "metadata", "name")), new Set(String(at(pod, "metadata", "generateName")))];
      return name.slice(name.split("").findIndex((character) => !prefix.has(character)));
    });
    expect(new Set(trimmed).size).toBe(trimmed.length);
  });

  it("empties the kind ReplicationController, its pod first", () => {
    const controllers = filled.filter(({ resource }) => resource === "replicationcontrollers");
    expect(controllers).toHaveLength(1);
    const [pod, controller] = deleted.slice(-2);
    expect(controller?.object).toEqual(controllers[0]?.object);
    expect(at(pod?.object, "metadata", "ownerReferences", 0, "uid")).toBe(at(controller?.object, "metadata", "uid"));
  });
});
