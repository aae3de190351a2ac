import type { AgentBehaviour } from "../reference/index.ts";
import { createHttpAgent, sendRequest } from "../reference/kubernetes/api-client.ts";
import type { Mutant } from "./mutant.ts";

/** Faults of what the API server is asked for: KAS-WATCH-*, SEC-*. */
export const apiUseMutants: readonly Mutant[] = [
  {
    name: "poll",
    describes: "lists everything each interval and never watches",
    fails: ["KAS-WATCH-1"],
    behaviour: () => ({ follow: "poll" }),
  },
  {
    name: "writes-to-cluster",
    describes: "writes an Event to the cluster when it starts",
    fails: ["KAS-WATCH-7"],
    behaviour: () => askingOnce("POST", "/api/v1/namespaces/default/events", startedEvent),
  },
  {
    name: "lists-secrets",
    describes: "lists Secrets",
    fails: ["KAS-SEC-1"],
    behaviour: () => askingOnce("GET", "/api/v1/secrets?limit=1"),
  },
];

const startedEvent = {
  apiVersion: "v1",
  kind: "Event",
  metadata: { generateName: "pseudo-agent-", namespace: "default" },
  involvedObject: { apiVersion: "v1", kind: "Namespace", name: "default" },
  reason: "Started",
  message: "pseudo-agent started",
  type: "Normal",
};

function askingOnce(method: string, path: string, body?: object): Partial<AgentBehaviour> {
  return {
    async beforeStart(access, signal) {
      const agent = createHttpAgent(access);
      const headers = { "Content-Type": "application/json" };
      const answer = await sendRequest(access, path, { method, agent, signal, headers }, body && JSON.stringify(body));
      for await (const _ of answer); // what it says is of no interest
      agent.destroy();
    },
  };
}
