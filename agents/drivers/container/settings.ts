import { agentFilesIn, type AgentFile } from "../agent-files.ts";
import type { AgentRequest } from "../driver.ts";
import { agentEnvironment, fillPlaceholders, placeholderValues } from "../placeholders.ts";

/** Where an agent in a container finds its files. */
export const FILES_FOLDER = "/deepflow-conformance";

/** Labels of every container that this harness makes: by them what a killed harness left is found. */
export const LABELS = {
  tenant: "deepflow-conformance.tenant",
  /** Host and process id of the harness that made it. */
  host: "deepflow-conformance.host",
  pid: "deepflow-conformance.pid",
} as const;

/** What a container is created with. */
export interface ContainerSettings {
  readonly args: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly files: readonly AgentFile[];
}

/**
 * The settings of one scenario's container. Pure.
 *
 * @param args what follows `--`, placeholders not filled in; none: what the image says
 * @param owner the harness: its host's name and its process id
 */
export function containerSettings(
  request: Pick<AgentRequest, "tenant" | "settings" | "access" | "template">,
  args: readonly string[],
  owner: { readonly host: string; readonly pid: number },
): ContainerSettings {
  const { files, handout } = agentFilesIn(FILES_FOLDER, request);
  return {
    args: fillPlaceholders(args, placeholderValues(handout)),
    env: Object.entries(agentEnvironment(handout)).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    labels: { [LABELS.tenant]: request.tenant, [LABELS.host]: owner.host, [LABELS.pid]: String(owner.pid) },
    files,
  };
}
