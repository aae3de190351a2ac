import { readdirSync, readFileSync } from "node:fs";

/**
 * The command lines of living processes that carry this text in their environment: children inherit it, wherever in the
 * process table they went. Zombies are none. Linux only; undefined where there is no /proc.
 */
export function markedProcesses(marker: string): readonly string[] | undefined {
  let ids: readonly string[];
  try {
    ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return undefined;
  }
  return ids.flatMap((id) => {
    try {
      if (!readFileSync(`/proc/${id}/environ`, "latin1").includes(marker)) return [];
      if (/\) Z /.test(readFileSync(`/proc/${id}/stat`, "latin1"))) return [];
      return [`${id} ${readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ")}`];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
