import { awaitFirstUpload } from "./openings.ts";
import { addNamespace } from "./recovery-objects.ts";
import type { Scenario } from "./types.ts";

/** The agent has no rights but those of the ClusterRole: the one that was handed in, or the smallest that will do. */
export const clusterRole: Scenario = {
  name: "cluster-role",
  title: "lists, watches and uploads everything with just the rights of its ClusterRole",
  profile: "restricted",
  underClusterRole: true,
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "await-call", budget: "heartbeat" },
    addNamespace("granted"),
    { step: "await-shown", objects: ["granted"], budget: "staleness" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};
