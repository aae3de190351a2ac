import { TIE } from "./explained-ties.ts";
import type { Explanation } from "./explanations.ts";

const SAVED = "equivalent: the memory only saves making again what it holds";
const BESIDE = "words alone: it stands in the results beside the verdicts, none of which rests on it";
const LATER =
  "equivalent but for memory: a scenario that is not judged soon after its end is judged at the end of the transcript";
const UNIQUE = "equivalent: there is one such line at most";
const absent = (where: string, ...codes: readonly string[]): readonly Explanation[] =>
  codes.map((code): Explanation => ({
    file: where,
    code,
    operators: ["condition"],
    becomes: { text: "false" },
    reason: "equivalent: what is there and undefined is read like what is absent",
  }));
const codes = (where: string, reason: string, ...those: readonly string[]): readonly Explanation[] =>
  those.map((code) => ({ file: where, code, reason }));

/** The judge itself and the oracle. */
export const ofJudging: readonly Explanation[] = [
  ...codes(
    "suites/judge.ts",
    LATER,
    "const SETTLED_MS = 2_000;",
    'if (line.side === "run" && line.kind === "scenario-ended") ended.push({ tenant: line.tenant, t: line.t });',
    "if (scenario === undefined) continue;",
  ),
  ...codes(
    "suites/judge.ts",
    BESIDE,
    "[...judged, ...rest].sort((a, b) => a.seq - b.seq)",
    '{ kind: plan.cluster.kind, version: history.clusterVersion ?? plan.cluster.version ?? "unknown" }',
    "...(plan.scenarios.some(({ name, tenant }) => name !== tenant) && { repeats: repeatResults(checks) }),",
    "...(plan.baseline && entries && { baseline: { name: plan.baseline.name, entries } }),",
  ),
  ...codes(
    "suites/judging/judge-tenant.ts",
    BESIDE,
    'const failure = verdict.verdict === "fail" && { context: explain(verdict) };',
    "...(inventory && { inventory }),",
    "...(agentStarted === undefined ? {} : { agentStarted }),",
    "...(isGiven(fault, scenario) && { given: true }),",
  ),
  ...codes("suites/judging/judge-tenant.ts", UNIQUE, "plan.scenarios.find(({ tenant }) => tenant === scenario.tenant)?.name").map(
    (one): Explanation => ({ ...one, operators: ["method"] }),
  ),
  { file: "suites/judging/rows.ts", within: "unknownRequirement", reason: BESIDE },
  ...codes(
    "suites/oracle/views.ts",
    SAVED,
    "texts.get(object) ?? new Map<string, string>()",
    "texts.set(object, known);",
    "known.get(resource) ?? comparedView(resource, object)",
    "known.set(resource, text);",
    "numberOfObject.set(item.object, number);",
  ),
  {
    file: "suites/oracle/views.ts",
    code: "known !== undefined",
    operators: ["condition"],
    becomes: { text: "false" },
    reason: SAVED,
  },
  ...codes(
    "suites/oracle/collection.ts",
    SAVED,
    "cache.get(arrival.seq) ?? new Map<string, number>()",
    "cache.set(arrival.seq, starts);",
    "starts.get(key) ?? startOf(resource, namespace, arrival)",
    "starts.set(key, start);",
  ),
  ...codes("suites/oracle/snapshot.ts", SAVED, "itemsByReading.set(reading, items);"),
  {
    file: "suites/oracle/snapshot.ts",
    code: "if (known) return",
    operators: ["condition"],
    becomes: { text: "false" },
    reason: SAVED,
  },
  {
    file: "suites/oracle/snapshot.ts",
    code: "known.every((item) => item.entry === entry)",
    operators: ["condition"],
    becomes: { text: "false" },
    reason: SAVED,
  },
  ...codes("suites/oracle/snapshot.ts", "equivalent: only requests with entries are read", 'call.entriesHash ?? ""'),
  ...absent("suites/oracle/snapshot.ts", "...(resource === undefined"),
  ...absent("suites/oracle/collection.ts", "...(request.namespace === undefined", "...(namespace === undefined"),
  ...["suites/oracle/collection.ts", "suites/oracle/delivered.ts"].map((where): Explanation => ({
    file: where,
    operators: ["method"],
    original: /^request\.(?:events|pages)\.find\(/,
    reason: UNIQUE,
  })),
  ...[
    ["collection", "candidate.end.seq < arrival.seq"],
    ["collection", "request.seq < moment.seq"],
    ["collection", "list.end.seq < moment.seq"],
    ["collection", "watch.start.seq > arrival.seq"],
    ["collection", "watch.end.seq > arrival.seq"],
    ["create-oracle", "call.seq > commit.seq"],
    ["create-oracle", "created.seq > call.seq"],
    ["create-oracle", "moment.seq > life.since.seq"],
    ["delivered", "seq < end.seq"],
  ].map(([name = "", code = ""]): Explanation => ({
    file: `suites/oracle/${name}.ts`,
    code,
    operators: ["boundary"],
    becomes: "with-equals",
    reason: TIE,
  })),
];
