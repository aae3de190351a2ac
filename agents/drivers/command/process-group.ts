import { spawn, type ChildProcess } from "node:child_process";

/**
 * Process groups: an agent may be a shell, or start helpers of its own, so it is always ended as a whole.
 * The leader's pid is the group's id, since it was spawned detached.
 */

/**
 * Outlives this process, even where that is killed, and then kills the groups that are left: it reads what was started
 * (`+ pid`) and ended (`- pid`) until its input closes.
 */
const WATCHDOG = `
left=" "
while read -r sign pid; do
  case $sign in
    +) left="$left$pid " ;;
    -) left="\${left%% $pid *} \${left#* $pid }" ;;
  esac
done
for pid in $left; do kill -9 "-$pid" 2>/dev/null; done`;

let watchdog: ChildProcess | undefined;

/** Sees to it that the group does not outlive this process, as far as the machine has `sh`. */
export function guardGroup(leaderPid: number): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(`+ ${leaderPid}\n`);
}

/** Forgets a group that has been ended. */
export function releaseGroup(leaderPid: number): void {
  watchdog?.stdin?.write(`- ${leaderPid}\n`);
}

/** Signals every process of the group. False where none is left. */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-leaderPid, signal);
  } catch {
    return false; // ESRCH: all gone; EPERM: what is left is not ours
  }
}

function startWatchdog(): ChildProcess {
  const child = spawn("sh", ["-c", WATCHDOG], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  const forget = () => {
    if (watchdog === child) watchdog = undefined;
  };
  child.on("error", forget).on("exit", forget);
  child.stdin?.on("error", forget);
  // It must not keep this process alive.
  child.unref();
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  return child;
}
