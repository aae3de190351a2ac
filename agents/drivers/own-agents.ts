import { fileURLToPath } from "node:url";

/** How the reference agent is run as a process of its own: from `dist` when this module is there, else from source. */
export function referenceAgentCommand(): readonly string[] {
  return nodeCommand("../reference/main");
}

/** The same for a mutant of the catalogue. An unknown name makes the process exit with 64. */
export function mutantCommand(name: string): readonly string[] {
  return [...nodeCommand("../mutants/main"), "--mutate", name];
}

function nodeCommand(module: string): readonly string[] {
  const fromSource = import.meta.url.endsWith(".ts");
  const path = fileURLToPath(new URL(`${module}.${fromSource ? "ts" : "js"}`, import.meta.url));
  return fromSource ? [process.execPath, "--import", import.meta.resolve("tsx"), path] : [process.execPath, path];
}
