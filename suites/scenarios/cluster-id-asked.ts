import { awaitFirstUpload } from "./openings.ts";
import type { Scenario } from "./types.ts";

/** An agent that nobody gave a cluster_id has to ask for it. */
export const clusterIdAsked: Scenario = {
  name: "cluster-id-asked",
  title: "asks for its cluster_id where none is configured, and uploads under the answer",
  profile: "restricted",
  withoutClusterId: true,
  steps: [{ step: "start-agent" }, ...awaitFirstUpload, { step: "await-call", budget: "heartbeat" }, { step: "stop-agent" }],
};
