import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { agentGuard } from "./command/guard.ts";
import type { AgentRequest } from "./driver.ts";
import { fillPlaceholders, placeholderValues, type AgentHandout } from "./placeholders.ts";

/** A file that an agent reads. */
export interface AgentFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The files of a scenario's agent, and what it is handed with their paths.
 *
 * @param folder where the agent finds them, as it sees it
 */
export function agentFilesIn(
  folder: string,
  { settings, access, template }: Pick<AgentRequest, "settings" | "access" | "template">,
): { readonly files: readonly AgentFile[]; readonly handout: AgentHandout } {
  const path = (name: string) => `${folder}/${name}`;
  const files = [
    { name: "kubeconfig.yaml", text: access.kubeconfig },
    { name: "ca.crt", text: access.caPem },
  ];
  const handout = { ...settings, kubeconfig: path("kubeconfig.yaml"), ca: path("ca.crt") };
  if (template === undefined) return { files, handout };
  const name = `config${extname(template.name)}`;
  const [text = ""] = fillPlaceholders([template.text], placeholderValues(handout));
  return { files: [...files, { name, text }], handout: { ...handout, config: path(name) } };
}

/** Where they all lie, each agent's in a folder of its own; absent while there are none. It must not outlive this process. */
let place: string | undefined;
const folders = new Set<string>();
let hooked = false;

/** Writes them where nobody else can read them (folder 0700, files 0600). Disposing removes them. */
export function writeAgentFiles(request: Pick<AgentRequest, "settings" | "access" | "template">): Disposable & {
  readonly handout: AgentHandout;
} {
  const folder = mkdtempSync(join(guardedPlace(), "agent-"));
  folders.add(folder);
  const { files, handout } = agentFilesIn(folder, request);
  for (const { name, text } of files) writeFileSync(join(folder, name), text, { mode: 0o600, flag: "wx" });
  return { handout, [Symbol.dispose]: () => remove(folder) };
}

function guardedPlace(): string {
  if (place !== undefined) return place;
  place = mkdtempSync(join(tmpdir(), "deepflow-conformance-"));
  agentGuard.watchFolder(place);
  if (!hooked) process.once("exit", removePlace);
  hooked = true;
  return place;
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) removePlace();
}

function removePlace(): void {
  if (place !== undefined) rmSync(place, { recursive: true, force: true });
  place = undefined;
}
