import { describe, expect, it } from "vitest";
import { loadSynchronizer, type ServiceName } from "../../proto/index.ts";
import { findTarget, targetIds } from "../contract/index.ts";
import { servedMethods } from "./methods.ts";

function has(id: string, service: ServiceName, method: string): boolean {
  const target = findTarget(id);
  if (!target) throw new Error(`no target ${id}`);
  return servedMethods(target)[service]?.has(method) ?? false;
}

describe("servedMethods", () => {
  it.each<[method: string, service: ServiceName, targets: readonly string[]]>([
    ["KubernetesAPISync", "trident", ["document", "v6.1", "v6.2", "v6.3", "v6.4", "v6.5", "v6.6"]],
    ["KubernetesAPISync", "agent", ["document", "v6.6", "v7.0", "v7.1"]],
    ["Sync", "trident", targetIds],
    ["Query", "trident", ["document", "v6.1", "v6.2", "v6.3", "v6.4", "v6.5", "v6.6"]],
    ["Plugin", "trident", ["document", "v6.2", "v6.3", "v6.4", "v6.5", "v6.6"]],
    ["PrometheusAPISync", "trident", ["v6.3", "v6.4", "v6.5"]],
    ["GetPrometheusTargets", "trident", ["document", "v6.3", "v6.4", "v6.5", "v6.6", "v7.0", "v7.1"]],
    ["RemoteExecute", "trident", ["document", "v6.5", "v6.6"]],
    ["GetOrgIDs", "trident", ["document", "v6.5", "v6.6", "v7.0", "v7.1"]],
    ["GetOrgIDs", "agent", []],
    ["AnalyzerSync", "agent", []],
  ])("has %s on %s in %j alone", (method, service, targets) => {
    expect(targetIds.filter((id) => has(id, service, method))).toEqual(targets);
  });

  it.each<[id: string, service: ServiceName, method: string, served: boolean]>([
    ["v6.6.5", "agent", "Sync", false],
    ["v6.6.9", "agent", "Sync", true],
    ["v6.5-head", "trident", "RemoteExecute", true],
    ["v6.4.9", "trident", "RemoteExecute", false],
    ["v7.0.2", "trident", "Push", true],
  ])("of the version %s on %s has %s: %s", (id, service, method, served) => {
    expect(has(id, service, method)).toBe(served);
  });

  it.each(targetIds)("names for %s only what the definitions have", (id) => {
    const target = findTarget(id);
    for (const [service, methods] of Object.entries(target ? servedMethods(target) : {})) {
      const defined = Object.keys(loadSynchronizer(service as ServiceName));
      expect([...methods].filter((method) => !defined.includes(method))).toEqual([]);
    }
  });
});
