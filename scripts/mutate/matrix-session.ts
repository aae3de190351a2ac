/** Judges mutants in this process by the runs of the kill matrix: their transcripts are judged again and again with one mutant on. */
import { appendFileSync, readFileSync } from "node:fs";
import { it, vi } from "vitest";
import type { Check, CheckContext } from "../../suites/checks/check.ts";
import type { ControlledVerdict } from "../../suites/checks/verdict.ts";
import type { History } from "../../suites/history/types.ts";
import type { TenantJudgement } from "../../suites/judging/judge-tenant.ts";
import type { Results } from "../../suites/results.ts";
import { readTranscriptFile } from "../../transcript/index.ts";
import type { Job, Outcome } from "./job.ts";
import type { MatrixRun } from "./matrix-runs.ts";
import { budgetOf } from "./replay.ts";
import { openSwitchboard } from "./switchboard.ts";

const job = JSON.parse(readFileSync(process.env["MUTATE_JOB"] ?? "", "utf8")) as Job;
const board = openSwitchboard();
const tell = (outcome: Outcome) => appendFileSync(job.outcomes, `${JSON.stringify(outcome)}\n`);

/** When the runs that pass a mutant took so much of a processor, the rest of them is left out. Milliseconds. */
const PATIENCE_MS = Number(process.env["MUTATE_PATIENCE_MS"] ?? 2_000);

/** One run of a check in a scenario. */
interface CheckPart {
  readonly id: string;
  readonly passed: ReadonlySet<number>;
  readonly said: string;
  readonly cost: number;
  /** A mutant may leave nothing of a verdict. */
  readonly again: () => ControlledVerdict | undefined;
  /** Mutants that it passes again when it alone is run again; found out when it is first asked for. */
  replays?: ReadonlySet<number>;
}

/** One scenario of a run. */
interface TenantPart {
  readonly given: Parameters<JudgeTenant>;
  readonly judgement: TenantJudgement;
  readonly said: string;
  /** Mutants that it passes outside its checks. */
  readonly passed: ReadonlySet<number>;
  readonly checks: readonly CheckPart[];
  readonly cost: number;
}

/** A run, with what its judgement passes. */
interface Recorded {
  readonly run: MatrixRun;
  readonly history: History;
  readonly tenants: readonly TenantPart[];
  /** Mutants that are passed outside its scenarios. */
  readonly passed: ReadonlySet<number>;
  readonly cost: number;
}

type JudgeTenant = typeof import("../../suites/judging/judge-tenant.ts").judgeTenant;

let tenants: TenantPart[] | undefined;
let parts: CheckPart[] | undefined;
Object.assign(globalThis, {
  $judgeTenant: (judge: JudgeTenant, given: Parameters<JudgeTenant>) =>
    tenants ? recordTenant(judge, given, tenants) : judge(...given),
});

function recordTenant(judge: JudgeTenant, given: Parameters<JudgeTenant>, into: TenantPart[]): TenantJudgement {
  const checks: CheckPart[] = (parts = []);
  const [ends, before] = [board.record(), board.asked()];
  const judgement = judge(...given);
  into.push({ given, judgement, said: verdictsOf(judgement), passed: ends(), checks, cost: board.asked() - before });
  parts = undefined;
  return judgement;
}

type Run = (context: CheckContext) => ControlledVerdict;

function recordCheck(id: string, run: Run, context: CheckContext, into: CheckPart[]): ControlledVerdict {
  const [ends, before] = [board.record(), board.asked()];
  const verdict = run(context);
  into.push({ id, passed: ends(), said: verdict.verdict, cost: board.asked() - before, again: () => run(context) });
  return verdict;
}

const verdictsOf = ({ verdicts, problems }: TenantJudgement) =>
  [...verdicts].map(([id, { verdict }]) => `${id} ${verdict.verdict}`).join() + problems.join();

// What is mutated asks for the switch while it is loaded.
const { checks: registry } = (await import("../../suites/checks/registry.ts")) as { readonly checks: readonly Check[] };
const { judgeTenant } = await import("../../suites/judging/judge-tenant.ts");
const { judge, judgeTranscript } = await import("../../suites/judge.ts");
const { outcomeOf } = await import("../../suites/selftest/outcome.ts");
const { problemsOfOne } = await import("../../suites/selftest/rules.ts");
const { matrixRuns } = await import("./matrix-runs.ts");
const { createHistoryReader } = await import("../../suites/history/index.ts");
for (const check of registry) {
  const [id, run] = [check.id, check.run];
  Object.assign(check, { run: (context: CheckContext) => (parts ? recordCheck(id, run, context, parts) : run(context)) });
}

function record(run: MatrixRun): Recorded {
  const reader = createHistoryReader();
  for (const line of readTranscriptFile(run.transcript)) reader.push(line);
  const history = reader.history();
  const own: TenantPart[] = (tenants = []);
  const [ends, before] = [board.record(), board.asked()];
  const results = judge(history);
  const recorded = { run, history, tenants: own, passed: ends(), cost: board.asked() - before };
  tenants = undefined;
  const wrong = redBy(run, results);
  if (wrong !== undefined) console.log(`${run.name} breaks a rule without any mutant, and is left out: ${wrong}`);
  return wrong === undefined ? recorded : { ...recorded, tenants: [], passed: new Set() };
}

function redBy({ subject }: MatrixRun, results: Results): string | undefined {
  return problemsOfOne(outcomeOf(subject, results))[0]?.text;
}

