import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A kubeconfig on disk for the time of a scenario, in a folder of its own. */
export interface KubeconfigFile extends Disposable {
  readonly path: string;
  /** Writes another file into the folder, and gives its path. */
  add(name: string, text: string): string;
}

/** Folders that must not outlive this process, however it leaves (an own SIGKILL apart). */
const folders = new Set<string>();
let hooked = false;

/** Writes a self-contained kubeconfig where nobody else can read it (folder 0700, file 0600). Disposing removes it. */
export function writeKubeconfig(text: string): KubeconfigFile {
  const folder = mkdtempSync(join(tmpdir(), "deepflow-conformance-"));
  guard(folder);
  const add = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600, flag: "wx" });
    return path;
  };
  return { path: add("kubeconfig.yaml", text), add, [Symbol.dispose]: () => remove(folder) };
}

/** Every credential that a kubeconfig holds as text, so that it can be kept out of the transcript. */
export function secretsOf(kubeconfig: string): readonly string[] {
  return [...kubeconfig.matchAll(/^\s*(?:token|password|client-key-data):\s*["']?([^\s"']+)/gm)].map(([, secret = ""]) => secret);
}

function guard(folder: string): void {
  folders.add(folder);
  if (hooked) return;
  hooked = true;
  process.once("exit", () => {
    for (const left of folders) remove(left);
  });
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}
