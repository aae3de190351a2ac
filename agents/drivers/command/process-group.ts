/**
 * Process groups: an agent may be a shell, or start helpers of its own, so it is always ended as a whole.
 * The leader's pid is the group's id, since it was spawned detached.
 */
const alive = new Set<number>();
let hooked = false;

/** Remembers a group that must not outlive this process (best effort: an own SIGKILL cannot be caught). */
export function guardGroup(leaderPid: number): void {
  alive.add(leaderPid);
  if (hooked) return;
  hooked = true;
  process.once("exit", () => {
    for (const pid of alive) signalGroup(pid, "SIGKILL");
  });
}

/** Forgets a group that has been ended. */
export function releaseGroup(leaderPid: number): void {
  alive.delete(leaderPid);
}

/** Signals every process of the group. False where none is left. */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-leaderPid, signal);
  } catch {
    return false; // ESRCH: all gone; EPERM: what is left is not ours
  }
}
