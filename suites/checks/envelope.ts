import { isIP } from "node:net";
import type { SyncCall } from "../history/types.ts";
import type { Check, CheckContext } from "./check.ts";
import { throughout } from "./proof.ts";
import { fail, type Failure, pass, type ScenarioVerdict } from "./verdict.ts";
import { count, inCall, quoted } from "./words.ts";

/** Judges every request of the agent by itself. */
function everyRequest(
  context: CheckContext,
  wrong: (call: SyncCall) => string | undefined,
  failure: Omit<Failure, "cases">,
  fine: string,
): ScenarioVerdict {
  const { calls } = context.oracle;
  const cases = calls.flatMap((call) => {
    const problem = wrong(call);
    return problem === undefined ? [] : [inCall(call, problem)];
  });
  return cases.length > 0 ? fail({ ...failure, cases }) : pass(throughout(context), `${count(calls.length, "request")}, ${fine}`);
}

/** KAS-ENV-1. Whether it stays the same is KAS-ENV-2's: only the first one is compared with what was configured. */
export const clusterIdGiven: Check = {
  id: "KAS-ENV-1",
  readsContent: false,
  withoutAccepted: "cause",
  run(context) {
    const { scenario, oracle, plan } = context;
    const obtains =
      plan.features.includes("cluster-id") || scenario.otherCalls.some(({ path }) => path.endsWith("/GetKubernetesClusterID"));
    const first = oracle.calls.find((call) => call.clusterId);
    const problem = (call: SyncCall) => {
      if (call.clusterId === undefined) return "cluster_id is absent";
      if (call.clusterId === "") return "cluster_id is empty";
      const foreign = call === first && !obtains && scenario.clusterId !== "" && call.clusterId !== scenario.clusterId;
      return foreign ? `cluster_id is ${quoted(call.clusterId)}, configured was ${quoted(scenario.clusterId)}` : undefined;
    };
    return everyRequest(
      context,
      problem,
      {
        problem: "requests without the agent's cluster_id",
        consequence:
          "The real server drops a request without cluster_id and answers OK without a version; under another one it keeps another cluster (row 2).",
        mend: "Send the configured cluster_id, or the one that GetKubernetesClusterID gave, in every request.",
      },
      `each with cluster_id ${quoted(first?.clusterId)}`,
    );
  },
};

/** KAS-ENV-2. */
export const clusterIdStays: Check = {
  id: "KAS-ENV-2",
  readsContent: false,
  run(context) {
    const given = context.oracle.calls.filter((call) => call.clusterId);
    const changes = given.filter((call, index) => index > 0 && call.clusterId !== given[index - 1]?.clusterId);
    const before = (call: SyncCall) => given[given.indexOf(call) - 1]?.clusterId;
    if (changes.length === 0) return pass(throughout(context), `one cluster_id in ${count(given.length, "request")}`);
    return fail({
      problem: "cluster_id changed while the agent ran",
      cases: changes.map((call) => inCall(call, `cluster_id ${quoted(call.clusterId)} after ${quoted(before(call))}`)),
      consequence: "To the real server each cluster_id is a cluster of its own: the old one keeps its last state until it ages.",
      mend: "Settle the cluster_id once, when the agent starts.",
    });
  },
};

/** KAS-ENV-3. */
export const sourceIpValid: Check = {
  id: "KAS-ENV-3",
  readsContent: false,
  run: (context) =>
    everyRequest(
      context,
      ({ sourceIp }) => {
        if (sourceIp === undefined) return "source_ip is absent";
        return isIP(sourceIp) === 0 ? `source_ip ${quoted(sourceIp)} is no IP address` : undefined;
      },
      {
        problem: "requests without a source_ip that is an IP address",
        consequence: "The real server stores it unread, so that nobody can tell where the data come from.",
        mend: "Send the address of the interface that reaches the server.",
      },
      "each with an IP address as source_ip",
    ),
};

/** KAS-ENV-4. */
export const agentIdGiven: Check = {
  id: "KAS-ENV-4",
  readsContent: false,
  run: (context) =>
    everyRequest(
      context,
      ({ agentId }) => (agentId ? undefined : `agent_id is ${agentId === undefined ? "absent" : "0"}`),
      {
        problem: "requests under agent_id 0",
        consequence:
          "The real server answers them without a version and drops those without entries, so that every request must carry everything (rows 9, 10).",
        mend: "Send the configured agent_id (field 4; vtap_id in trident.proto); any number but 0 will do.",
      },
      "each with an agent_id other than 0",
    ),
};

/** KAS-ENV-5. */
export const teamIdUnset: Check = {
  id: "KAS-ENV-5",
  readsContent: false,
  withoutAccepted: "cause",
  run: (context) =>
    everyRequest(
      context,
      ({ teamId }) => (teamId ? `team_id is ${quoted(teamId)}` : undefined),
      {
        problem: "requests with a team_id that nobody configured",
        consequence:
          "The real server looks the team up and drops the request, with OK and without a version, where it does not know it (row 3).",
        mend: "Leave team_id (field 6) out unless one was configured.",
      },
      "none with a team_id",
    ),
};

/** KAS-VER-1. */
export const versionGiven: Check = {
  id: "KAS-VER-1",
  readsContent: false,
  withoutAccepted: "cause",
  run: (context) =>
    everyRequest(
      context,
      ({ version }) => (version ? undefined : `version is ${version === undefined ? "absent" : "0"}`),
      {
        problem: "requests without a version, or with 0",
        consequence: "The real server drops them and answers OK without a version (row 1).",
        mend: "Start from the time in seconds, as the real agent does, and add 1 with every change.",
      },
      "each with a version other than 0",
    ),
};
