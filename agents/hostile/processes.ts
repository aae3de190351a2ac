import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Hostile } from "./hostile.ts";

/** Keeps a process up that has nothing to do. */
export function stay(): void {
  setInterval(() => {}, 1 << 30);
}

const SLEEP = "86400";
const GENERATIONS = 6;

/** Faults of how a process lives and dies. */
export const processHostiles: readonly Hostile[] = [
  {
    name: "hangs",
    describes: "turns in a loop from the start, so that no signal handler ever runs",
    exits: 1,
    act: () => {
      for (;;);
    },
  },
  {
    name: "ignores-signals",
    describes: "takes no notice of any signal that can be ignored",
    exits: 1,
    act: () => {
      for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => {});
      stay();
    },
  },
  {
    name: "leaves-children",
    describes: "leaves children behind in its group, and others in sessions of their own that hold its output open",
    exits: 1,
    act: () => {
      spawn("sleep", [SLEEP], { stdio: "inherit" });
      // A daemon: started in a session of its own by a parent that is gone.
      spawn("sh", ["-c", `sh -c 'exec sleep ${SLEEP}' &`], { stdio: "inherit", detached: true });
      stay();
    },
  },
  {
    name: "orphans",
    describes: "leaves a daemon behind and is gone at once",
    exits: 3,
    act: () => {
      spawn("sh", ["-c", `trap '' TERM HUP; exec sleep ${SLEEP}`], { stdio: "inherit", detached: true }).unref();
    },
  },
  {
    name: "fork-bomb",
    describes: `forks in sessions of their own, and the children fork again, for ${GENERATIONS} generations`,
    exits: 1,
    act: () => {
      const generation = `n=$1; [ "$n" -gt 0 ] && for i in 1 2; do setsid sh -c "$0" "$0" $((n - 1)) & done; exec sleep ${SLEEP}`;
      spawn("sh", ["-c", generation, generation, String(GENERATIONS)], { stdio: "ignore", detached: true });
      stay();
    },
  },
  { name: "segfaults", describes: "dies of SIGSEGV", exits: 3, act: () => void process.kill(process.pid, "SIGSEGV") },
  {
    name: "dies-later",
    describes: "uploads, and exits while the story goes on",
    exits: 1,
    uploads: { beat: ({ acknowledged }) => (acknowledged ? process.exit(0) : "all-entries") },
  },
  {
    name: "closes-stdio",
    describes: "closes its standard streams and works on",
    exits: 0,
    uploads: {},
    act: () => {
      for (const descriptor of [0, 1, 2]) {
        closeSync(descriptor);
        openSync("/dev/null", "r+");
      }
    },
  },
  {
    name: "eats-descriptors",
    describes: "opens files until it may open no more",
    exits: 1,
    act: () => {
      try {
        for (;;) openSync("/dev/null", "r");
      } catch {
        stay();
      }
    },
  },
];
