import type { Made } from "./types.ts";

const HANDED: Made = {
  what: "a folder with kubeconfig, CA and configuration of the agent, readable by its owner alone",
  why: "what the agent is handed",
  goes: "with the scenario",
};

/** What an agent of a form takes on the machine, and in the cluster. */
export interface AgentFootprint {
  readonly machine: readonly Made[];
  readonly cluster: readonly Made[];
}

const PROCESS: AgentFootprint = {
  machine: [HANDED, { what: "the agent's process, in a group of its own", why: "the agent", goes: "with the agent" }],
  cluster: [],
};

const INSIDE: readonly Made[] = [
  { what: "Secret with what the agent is handed", why: "its kubeconfig, CA and configuration", goes: "with the scenario" },
  { what: "the agent's workload and its pods", why: "the agent", goes: "with the agent" },
];

/** By the agent's form, and where it runs. */
export function agentFootprint(form: string, place: string | undefined): AgentFootprint {
  switch (form) {
    case "image":
      if (place === "pod") return { machine: [], cluster: INSIDE };
      return {
        machine: [HANDED, { what: "a container of the agent's image", why: "the agent", goes: "with the agent" }],
        cluster: [],
      };
    case "manifest":
      return {
        machine: [],
        cluster: [{ what: "every object of the manifest", why: "the agent", goes: "with the scenario" }, ...INSIDE],
      };
    case "attach":
      return { machine: [HANDED], cluster: [] };
    default:
      return PROCESS;
  }
}
