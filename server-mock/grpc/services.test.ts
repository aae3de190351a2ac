import { describe, expect, it } from "vitest";
import { loadSynchronizer, type ServiceName } from "../../proto/index.ts";
import type { CallContext } from "./adapter.ts";
import { bindServices, type MethodHandlers, type ServedMethods } from "./services.ts";
import { StatusError } from "./status.ts";

const handlers = {
  KubernetesAPISync: (service) => () => Buffer.from(service),
  GetKubernetesClusterID: (service) => () => Buffer.from(service),
} satisfies MethodHandlers<unknown>;

const METHODS = new Set(["KubernetesAPISync", "GetKubernetesClusterID", "Plugin"]);

function methodsOf(services: readonly ServiceName[]): ServedMethods {
  const rest = { trident: new Set(["Upgrade"]) };
  return { ...rest, ...Object.fromEntries(services.map((service) => [service, METHODS])) };
}

function answer(served: readonly ServiceName[], path: string): string {
  const method = bindServices(methodsOf(served), handlers).find((bound) => bound.path === path);
  if (!method) return "no such method";
  try {
    return (method.handler(Buffer.alloc(0), {} as CallContext) as Buffer).toString();
  } catch (error) {
    return error instanceof StatusError ? `${error.code} ${error.details}` : "other";
  }
}

const AGENT = "/agent.Synchronizer/KubernetesAPISync";
const TRIDENT = "/trident.Synchronizer/KubernetesAPISync";

describe("bindServices", () => {
  it.each<[string, readonly ServiceName[], string, string]>([
    ["from v7.0.2", ["agent"], AGENT, "agent"],
    ["from v7.0.2", ["agent"], TRIDENT, "12 unknown method KubernetesAPISync for service trident.Synchronizer"],
    ["up to v6.6.7", ["trident"], TRIDENT, "trident"],
    ["up to v6.6.7", ["trident"], AGENT, "12 unknown service agent.Synchronizer"],
    ["with both", ["trident", "agent"], AGENT, "agent"],
    ["with both", ["trident", "agent"], TRIDENT, "trident"],
    ["with both", ["trident", "agent"], "/agent.Synchronizer/Plugin", "12 method Plugin is not served by this mock"],
    ["from v7.0.2", ["agent"], "/trident.Synchronizer/Upgrade", "12 method Upgrade is not served by this mock"],
    [
      "up to v6.6.7",
      ["trident"],
      "/trident.Synchronizer/GetOrgIDs",
      "12 unknown method GetOrgIDs for service trident.Synchronizer",
    ],
  ])("answers as a server %s (%j) on %s", (_line, served, path, expected) => {
    expect(answer(served, path)).toBe(expected);
  });

  it("has a handler for every method of both definitions", () => {
    const paths = bindServices(methodsOf(["agent"]), handlers).map((method) => method.path);
    const defined = (["trident", "agent"] as const).flatMap((service) =>
      Object.values(loadSynchronizer(service)).map(({ path }) => path),
    );
    expect(paths.toSorted()).toEqual(defined.toSorted());
  });

  it("refuses a handler that no method would ever call", () => {
    const mistyped = { ...handlers, KubernetesApiSync: handlers.KubernetesAPISync };
    expect(() => bindServices({}, mistyped)).toThrow("no method KubernetesApiSync");
  });
});
