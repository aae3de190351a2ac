import { readdirSync, readFileSync } from "node:fs";

/** How often the processes are looked at, and from which delay on it is told; milliseconds. */
const LOOK_MS = 500;
const WORTH_TELLING_MS = 100;

/** What the kernel says of the threads of a process and its descendants: nanoseconds by thread id. */
type Delays = ReadonlyMap<string, number>;

/**
 * Notices when a machine has no processor left for the agent: its threads are ready to run, and wait for their turn. Of
 * several that wait at a time the sum counts, but never more than has gone by. Linux only, where the kernel counts it;
 * elsewhere nothing is told.
 *
 * @param pid the agent's leader; its descendants belong to it
 * @param onStarved told afterwards, with the milliseconds of the time since the look before
 * @param look reads the delays, by default those of the kernel
 */
export function watchStarvation(pid: number, onStarved: (ms: number) => void, look: typeof delaysOf = delaysOf): Disposable {
  let seen: Delays = new Map();
  let at = performance.now();
  const timer = setInterval(() => {
    const delays = look(pid);
    const now = performance.now();
    const ms = Math.min(now - at, grownBy(seen, delays) / 1e6);
    [seen, at] = [delays, now];
    if (ms >= WORTH_TELLING_MS) onStarved(Math.round(ms));
  }, LOOK_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function grownBy(before: Delays, after: Delays): number {
  let sum = 0;
  for (const [thread, delay] of after) sum += delay - (before.get(thread) ?? 0);
  return sum;
}

/** How long each thread has waited for a processor so far. What ends meanwhile is passed over. */
function delaysOf(leader: number): Delays {
  const delays = new Map<string, number>();
  const pids = [String(leader)];
  for (let pid = pids.pop(); pid !== undefined; pid = pids.pop()) {
    for (const thread of threadsOf(pid)) {
      const [, delay] = textOf(`/proc/${pid}/task/${thread}/schedstat`).split(" ");
      if (delay !== undefined) delays.set(thread, Number(delay));
      pids.push(...textOf(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean));
    }
  }
  return delays;
}

function threadsOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
