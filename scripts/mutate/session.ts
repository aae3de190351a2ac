/** Judges mutants in this process: all tests are loaded once, and run again and again with one mutant on. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it, vi } from "vitest";
import type { Check } from "../../suites/checks/check.ts";
import type { Job, Outcome } from "./job.ts";
import { budgetOf, changeOf, createRecorder, type Part, passes } from "./replay.ts";
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
  readonly isAdded: boolean;
}

let recorder: ReturnType<typeof createRecorder> | undefined;
Object.assign(globalThis, {
  $judgeTenant: (judge: (...given: readonly unknown[]) => unknown, given: readonly unknown[]) =>
    recorder ? recorder.part(() => judge(...given)) : judge(...given),
});

async function load(files: readonly string[]): Promise<readonly { readonly name: string; readonly run: () => unknown }[]> {
  const { takeTests } = await import("./shim.ts");
  const tests = [];
  for (const file of files) {
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
  const tests = await load(job.tests);
  await recordChecks();
  const recorded: Recorded[] = [];
  for (const { name, run } of tests) {
    recorder = createRecorder(board);
    const ends = board.record();
    const [began, asked] = [performance.now(), board.asked()];
    await run();
    const [took, cost, inner] = [performance.now() - began, board.asked() - asked, recorder.take()];
    recorder = undefined;
    const part: Part = { passed: ends(), said: "", again: () => undefined, cost, inner };
    recorded.push({
      name,
      run,
      part,
      took,
      cost,
      looksAtVerdictsAlone: isIn(job.verdictsAlone, name),
      isAdded: isIn(job.added, name),
    });
  }
  return recorded.sort((a, b) => Number(a.isAdded) - Number(b.isAdded) || a.took - b.took);
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
  for (const isAdded of [false, true]) {
    const later: Recorded[] = [];
    for (const test of concerned.filter((each) => each.isAdded === isAdded)) {
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
  }
  return { mutant, status: "survived" };
}

const isIn = (files: readonly string[], name: string) => files.some((file) => name.startsWith(`${file} > `));

const repeatable = new Set<string>();

/** A test that kills is tried first for the mutants that follow: they are its neighbours. */
async function killedBy(test: Recorded, mutant: number, recorded: Recorded[]): Promise<Outcome | undefined> {
  const how = await fails(test.run, mutant, test.cost);
  if (how === undefined) return undefined;
  if (!repeatable.has(test.name) && (await fails(test.run, -1, Infinity)))
    throw new Error(`${test.name} cannot be run twice: let it keep nothing between runs`);
  repeatable.add(test.name);
  if (test.isAdded) return { mutant, status: how === "hangs" ? "timeout" : "killed", by: test.name };
  recorded.splice(recorded.indexOf(test), 1);
  recorded.unshift(test);
  return { mutant, status: how === "hangs" ? "timeout" : "killed", by: test.name };
}

/** A mutant of what runs while files are loaded: the tests that pass its file are loaded anew with it on. */
async function judgeStatic(mutant: number, recorded: readonly Recorded[]): Promise<Outcome> {
  const neighbours = neighboursOf(mutant);
  const concerned = recorded.filter(({ part }) => neighbours.some((neighbour) => passes(part, neighbour)));
  if (concerned.length === 0) return { mutant, status: "not covered" };
  vi.resetModules();
  board.turnOn(mutant, 1e9);
  try {
    const tests = await load(job.tests.filter((file) => concerned.some(({ name }) => name.startsWith(`${file} > `))));
    // What is made at loading may be read by tests that pass no other mutant of the file.
    const names = new Set([...concerned, ...tests].map(({ name }) => name));
    for (const name of names) {
      try {
        await tests.find((test) => test.name === name)?.run();
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

/** The mutants of the same file. */
function neighboursOf(mutant: number): readonly number[] {
  const starts = [...Object.values(job.first), job.all].sort((a, b) => a - b);
  const end = starts.find((start) => start > mutant) ?? job.all;
  const start = starts.findLast((candidate) => candidate <= mutant) ?? 0;
  return Array.from({ length: end - start }, (_none, index) => start + index);
}

it("judges the mutants", async () => {
  try {
    const recorded = await recordTests();
    for (const mutant of job.mutants) {
      tell({ begins: mutant });
      tell(job.static.includes(mutant) ? await judgeStatic(mutant, recorded) : await judge(mutant, recorded));
    }
  } catch (error) {
    tell({ problem: String(error) });
  }
});
