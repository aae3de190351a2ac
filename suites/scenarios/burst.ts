import { namespaceNamed, workload } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import type { Change, Recipe, Scenario } from "./types.ts";

const NAMESPACE = "conformance-stirred";
const OBJECTS = 50;
const CHANGES = 5_000;

const targets: readonly Recipe[] = [
  { as: "stirred", resource: "namespaces", build: () => namespaceNamed(NAMESPACE) },
  ...Array.from({ length: OBJECTS }, (_, index): Recipe => {
    const name = `stirred-${index}`;
    return {
      as: name,
      resource: "deployments.apps",
      build: () => workload("Deployment", { name, namespace: NAMESPACE, app: name }, { replicas: 1 }),
    };
  }),
];

const storm: readonly Change[] = Array.from({ length: CHANGES }, (_, index) => ({
  of: `stirred-${index % OBJECTS}`,
  patch: () => ({ spec: { replicas: 2 + Math.floor(index / OBJECTS) } }),
}));

/** Thousands of changes in a row, as a controller makes that went wild: what counts is what stands at the end. */
export const burst: Scenario = {
  name: "burst",
  title: "shows what stands at the end of five thousand changes in a row",
  profile: "scale",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "create", objects: targets },
    { step: "await-shown", objects: targets.map(({ as }) => as), budget: "staleness" },
    { step: "change", changes: storm },
    { step: "await-shown", objects: targets.map(({ as }) => as), budget: "staleness" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
