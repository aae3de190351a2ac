import { describe, expect, it } from "vitest";
import { parseAgentVersion } from "../agent-version.ts";
import type { ResourceEntry } from "../types.ts";
import { resolveResources } from "./resolve.ts";

function watched(agent: string, entries: readonly ResourceEntry[] = []): string[] {
  const version = parseAgentVersion(agent);
  if (version === undefined) throw new Error(agent);
  return resolveResources(entries, version).map(({ name, groups }) => `${name} in ${groups.join(" or ") || "core"}`);
}

describe("resolveResources", () => {
  it("knows the defaults, ConfigMaps among them from v7.0.9 on", () => {
    expect(watched("v7.0.8")).toHaveLength(10);
    expect(watched("v7.0.9")).toEqual([...watched("v7.0.8"), "configmaps in core"]);
    expect(watched("v6.4")).toContain("ingresses in networking.k8s.io or extensions");
  });

  it.each<[string, ResourceEntry[], string[]]>([
    [
      "an entry of another group replaces the default",
      [{ name: "statefulsets", group: "apps.kruise.io" }],
      ["statefulsets in apps.kruise.io"],
    ],
    ["an entry without a group keeps it", [{ name: "statefulsets" }], ["statefulsets in apps"]],
    ["an empty group is none", [{ name: "statefulsets", group: "", version: "" }], ["statefulsets in apps"]],
    ["disabling one group takes the default", [{ name: "statefulsets", group: "apps.kruise.io", disabled: true }], []],
    [
      "both",
      [
        { name: "statefulsets", disabled: true },
        { name: "statefulsets", group: "apps" },
      ],
      ["statefulsets in apps"],
    ],
    ["an unknown group is passed over", [{ name: "statefulsets", group: "example.org" }], []],
  ])("%s", (_title, entries, expected) => {
    expect(watched("v7.1", entries).filter((resource) => resource.startsWith("statefulsets"))).toEqual(expected);
  });
});
