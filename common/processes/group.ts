/**
 * Signals every process of a group. False where none is left.
 *
 * @param leader its id: of the group as well, where it was spawned detached; undefined where it never started
 */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): boolean {
  if (leader === undefined) return false;
  try {
    return process.kill(-leader, signal);
  } catch {
    return false; // ESRCH: all gone; EPERM: what is left is not ours
  }
}
