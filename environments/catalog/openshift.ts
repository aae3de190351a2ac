import type { Environment, Step } from "../types.ts";
import { groupConfigSteps } from "./ipvlan.ts";

/** After a group's configuration: permission, and a restart, since agents read resource settings at their start. */
export const resourceSteps: readonly Step[] = [
  {
    text: "Give the agents permission first: one watched resource that is refused stops the news of the whole cluster.",
    commands: ["kubectl apply -f cluster-role.yaml"],
  },
  ...groupConfigSteps,
  {
    text: "Restart the agents: resource settings are read at their start.",
    commands: ["kubectl -n deepflow rollout restart daemonset deepflow-agent"],
  },
];

/** OpenShift: Routes take the place of Ingresses. */
export const openshift: Environment = {
  name: "openshift",
  title: "OpenShift",
  summary:
    "Traffic comes in through Routes, not through Ingresses. Switch the one on and the other off, and let the agent read Routes.",
  source: "special environments 2.1; protocol.md 6.1 to 6.3",
  parts: ["agent-group-config", "cluster-role"],
  resources: [{ name: "ingresses", disabled: true }, { name: "routes" }],
  steps: resourceSteps,
  notes: [{ text: "These agents have no resource list yet: the ingress flavour does it.", agents: { to: "v6.3.3" } }],
};
