import { core, everywhere, judged } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-CONN-*: reaching the server, and reaching it again. */
export const connectionRequirements: readonly Requirement[] = [
  core({
    id: "KAS-CONN-1",
    title: "calls the service that the target serves",
    text: "The agent calls KubernetesAPISync on the service that the target serves: trident.Synchronizer or agent.Synchronizer (document: either).",
    source: "server: protocol.md 0",
    scenarios: everywhere,
    mutants: ["wrong-service"],
  }),
  judged("recovery", {
    id: "KAS-CONN-2",
    title: "comes back after a restart of the server",
    text: "After the server restarts or resets the connection, the agent is heard again within the recovery budget.",
    source: "server: protocol.md 2.1",
    scenarios: ["server-restarts", "answer-lost", "request-cut", "server-slow"],
    mutants: ["never-reconnects"],
  }),
  judged("recovery", {
    id: "KAS-CONN-3",
    title: "does not retry in a hot loop",
    text: "After answers that are errors the agent does not retry in a hot loop: not more than 5 calls a second, sustained over 5 s.",
    source: "ours",
    scenarios: ["server-errors"],
    mutants: ["hot-retry"],
  }),
  judged("recovery", {
    id: "KAS-CONN-4",
    title: "is not silenced by a call without an answer",
    text: "A call that the server never answers silences the agent no longer than its declared call timeout and one recovery budget.",
    source: "agent: protocol.md 5.1",
    scenarios: ["call-unanswered"],
    mutants: ["waits-for-ever"],
  }),
  judged("recovery", {
    id: "KAS-CONN-5",
    title: "delivers a snapshot whose call failed",
    text: "A snapshot whose call failed or went unanswered reaches the server within the recovery budget, though nothing changes afterwards.",
    source: "doc 3.3.1; agent: protocol.md 5.1",
    scenarios: ["server-errors", "call-unanswered", "answer-lost", "request-cut"],
    mutants: ["gives-up-after-failure"],
  }),
];
