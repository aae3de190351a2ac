import type { AgentBehaviour } from "../reference/index.ts";
import type { Mutant } from "./mutant.ts";

/** Faults of the request's envelope and of the connection: KAS-ENV-*, ERR-*, CONN-*. */
export const requestMutants: readonly Mutant[] = [
  {
    name: "agent-id-zero-heartbeats",
    describes: "sends agent_id 0 and leaves entries out all the same",
    fails: ["KAS-ENV-4", "KAS-VER-6"],
    thread: "deepflowio/deepflow#6689",
    behaviour: () => ({ finish: (message) => ({ ...message, agentId: 0 }) }),
  },
  {
    name: "agent-id-zero",
    describes: "sends agent_id 0 with all entries in every request",
    fails: ["KAS-ENV-4"],
    thread: "deepflowio/deepflow#6689",
    settings: () => ({ agentId: 0 }),
  },
  {
    name: "no-cluster-id",
    describes: "sends no cluster_id",
    fails: ["KAS-ENV-1"],
    behaviour: () => ({ finish: ({ clusterId: _clusterId, ...message }) => message }),
  },
  {
    name: "changing-cluster-id",
    describes: "sends another cluster_id from its second request on",
    fails: ["KAS-ENV-2"],
    behaviour: changingClusterId,
  },
  {
    name: "bad-source-ip",
    describes: "sends a host name as source_ip",
    fails: ["KAS-ENV-3"],
    settings: () => ({ sourceIp: "localhost" }),
  },
  {
    name: "team-set",
    describes: "sends a team_id that nobody gave it",
    fails: ["KAS-ENV-5"],
    thread: "deepflowio/deepflow#6689",
    settings: () => ({ teamId: "t-0123456789" }),
  },
  {
    name: "error-always",
    describes: "sends an error_msg while all is well, which freezes the cluster",
    fails: ["KAS-ERR-4"],
    behaviour: () => ({ finish: (message) => ({ ...message, errorMsg: "no error" }) }),
  },
  {
    name: "wrong-service",
    describes: "calls the service of the other server lines",
    fails: ["KAS-CONN-1"],
    thread: "deepflowio/deepflow#9707",
    settings: ({ service }) => ({ service: service === "trident" ? "agent" : "trident" }),
  },
  {
    name: "ignore-sigterm",
    describes: "does not leave on SIGTERM",
    fails: ["KAS-LIFE-4"],
    thread: "deepflowio/deepflow#8738",
    ignoresSigterm: true,
  },
];

function changingClusterId(): Partial<AgentBehaviour> {
  let sent = 0;
  return {
    // A first request that never arrived is none.
    callFailed() {
      if (sent === 1) sent = 0;
    },
    finish(message) {
      sent += 1;
      return sent === 1 ? message : { ...message, clusterId: `${message.clusterId}-b` };
    },
  };
}
