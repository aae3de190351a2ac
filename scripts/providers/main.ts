/**
 * Tells the same scenarios to the same agents wherever they can watch, and compares the verdicts: writes docs/providers.md and
 * docs/providers.json, or compares with them (`--check`). `--providers`, `--only AGENTS` and `--scenarios` choose; what they
 * leave out stays in the table as it was. Exits 1 where an agent breaks a rule of the self-test, where verdicts
 * differ and no property of a provider says why, or where they are not those of the table; 4 where a provider that was asked
 * for cannot run; 130 interrupted.
 */
import { mkdtempSync, rmdirSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EXIT } from "../../cli/exit-codes.ts";
import { catchSignals } from "../../cli/signals.ts";
import { defaultTarget } from "../../server-mock/contract/index.ts";
import { requirementSet } from "../../suites/requirements/index.ts";
import { planFor } from "../../suites/runner/index.ts";
import { scenarios } from "../../suites/scenarios/index.ts";
import { nameOf } from "../../suites/selftest/index.ts";
import { optionsOf } from "../../suites/selftest/run-subject.ts";
import { clustersOf, type ClusterGroup } from "./clusters.ts";
import { contractRows } from "./contract.ts";
import { readTable, writeTable } from "./files.ts";
import { isUnavailable, openShared, whyNot } from "./open.ts";
import { providerProperties } from "./properties.ts";
import { runOn, type AgentOutcome } from "./run.ts";
import { tableSubjects, type TableSubject } from "./subjects.ts";
import { changesIn, differencesIn, explanationOf, merged, staleIn } from "./table.ts";
import { providerNames, type ContractRow, type ProviderName, type ProviderTable, type Telling } from "./types.ts";

const scenarioNames = scenarios.map(({ name }) => name);
const docs = join(import.meta.dirname, "../../docs");
const { values } = parseArgs({
  options: {
    providers: { type: "string" },
    only: { type: "string" },
    scenarios: { type: "string" },
    jobs: { type: "string" },
    check: { type: "boolean", default: false },
  },
});
const asked = listed(values.providers, providerNames, "provider");
const goAgent = process.env["EXAMPLE_GO_AGENT"] || undefined;
if (goAgent === undefined) say("go: not run: EXAMPLE_GO_AGENT names no built agent (`go build` in agents/examples/go)");
const all = tableSubjects(goAgent);
const names = new Set(listed(values.only, [...new Set(all.map(({ name }) => name))], "agent") ?? all.map(({ name }) => name));
const told = listed(values.scenarios, scenarioNames, "scenario");
const subjects = all.filter(({ name }) => names.has(name)).flatMap((subject) => narrowed(subject, told));
const jobs = Number(values.jobs ?? 2 * availableParallelism());
if (!Number.isInteger(jobs) || jobs < 1) usage(`--jobs: ${values.jobs} is no number of scenarios`);

const whole = values.only === undefined && values.scenarios === undefined;
const out = mkdtempSync(join(tmpdir(), "deepflow-providers-"));
const problems: string[] = [];
const versions: Partial<Record<ProviderName, string>> = {};
const outcomes: AgentOutcome[] = [];
const contract: ContractRow[] = [];
let unavailable = false;
using signals = catchSignals((text) => process.stderr.write(text));
for (const name of asked ?? providerNames) {
  if (signals.signal.aborted) break;
  const why = (await whyNot(name, signals.signal)) ?? (await runProvider(name));
  if (why === undefined) continue;
  say(`${name}: not run: ${why}`);
  unavailable ||= asked !== undefined;
}

const ran = providerNames.filter((name) => versions[name] !== undefined);
const seen: ProviderTable = {
  schemaVersion: 1,
  requirementSet,
  target: defaultTarget,
  versions,
  agents: subjects.map(({ name, describes }) => ({ name, describes })).filter(isFirst),
  tellings: joined(outcomes.flatMap(({ tellings }) => tellings)),
  contract,
};
const committed = readTable(docs);
/** Tellings whose verdicts are not to be relied upon: their rows stay as they were. */
const red = new Set(outcomes.flatMap(({ subject, red }) => red.map((scenario) => `${subject.name} ${scenario}`)));
for (const { denied, server } of contract) problems.push(...denied.map((text) => `${server} denies the contract: ${text}`));
for (const difference of differencesIn(seen.tellings)) {
  const { agent, scenario, requirement, verdicts } = difference;
  const explained = explanationOf(difference, ran, providerProperties);
  const text = `${agent} in ${scenario}: ${requirement} is ${ran.map((name) => `${verdicts[name] ?? "not judged"} on ${name}`).join(", ")}`;
  if (explained === undefined) {
    problems.push(`${text}: nothing explains it`);
    red.add(`${agent} ${scenario}`);
  } else say(`differs  ${text}: ${explained.map(({ name }) => name).join(", ")}`);
}
if (whole && red.size === 0) problems.push(...staleIn(providerProperties, seen.tellings, ran));
if (values.check) {
  if (committed === undefined) usage("docs/providers.json is not there to compare with");
  problems.push(...changesIn(seen, committed, values.scenarios === undefined));
} else if (ran.length > 0) {
  const written = { ...seen, tellings: seen.tellings.filter(({ agent, scenario }) => !red.has(`${agent} ${scenario}`)) };
  const table = ordered(merged(written, committed, whole && red.size === 0 && !signals.signal.aborted));
  const everywhere = providerNames.filter((name) => table.versions[name] !== undefined);
  for (const difference of differencesIn(table.tellings)) {
    if (explanationOf(difference, everywhere, providerProperties) !== undefined) continue;
    const { agent, scenario, requirement } = difference;
    problems.push(
      `${agent} in ${scenario}: ${requirement} is not what the table has of other providers, and nothing explains it`,
    );
  }
  writeTable(docs, table, providerProperties);
}

