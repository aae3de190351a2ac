import { powersLacking, referenceAgentCommand, type AgentForm, type AgentPlace } from "../../agents/index.ts";
import { defaultTarget, findTarget, typeNamesFor } from "../../server-mock/contract/index.ts";
import { sha256 } from "../../transcript/index.ts";
import type { PlannedAgent } from "../plan.ts";
import type { RunOptions } from "./options.ts";

/**
 * What stands in the plan of the agent.
 */
export function plannedAgent(options: Omit<RunOptions, "out">): PlannedAgent {
  const { agent, noWatchCommand } = options;
  const noWatch = (told: readonly string[] | undefined) =>
    options.features?.includes("no-watch") === true && told !== undefined ? { noWatchCommand: told } : {};
  switch (agent.form) {
    case "reference": {
      const command = referenceCommand(options);
      return { form: agent.form, command, ...noWatch([...command, "--no-watch"]) };
    }
    case "command":
      return { form: agent.form, command: agent.command, ...noWatch(noWatchCommand) };
    case "image": {
      const place = agent.place ?? (takesPods(options) ? "pod" : "container");
      return {
        form: agent.form,
        command: agent.args ?? [],
        image: agent.image,
        place,
        ...noWatch(noWatchCommand),
        ...lacking("image", place, place === "container" ? noWatchCommand : undefined),
      };
    }
    case "manifest": {
      const manifest = { name: agent.name, sha256: sha256(agent.text) };
      return { form: agent.form, command: [], manifest, place: "pod", ...lacking("manifest", "pod") };
    }
    case "attach":
      return { form: agent.form, command: [], ...lacking("attach", "host") };
  }
}

/** Whether pods run in the cluster, and may be put there. */
function takesPods({ cluster = { kind: "embedded" } }: Omit<RunOptions, "out">): boolean {
  return cluster.kind === "kind" || (cluster.kind === "kubeconfig" && cluster.readOnly !== true);
}

function lacking(form: AgentForm, place: AgentPlace, noWatchCommand?: readonly string[]): Pick<PlannedAgent, "lacks"> {
  const lacks = powersLacking(form, place, noWatchCommand);
  return Object.keys(lacks).length === 0 ? {} : { lacks };
}

/**
 * A short claim, since some stories wait for its end: where a replica is killed, and where an agent is started again. Not so
 * short that it ends before the agent has told why it cannot be renewed, as long as the API server is down.
 */
const ELECTION: readonly string[] = ["--leader-elect", "--lease-duration", "12s"];

/** Real agents of the lines that do not read ConfigMaps send none. */
const NO_CONFIG_MAPS = JSON.stringify([{ name: "configmaps", disabled: true }]);

/** The reference agent has its resource list from the command line, as it has everything else. */
function referenceCommand({
  kubernetesResources = [],
  target = defaultTarget,
  features = [],
}: Omit<RunOptions, "out">): readonly string[] {
  const rules = findTarget(target);
  const service = rules?.services.includes("agent") === false ? ["--service", "trident"] : [];
  const configMaps = rules && typeNamesFor(rules, "configmaps").length > 0 ? [] : ["--resources", NO_CONFIG_MAPS];
  const told =
    kubernetesResources.length === 0 ? (rules?.line === true ? configMaps : []) : ["--resources", "{kubernetes_resources}"];
  return [...referenceAgentCommand(), ...service, ...told, ...(features.includes("ha") ? ELECTION : [])];
}
