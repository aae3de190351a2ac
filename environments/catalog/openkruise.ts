import { RESOURCE_LIST } from "../resources/supported.ts";
import type { Environment } from "../types.ts";
import { resourceSteps } from "./openshift.ts";

/** OpenKruise: CloneSets, and StatefulSets of a second group. */
export const openkruise: Environment = {
  name: "openkruise",
  title: "OpenKruise",
  summary:
    "Pods are owned by CloneSets and by StatefulSets of apps.kruise.io. Unless these are uploaded, their pods have no owner that the server knows, and are dropped.",
  source: "special environments 2.2; protocol.md 6.2, 6.3",
  agents: RESOURCE_LIST,
  unavailable: "earlier agents have no resource list, and know neither CloneSets nor StatefulSets of apps.kruise.io",
  parts: ["agent-group-config", "cluster-role"],
  resources: [
    { name: "clonesets", group: "apps.kruise.io" },
    { name: "statefulsets", group: "apps" },
    { name: "statefulsets", group: "apps.kruise.io" },
  ],
  steps: resourceSteps,
  notes: [{ text: "StatefulSets of apps stand in the list because any entry of a name replaces the default of that name." }],
};
