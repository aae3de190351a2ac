import { spawn, type ChildProcess } from "node:child_process";
import { MARK_VARIABLE, ownMark } from "./escaped.ts";

/**
 * Process groups: an agent may be a shell, or start helpers of its own, so it is always ended as a whole.
 * The leader's pid is the group's id, since it was spawned detached.
 */

/**
 * Outlives this process, even where that is killed, and then kills the groups that are left, and what left them: it reads
 * what was started (`+ pid`) and ended (`- pid`) until its input closes. Its argument is in the environment of every agent.
 * Of folders (`d path`) it knows the last one, and removes it.
 */
const WATCHDOG = `
left=" "
while read -r sign pid; do
  case $sign in
    +) left="$left$pid " ;;
    -) left="\${left%% $pid *} \${left#* $pid }" ;;
    d) folder=$pid ;;
  esac
done
for pid in $left; do kill -9 "-$pid" 2>/dev/null; done
for look in 1 2 3 4 5 6 7 8 9 10; do
  found=$(grep -lsF "$1" /proc/[0-9]*/environ)
  [ -n "$found" ] || break
  for file in $found; do pid=\${file#/proc/}; kill -9 "\${pid%/environ}" 2>/dev/null; done
done
[ -z "$folder" ] || rm -rf "$folder"`;

let watchdog: ChildProcess | undefined;

/** To be called before an agent is started: this process may be killed before it knows the group. */
export function startGuard(): void {
  watchdog ??= startWatchdog();
}

/** Sees to it that the group does not outlive this process, as far as the machine has `sh`. */
export function guardGroup(leaderPid: number): void {
  startGuard();
  watchdog?.stdin?.write(`+ ${leaderPid}\n`);
}

/** Sees to it that a folder does not outlive this process; the one that was guarded before must be gone by then. */
export function guardFolder(path: string): void {
  startGuard();
  watchdog?.stdin?.write(`d ${path}\n`);
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
  const child = spawn("sh", ["-c", WATCHDOG, "watchdog", `${MARK_VARIABLE}=${ownMark}.`], {
    detached: true,
    env: { PATH: process.env["PATH"] },
    stdio: ["pipe", "ignore", "ignore"],
  });
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