for (const problem of problems) say(`RED  ${problem}`);
const count = new Set(outcomes.map(({ subject }) => subject.name)).size;
say(`${count} agents, ${seen.tellings.length} tellings on ${ran.join(", ") || "nothing"}; ${problems.length} problems`);
try {
  rmdirSync(out);
} catch {
  say(`transcripts of what is red: ${out}`);
}
process.exit(
  signals.signal.aborted
    ? EXIT.interrupted
    : problems.length > 0
      ? EXIT.nonConformant
      : unavailable || ran.length === 0
        ? EXIT.environment
        : EXIT.passed,
);

/** @returns why the provider could not run, where the machine is to blame */
async function runProvider(name: ProviderName): Promise<string | undefined> {
  const { signal } = signals;
  const began = performance.now();
  if (subjects.length === 0) return "no agent is chosen";
  try {
    if (whole) contract.push(...(await contractRows(name, signal)));
    for (const group of clustersOf(subjects)) await runGroup(name, group);
  } catch (error) {
    if (signal.aborted) return "interrupted";
    if (isUnavailable(error)) return error.message;
    throw error;
  }
  say(`${name}: ${seconds(performance.now() - began)}`);
  return undefined;
}

/** Runs the agents of a group on clusters of their own. @throws as `openShared` does */
async function runGroup(name: ProviderName, group: ClusterGroup): Promise<void> {
  const { signal } = signals;
  const began = performance.now();
  await using provider = await openShared(name, group, join(out, `${name}-logs`), signal);
  const serves = group.features.length === 0 ? "" : ` with ${group.features.join(", ")}`;
  say(`${name} ${provider.version}${serves}: open after ${seconds(performance.now() - began)}`);
  const done = await runOn(group.subjects, {
    name,
    provider,
    jobs,
    out,
    properties: providerProperties,
    signal,
    onOutcome({ subject, problems: red }, tookMs) {
      const told = subject.scenarios?.join(" ") ?? "";
      say(`${seconds(tookMs)}  ${name} ${subject.name} (${nameOf(subject.choice)}) ${told}${red.length === 0 ? "" : "  RED"}`);
    },
  });
  versions[name] = provider.version;
  outcomes.push(...done);
  problems.push(...done.flatMap((outcome) => outcome.problems));
}

/** The same telling on several providers is one row. */
function joined(tellings: readonly Telling[]): readonly Telling[] {
  const rows = new Map<string, Telling>();
  for (const telling of tellings) {
    const key = `${telling.agent} ${telling.run} ${telling.scenario}`;
    rows.set(key, { ...telling, on: { ...rows.get(key)?.on, ...telling.on } });
  }
  return [...rows.values()];
}

/**
 * The runs of a subject, of which only some scenarios may be asked for. An agent that is to be green is so in each scenario by
 * itself: what goes wrong with one leaves the others alone.
 */
function narrowed(subject: TableSubject, chosen: readonly string[] | undefined): readonly TableSubject[] {
  const planned = subject.scenarios ?? planFor(optionsOf(subject)).scenarios.map(({ name }) => name);
  const scenarios = planned.filter((name) => chosen?.includes(name) ?? true);
  if (subject.expects.rule === "fails-none") return scenarios.map((name) => ({ ...subject, scenarios: [name] }));
  return scenarios.length === 0 ? [] : [{ ...subject, scenarios }];
}

/** Rows in the order of the agents, and of the scenarios in their list. */
function ordered(unordered: ProviderTable): ProviderTable {
  const agents = [...new Set(all.map(({ name }) => name))];
  const place = (list: readonly string[], name: string) => (list.includes(name) ? list.indexOf(name) : list.length);
  return {
    ...unordered,
    agents: unordered.agents.toSorted((a, b) => place(agents, a.name) - place(agents, b.name)),
    tellings: unordered.tellings.toSorted(
      (a, b) =>
        place(agents, a.agent) - place(agents, b.agent) || place(scenarioNames, a.scenario) - place(scenarioNames, b.scenario),
    ),
  };
}

function isFirst({ name }: { readonly name: string }, index: number, list: readonly { readonly name: string }[]): boolean {
  return list.findIndex((other) => other.name === name) === index;
}

function listed<T extends string>(text: string | undefined, known: readonly T[], what: string): readonly T[] | undefined {
  if (text === undefined) return undefined;
  return text.split(",").map((word) => {
    const found = known.find((name) => name === word);
    if (found === undefined) usage(`there is no ${what} "${word}"; there are ${known.join(", ")}`);
    return found;
  });
}

function usage(text: string): never {
  console.error(text);
  process.exit(EXIT.usage);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`.padStart(8);
}

function say(text: string): void {
  console.log(text);
}
