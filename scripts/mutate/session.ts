/** Judges mutants in this process: all tests are loaded once, and run again and again with one mutant on. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it, vi } from "vitest";
import type { Check } from "../../suites/checks/check.ts";
import type { Job, Outcome } from "./job.ts";
import { budgetOf, changeOf, createRecorder, type Part, passes, proved } from "./replay.ts";
import { openSwitchboard } from "./switchboard.ts";

const root = join(import.meta.dirname, "..", "..");
const job = JSON.parse(readFileSync(process.env["MUTATE_JOB"] ?? "", "utf8")) as Job;
const board = openSwitchboard();
const tell = (outcome: Outcome) => appendFileSync(job.outcomes, `${JSON.stringify(outcome)}\n`);

interface Recorded {
  readonly name: string;
  readonly run: () => unknown;
  readonly part: Part;
  /** Milliseconds. */
  readonly took: number;
  readonly cost: number;
  readonly looksAtVerdictsAlone: boolean;
}

let recorder: ReturnType<typeof createRecorder> | undefined;
Object.assign(globalThis, {
  $judgeTenant: (judge: (...given: readonly unknown[]) => unknown, given: readonly unknown[]) =>
    recorder ? recorder.part(() => judge(...given)) : judge(...given),
});

async function load(): Promise<readonly { readonly name: string; readonly run: () => unknown }[]> {
  const { takeTests } = await import("./shim.ts");
  const tests = [];
  for (const file of job.tests) {
    await import(join(root, file));
    tests.push(...takeTests().map(({ name, run }) => ({ name: `${file} > ${name}`, run })));
  }
  return tests;
}

/** Runs of a check are parts of the scenario that is judged. */
async function recordChecks(): Promise<void> {
  const { checks } = (await import("../../suites/checks/registry.ts")) as { readonly checks: readonly Check[] };
  for (const check of checks) {
    const run = check.run as (context: unknown) => unknown;
    Object.assign(check, { run: (context: unknown) => (recorder ? recorder.part(() => run(context)) : run(context)) });
  }
}

async function recordTests(): Promise<Recorded[]> {
  const tests = await load();
  await recordChecks();
  const recorded: Recorded[] = [];
  for (const { name, run } of tests) {
    recorder = createRecorder(board);
    const ends = board.record();
    const [began, asked] = [performance.now(), board.asked()];
    await run();
    const [took, cost, inner] = [performance.now() - began, board.asked() - asked, recorder.take()];
    recorder = undefined;
    const part: Part = { passed: ends(), replays: new Set(), said: "", again: () => undefined, cost, inner };
    recorded.push({
      name,
      run,
      part: { ...part, inner: inner.map((each) => proved(each, board)) },
      took,
      cost,
      looksAtVerdictsAlone: job.verdictsAlone.some((file) => name.startsWith(`${file} > `)),
    });
  }
  for (const { name, run } of recorded) {
    try {
      await run();
    } catch (error) {
      throw new Error(`${name} cannot be run twice: make it keep nothing between runs`, { cause: error });
    }
  }
  return recorded.sort((a, b) => a.took - b.took);
}

async function fails(run: () => unknown, mutant: number, cost: number): Promise<"fails" | "hangs" | undefined> {
  board.turnOn(mutant, budgetOf(cost));
  let failed = false;
  try {
    await run();
  } catch {
    failed = true;
  }
  return board.turnOff() ? "hangs" : failed ? "fails" : undefined;
}

async function judge(mutant: number, recorded: Recorded[]): Promise<Outcome> {
  const concerned = recorded.filter(({ part }) => passes(part, mutant));
  if (concerned.length === 0) return { mutant, status: "not covered" };
  const later: Recorded[] = [];
  for (const test of concerned) {
    const change = changeOf(test.part, mutant, board);
    if (change === "words" && !test.looksAtVerdictsAlone) later.push(test);
    if (change !== "verdict") continue;
    const outcome = await killedBy(test, mutant, recorded);
    if (outcome) return outcome;
  }
  for (const test of later) {
    const outcome = await killedBy(test, mutant, recorded);
    if (outcome) return outcome;
  }
  return { mutant, status: "survived" };
}

/** A test that kills is tried first for the mutants that follow: they are its neighbours. */
async function killedBy(test: Recorded, mutant: number, recorded: Recorded[]): Promise<Outcome | undefined> {
  const how = await fails(test.run, mutant, test.cost);
  if (how === undefined) return undefined;
  recorded.splice(recorded.indexOf(test), 1);
  recorded.unshift(test);
  return { mutant, status: how === "hangs" ? "timeout" : "killed", by: test.name };
}

/** A mutant of what runs while files are loaded: everything is loaded anew with it on. */
async function judgeStatic(mutant: number): Promise<Outcome> {
  vi.resetModules();
  board.turnOn(mutant, 1e9);
  try {
    for (const { name, run } of await load()) {
      try {
        await run();
      } catch {
        return { mutant, status: "killed", by: name };
      }
    }
    return { mutant, status: "survived" };
  } catch {
    return { mutant, status: "killed", by: "loading" };
  } finally {
    board.turnOff();
  }
}

it("judges the mutants", async () => {
  try {
    if (job.mutants.length > 0) {
      const recorded = await recordTests();
      for (const mutant of job.mutants) {
        tell({ begins: mutant });
        tell(await judge(mutant, recorded));
      }
    }
    for (const mutant of job.static) {
      tell({ begins: mutant });
      tell(await judgeStatic(mutant));
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    tell({ problem: `${String(error)}${cause}` });
  }
});
