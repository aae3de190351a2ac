import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { readDocument } from "../documents/index.ts";
import { type CheckResult, type Results, scenarioOf } from "../results.ts";
import { outcomeOf } from "./states.ts";
import { unfilledSchema } from "./schema.ts";
import { type Baseline, type BaselinedRun, entryText, type FlakyEntry } from "./types.ts";

/** A baseline brought up to date, and what was done to it, a line each. */
export interface UpdatedBaseline {
  readonly text: string;
  readonly changes: readonly string[];
  /** Entries that lack a reason or an owner, which a human has to give. */
  readonly unfilled: readonly string[];
}

/** What a new entry is given until somebody decides otherwise. */
const DAYS = 90;
const FILL_IN = " new: say why, and who sees to it";

/**
 * Writes into a baseline what fails in the results and takes out what passes in them; what the results do not tell of
 * stays, and so do the reasons, owners, days and comments of all that stays. Pure.
 *
 * @param text of the file as it is; undefined where there is none yet
 * @throws DocumentError where it is no baseline
 */
export function updateBaseline(text: string | undefined, results: Results, name: string): UpdatedBaseline {
  const document = text === undefined ? new Document({ version: 1 }) : parseDocument(text);
  if (text !== undefined) readDocument(text, unfilledSchema, name);
  const run: BaselinedRun = { target: results.target, clusterKind: results.cluster.kind, startedAt: results.run.startedAt };
  const changes = [...removeStale(document, results, run), ...addNew(document, results, run)];
  const { expected = [], flaky = [] } = document.toJS() as Partial<Baseline>;
  return {
    text: document.toString({ lineWidth: 120 }),
    changes,
    unfilled: [...expected, ...flaky].filter(({ reason, owner }) => !reason || !owner).map(entryText),
  };
}

type List = "expected" | "flaky";

function removeStale(document: Document, results: Results, run: BaselinedRun): readonly string[] {
  const byId = new Map(results.checks.map((check) => [check.id, check]));
  return (["expected", "flaky"] as const).flatMap((list) => {
    const items = listOf(document, list)?.items ?? [];
    const gone = items.flatMap((item) => {
      const entry = (isMap(item) ? item.toJSON() : {}) as FlakyEntry;
      // Whether it has expired does not matter to whether it still fails.
      const { state } = outcomeOf({ ...entry, expires: "9999-12-31" }, byId.get(entry.id), run);
      return state === "stale" || state === "constant"
        ? [{ item, text: `took out ${entryText(entry)} (${list}): it is ${state}` }]
        : [];
    });
    for (const { item } of gone) items.splice(items.indexOf(item), 1);
    return gone.map(({ text }) => text);
  });
}

function addNew(document: Document, results: Results, run: BaselinedRun): readonly string[] {
  const expires = new Date(Date.parse(run.startedAt) + DAYS * 86_400_000).toISOString().slice(0, 10);
  return results.checks.flatMap((check) =>
    [...failuresOf(check)].flatMap(([scenario, { failed, runs }]) => {
      if (isListed(document, check, scenario, run)) return [];
      const flakes = failed < runs;
      const list: List = flakes ? "flaky" : "expected";
      const node = document.createNode({
        id: check.id,
        scenario,
        ...(flakes ? { repeat: runs } : {}),
        reason: "",
        owner: "",
        expires,
      }) as YAMLMap;
      node.commentBefore = FILL_IN;
      seqFor(document, list).items.push(node);
      return [`added ${check.id} in ${scenario} (${list}): fill in its reason and its owner`];
    }),
  );
}

/** How often a requirement failed in each scenario, and how often it was told. */
function failuresOf(check: CheckResult): ReadonlyMap<string, { readonly failed: number; readonly runs: number }> {
  const names = new Set(check.scenarios.filter(({ verdict }) => verdict === "fail").map(({ name }) => scenarioOf(name)));
  return new Map(
    [...names].map((scenario) => {
      const rows = check.scenarios.filter((row) => scenarioOf(row.name) === scenario);
      const passed = rows.some(({ verdict }) => verdict === "pass");
      const failed = rows.filter(({ verdict }) => verdict === "fail").length;
      return [scenario, { failed, runs: passed ? rows.length : failed }];
    }),
  );
}

/** An entry that is about this failure in this run, in either list. */
function isListed(document: Document, check: CheckResult, scenario: string, run: BaselinedRun): boolean {
  const row: CheckResult = { ...check, scenarios: check.scenarios.filter(({ name }) => scenarioOf(name) === scenario) };
  return (["expected", "flaky"] as const).some((list) =>
    (listOf(document, list)?.items ?? []).some((item) => {
      const entry = (isMap(item) ? item.toJSON() : {}) as FlakyEntry;
      return entry.id === check.id && outcomeOf({ ...entry, expires: "9999-12-31" }, row, run).excuses.length > 0;
    }),
  );
}

function listOf(document: Document, list: List): YAMLSeq | undefined {
  const node = document.get(list);
  return isSeq(node) ? node : undefined;
}

function seqFor(document: Document, list: List): YAMLSeq {
  const known = listOf(document, list);
  if (known) return known;
  document.set(list, document.createNode([]));
  return listOf(document, list) as YAMLSeq;
}