/** With the mutant on; what throws or does not end makes the run red. */
function withOn<T>(mutant: number, cost: number, run: () => T): { readonly value: T } | undefined {
  board.turnOn(mutant, budgetOf(cost));
  let result: { readonly value: T } | undefined;
  try {
    result = { value: run() };
  } catch {
    result = undefined;
  }
  return board.turnOff() ? undefined : result;
}

const passesIn = (part: TenantPart, mutant: number) =>
  part.passed.has(mutant) || part.checks.some(({ passed }) => passed.has(mutant));
const passes = (recorded: Recorded, mutant: number) =>
  recorded.passed.has(mutant) || recorded.tenants.some((part) => passesIn(part, mutant));

/** Its rows and its order go into each scenario. */
const isOfAll = (mutant: number) => ["suites/judge.ts", "suites/judging/rows.ts"].includes(fileOf(mutant));
/** What the oracle made once it keeps, so that a check alone does not pass it again. */
const isOfChecks = (mutant: number) => fileOf(mutant).startsWith("suites/checks/");

function fileOf(mutant: number): string {
  const files = Object.entries(job.first).toSorted(([, a], [, b]) => b - a);
  return files.find(([, first]) => first <= mutant)?.[0] ?? "";
}

function isRed(mutant: number, { run, history, tenants: all, passed, cost }: Recorded): boolean {
  if (isOfAll(mutant)) {
    const results = withOn(mutant, cost, () => judgeTranscript(readTranscriptFile(run.transcript)));
    return results === undefined || redBy(run, results.value) !== undefined;
  }
  const judged: TenantJudgement[] = [];
  let isChanged = passed.has(mutant);
  for (const part of all) {
    const again = mayChange(mutant, part) && withOn(mutant, part.cost, () => judgeTenant(...part.given));
    if (again === undefined) return true;
    if (again !== false && verdictsOf(again.value) !== part.said) isChanged = true;
    judged.push(again === false ? part.judgement : again.value);
  }
  if (!isChanged) return false;
  const results = withOn(mutant, cost, () => judge({ ...history, scenarios: [] }, judged));
  return results === undefined || redBy(run, results.value) !== undefined;
}

function mayChange(mutant: number, part: TenantPart): boolean {
  if (part.passed.has(mutant)) return true;
  return part.checks.some((check) => check.passed.has(mutant) && checkMayChange(mutant, check));
}

function checkMayChange(mutant: number, check: CheckPart): boolean {
  if (!isOfChecks(mutant)) return true;
  check.replays ??= replaysOf(check);
  if (!check.replays.has(mutant)) return true;
  return withOn(mutant, check.cost, check.again)?.value?.verdict !== check.said;
}

function replaysOf({ again, said }: CheckPart): ReadonlySet<number> {
  const ends = board.record();
  const verdict = again();
  const passed = ends();
  return verdict?.verdict === said ? passed : new Set();
}

/** The run that killed last is asked first: a mutant's neighbours are mostly killed by the same. */
let last: Recorded | undefined;

function judgeMutant(mutant: number, all: readonly Recorded[]): Outcome {
  const concerned = all.filter((recorded) => passes(recorded, mutant));
  if (concerned.length === 0) return { mutant, status: "not covered" };
  const ids = new Set(concerned.flatMap(({ tenants: own }) => own.flatMap((part) => idsPassing(part, mutant))));
  const rank = (recorded: Recorded) => (recorded === last ? 0 : mayTell(recorded, ids) ? 1 : 2);
  const began = process.cpuUsage();
  for (const [index, recorded] of concerned.toSorted((a, b) => rank(a) - rank(b)).entries()) {
    if (isRed(mutant, recorded)) {
      last = recorded;
      return { mutant, status: "killed", by: recorded.run.name };
    }
    const { user, system } = process.cpuUsage(began);
    if ((user + system) / 1_000 > PATIENCE_MS && index + 1 < concerned.length) return { mutant, status: "survived", cut: true };
  }
  return { mutant, status: "survived" };
}

const idsPassing = ({ checks }: TenantPart, mutant: number) =>
  checks.flatMap(({ id, passed }) => (passed.has(mutant) ? [id] : []));

/** Most is demanded of the reference agent, and where a check fails it may fail no longer. */
function mayTell({ run: { subject } }: Recorded, ids: ReadonlySet<string>): boolean {
  if (subject.expects.rule === "fails-exactly") return subject.expects.ids.some((id) => ids.has(id));
  return subject.expects.rule === "fails-none";
}

/** What runs while files are loaded: all of them are loaded anew with it on. */
async function judgeStatic(mutant: number, all: readonly Recorded[]): Promise<Outcome> {
  vi.resetModules();
  board.turnOn(mutant, 1e10);
  try {
    const anew = await import("../../suites/judge.ts");
    for (const { run, history, tenants: own } of all) {
      if (own.length > 0 && redBy(run, anew.judge(history)) !== undefined) return { mutant, status: "killed", by: run.name };
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
    const all = matrixRuns(job.matrix ?? "").map(record);
    if (all.every((recorded) => recorded.tenants.length === 0)) throw new Error(`${job.matrix} holds no run of the kill matrix`);
    for (const mutant of job.mutants) {
      tell({ begins: mutant });
      tell(job.static.includes(mutant) ? await judgeStatic(mutant, all) : judgeMutant(mutant, all));
    }
  } catch (error) {
    tell({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
