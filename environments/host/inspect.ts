import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileFact, HostFacts, HostProfile } from "../index.ts";

/** Where to look. */
export interface InspectOptions {
  readonly binary: string;
  readonly user: string;
  readonly profile: HostProfile;
  /** Default `/sys/fs/cgroup`. */
  readonly cgroupRoot?: string;
  readonly signal?: AbortSignal;
}

const DEFAULT_ROOT = "/sys/fs/cgroup";
const TOOL_BUDGET_MS = 5_000;

/** Looks at a host without changing it. What cannot be told is said in the facts; never throws but for an abort. */
export async function inspectHost({
  binary,
  user,
  profile,
  cgroupRoot = DEFAULT_ROOT,
  signal,
}: InspectOptions): Promise<HostFacts> {
  const [capabilities, uid] = await Promise.all([capabilitiesOf(binary, signal), uidOf(user, signal)]);
  signal?.throwIfAborted();
  return {
    binary: fileFact(binary),
    capabilities,
    user: { name: user, uid },
    cgroup: cgroupVersion(cgroupRoot),
    folders: profile.folders.map((folder) => fileFact(join(cgroupRoot, folder.slice(DEFAULT_ROOT.length)))),
  };
}

async function capabilitiesOf(binary: string, signal: AbortSignal | undefined): Promise<HostFacts["capabilities"]> {
  if (process.platform !== "linux") return { unknown: "file capabilities exist on Linux only" };
  // Administrators' tools are not on everyone's path.
  const result = await tool("getcap", [binary], signal);
  if ("text" in result) return result;
  return { unknown: result.missing ? "the tool getcap is missing (Debian: libcap2-bin)" : `getcap failed: ${result.reason}` };
}

async function uidOf(user: string, signal: AbortSignal | undefined): Promise<number | undefined> {
  const result = await tool("id", ["-u", "--", user], signal);
  return "text" in result && /^\d+\s*$/.test(result.text) ? Number(result.text) : undefined;
}

type ToolResult = { readonly text: string } | { readonly missing: boolean; readonly reason: string };

function tool(command: string, args: readonly string[], signal: AbortSignal | undefined): Promise<ToolResult> {
  const env = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` };
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: TOOL_BUDGET_MS, ...(signal ? { signal } : {}) }, (error, stdout) => {
      if (error === null) resolve({ text: stdout });
      else resolve({ missing: error.code === "ENOENT", reason: error.message.trim() });
    });
  });
}

function cgroupVersion(root: string): HostFacts["cgroup"] {
  if (existsSync(join(root, "cgroup.controllers"))) return "v2";
  return existsSync(join(root, "cpu")) || existsSync(join(root, "memory")) ? "v1" : "none";
}

function fileFact(path: string): FileFact {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? { path, exists: false } : { path, exists: true, uid: stat.uid };
}
