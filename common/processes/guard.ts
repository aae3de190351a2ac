import { spawn, type ChildProcess } from "node:child_process";

/** Sees to it that what was started here does not outlive this process, even where that is killed; as far as there is `sh`. */
export interface Guard {
  /** To be called before something is started: this process may be killed before it knows the group. */
  start(): void;
  /** The process group of this leader is to be ended. */
  watch(leader: number): void;
  /** The group has been ended. */
  release(leader: number): void;
  /** This folder is to be removed, after all groups; the one that was named before must be gone by then. */
  watchFolder(path: string): void;
  /** Ends and removes what is still watched, and waits for that. */
  close(): Promise<void>;
}

/**
 * Outlives this process. Reads what was started (`+ pid`), what has ended (`- pid`) and the folder (`d path`) until its input
 * closes; then it ends the groups that are left, and whatever has its argument in the environment.
 */
const WATCHDOG = `
left=" "
while read -r sign what; do
  case $sign in
    +) left="$left$what " ;;
    -) left="\${left%% $what *} \${left#* $what }" ;;
    d) folder=$what ;;
  esac
done
for pid in $left; do kill -9 "-$pid" 2>/dev/null; done
for look in 1 2 3 4 5 6 7 8 9 10; do
  [ -n "$1" ] || break
  found=$(grep -lsF "$1" /proc/[0-9]*/environ)
  [ -n "$found" ] || break
  for file in $found; do pid=\${file#/proc/}; kill -9 "\${pid%/environ}" 2>/dev/null; done
done
[ -z "$folder" ] || rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }`;

/**
 * A guard; nothing is started before there is something to watch.
 *
 * @param mark text in the environment of what may leave its group (a daemon, `setsid`). Linux only; default: groups alone
 */
export function createGuard(mark = ""): Guard {
  const groups = new Set<number>();
  let folder: string | undefined;
  let watchdog: ChildProcess | undefined;

  function tell(line: string): void {
    watchdog?.stdin?.write(`${line}\n`);
  }

  function start(): void {
    if (watchdog !== undefined) return;
    const child = startWatchdog(mark);
    const forget = () => {
      if (watchdog === child) watchdog = undefined;
    };
    child.on("error", forget).on("exit", forget);
    child.stdin?.on("error", forget);
    watchdog = child;
    // What one watched that has been killed itself.
    for (const leader of groups) tell(`+ ${leader}`);
    if (folder !== undefined) tell(`d ${folder}`);
  }

  return {
    start,
    watch(leader) {
      start();
      groups.add(leader);
      tell(`+ ${leader}`);
    },
    release(leader) {
      if (groups.delete(leader)) tell(`- ${leader}`);
    },
    watchFolder(path) {
      start();
      folder = path;
      tell(`d ${path}`);
    },
    async close() {
      const child = watchdog;
      if (child === undefined) return;
      const ended = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
      child.ref();
      child.stdin?.end();
      await ended;
      groups.clear();
      folder = undefined;
    },
  };
}

function startWatchdog(mark: string): ChildProcess {
  const child = spawn("sh", ["-c", WATCHDOG, "watchdog", mark], {
    detached: true,
    // Nothing by which another guard would find it.
    env: { PATH: process.env["PATH"] },
    stdio: ["pipe", "ignore", "ignore"],
  });
  // It must not keep this process alive.
  child.unref();
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  return child;
}
