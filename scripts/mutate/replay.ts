import type { Switchboard } from "./switchboard.ts";

/** A part of a test that can be run again alone, with what it gave. */
export interface Part {
  /** Mutants that it passed itself; those of inner parts are theirs. */
  readonly passed: ReadonlySet<number>;
  /** Mutants of which a run of this part alone says what they change; found out when it is first asked for. */
  replays?: ReadonlySet<number>;
  readonly said: string;
  /** Runs it again. */
  readonly again: () => unknown;
  /** How often the switch is asked in it. */
  readonly cost: number;
  readonly inner: readonly Part[];
}

/** Collects the parts of what runs, as they nest. */
export function createRecorder(board: Switchboard) {
  let inner: Part[] = [];

  /** Runs a part, and keeps it. */
  function part<T>(run: () => T): T {
    const outer = inner;
    const own: Part[] = (inner = []);
    const ends = board.record();
    const before = board.asked();
    let passed: ReadonlySet<number> = new Set();
    try {
      const value = run();
      passed = ends();
      outer.push({ passed, said: text(value), again: run, cost: board.asked() - before, inner: own });
      return value;
    } catch (error) {
      ends();
      throw error;
    } finally {
      inner = outer;
    }
  }

  return {
    part,
    take: (): readonly Part[] => inner.splice(0),
  };
}

/** A part is a true replay of those mutants that it passes again, where it gives the same again. */
function replaysOf(part: Part, board: Switchboard): ReadonlySet<number> {
  const ends = board.record();
  const said = attempt(part.again);
  const again = ends();
  return new Set(said === part.said ? [...part.passed].filter((mutant) => again.has(mutant)) : []);
}

/** How far what a part gives is changed. */
export type Change = "verdict" | "words" | undefined;

/** What a mutant changes in what a part gives: a verdict where that cannot be known but by running more. */
export function changeOf(part: Part, mutant: number, board: Switchboard): Change {
  if (part.passed.has(mutant)) {
    part.replays ??= replaysOf(part, board);
    return part.replays.has(mutant) ? runsOtherwise(part, mutant, board) : "verdict";
  }
  const below = part.inner.map((each) => (passes(each, mutant) ? changeOf(each, mutant, board) : undefined));
  return below.find((change) => change === "verdict") ?? below.find((change) => change !== undefined);
}

export function passes(part: Part, mutant: number): boolean {
  return part.passed.has(mutant) || part.inner.some((each) => passes(each, mutant));
}

function runsOtherwise(part: Part, mutant: number, board: Switchboard): Change {
  board.turnOn(mutant, budgetOf(part.cost));
  const said = attempt(part.again);
  if (board.turnOff() || verdictsIn(said) !== verdictsIn(part.said)) return "verdict";
  return said === part.said ? undefined : "words";
}

/** What is said with nothing but its verdicts, in their order. */
function verdictsIn(said: string): string {
  return said.startsWith("threw ") ? said : (said.match(/"verdict":"[a-z-]+"|"KAS-[A-Z]+-\d+",\{/g) ?? []).join();
}

/** A mutant may ask the switch so often where the original asks it `cost` times. */
export function budgetOf(cost: number): number {
  return 50_000 + 30 * cost;
}

function attempt(run: () => unknown): string {
  try {
    return text(run());
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/** The proof of a pass holds whole requests; its evidence says which. */
function text(value: unknown): string {
  const said = JSON.stringify(value, (key, each: unknown) => {
    if (key === "proof") return undefined;
    if (typeof each === "bigint") return `${each}n`;
    if (each instanceof Map) return [...each];
    if (each instanceof Set) return [...each];
    return each;
  }) as string | undefined;
  return said ?? "nothing";
}
