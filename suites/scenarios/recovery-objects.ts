import { namespaceNamed } from "./objects.ts";
import type { Step } from "./types.ts";

/** Changes the cluster by one object. Nothing else changes in these stories, so that only a repetition can deliver it. */
export function addNamespace(name: string): Step {
  return { step: "create", objects: [{ as: name, resource: "namespaces", build: () => namespaceNamed(`conformance-${name}`) }] };
}
