import { ingressTo, routeTo } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import type { Recipe, Scenario } from "./types.ts";

const NAMESPACE = "default";
const SERVICE = "web";

const exposure: readonly Recipe[] = [
  {
    as: "route",
    resource: "routes.route.openshift.io",
    build: () => routeTo(SERVICE, { name: "conformance-route", namespace: NAMESPACE }),
  },
  {
    as: "ingress",
    resource: "ingresses.networking.k8s.io",
    build: () => ingressTo(SERVICE, { name: "conformance-ingress", namespace: NAMESPACE }),
  },
];

/** A cluster with Routes and Ingresses, of which the agent is told to upload the Routes. */
export const environmentOpenshift: Scenario = {
  name: "environment-openshift",
  title: "uploads Routes, old and new, in place of Ingresses",
  profile: "environments",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "create", objects: exposure },
    { step: "await-shown", objects: ["route"], budget: "staleness" },
    { step: "stop-agent" },
  ],
};
