import { spawn } from "node:child_process";

/** Sees to it that nothing outlives this process, even where that is killed. */
export interface Guard {
  /** The process group of this leader is to be ended. */
  watch(leaderPid: number): void;
  /** The group has been ended. */
  release(leaderPid: number): void;
  /** Ends what is still watched, and waits for the guard itself. */
  close(): Promise<void>;
}

/** Reads what was started (`+ pid`) and ended (`- pid`) until its input closes; then ends what is left, and the folder. */
const SCRIPT = `
left=" "
while read -r sign pid; do
  case $sign in
    +) left="$left$pid " ;;
    -) left="\${left%% $pid *} \${left#* $pid }" ;;
  esac
done
for pid in $left; do kill -9 "-$pid" 2>/dev/null; done
rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }`;

/**
 * Starts the guard, as far as the machine has `sh`.
 * @param folder removed in the end, with all that is in it
 */
export function startGuard(folder: string): Guard {
  const child = spawn("sh", ["-c", SCRIPT, "sh", folder], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { stdin } = child;
  stdin.on("error", () => {});
  // It must not keep this process alive.
  child.unref();
  (stdin as unknown as { unref?: () => void }).unref?.();
  return {
    watch: (leaderPid) => void stdin.write(`+ ${leaderPid}\n`),
    release: (leaderPid) => void stdin.write(`- ${leaderPid}\n`),
    close: async () => {
      child.ref();
      stdin.end();
      await ended;
    },
  };
}
