import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** The process that made something which outlives it: whether it still runs decides what may be removed. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Tells the process from a later one of the same pid; "" where the system does not say. */
  readonly started: string;
}

/** This process. */
export function thisOwner(): Owner {
  return { host: hostname(), pid: process.pid, started: startOf(process.pid) ?? "" };
}

/** An owner as one word, for labels and annotations. */
export function writeOwner({ host, pid, started }: Owner): string {
  return `${host}/${pid}/${started}`;
}

/** Reads that word; undefined where it is none. */
export function readOwner(text: string): Owner | undefined {
  const [, host = "", pid, started = ""] = /^(?<host>[^/]*)\/(?<pid>\d+)\/(?<started>[^/]*)$/.exec(text) ?? [];
  return pid === undefined ? undefined : { host, pid: Number(pid), started };
}

/**
 * Whether the owner has ended. Undefined where that cannot be known, since it ran on another host.
 */
export function hasEnded({ host, pid, started }: Owner, self: Owner = thisOwner()): boolean | undefined {
  if (host !== self.host) return undefined;
  if (!isAlive(pid)) return true;
  const now = startOf(pid);
  return now !== undefined && started !== "" && now !== started;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's, and alive.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When the process began, in clock ticks since the machine did (proc(5), field 22). Linux alone. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, the name in brackets, may hold blanks and brackets.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
