import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";

/**
 * Processes that left the agent's group (a daemon, `setsid`): nothing but the environment that they inherited tells
 * whose they are. Linux only; elsewhere, and for a process that hides its environment, the group is all that is ended.
 */

/** The variable that marks them. */
export const MARK_VARIABLE = "DEEPFLOW_CONFORMANCE_AGENT";

/** Begins the marks of all agents of this process. */
export const ownMark = randomUUID();
let agents = 0;

/** A mark that no other agent has, of this harness or of any other. */
export function nextMark(): string {
  agents += 1;
  return `${ownMark}.${agents}.`;
}

/** Between two looks a process can fork; one that does so for ever is given up. */
const LOOKS = 25;

/** Kills what carries the mark, until nothing does. Never rejects. */
export async function killEscaped(mark: string): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await processesMarked(mark);
    if (found.length === 0) return;
    for (const pid of found) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // it ended meanwhile
      }
    }
  }
}

async function processesMarked(mark: string): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  const marked = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        // Empty once it is a zombie; not readable where it is somebody else's.
        const environment = await readFile(`/proc/${name}/environ`).catch(() => Buffer.alloc(0));
        return environment.includes(`${MARK_VARIABLE}=${mark}`) ? [Number(name)] : [];
      }),
  );
  return marked.flat();
}
