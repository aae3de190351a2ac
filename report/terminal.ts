import { type BaselineEntryResult, type CheckResult, isOpen, isRedEntry, type Results } from "../suites/results.ts";
import { createPaint, type Paint } from "./paint.ts";
import { contextLines } from "./context.ts";
import { faultTexts } from "./faults.ts";
import { repeatTexts } from "./repeats.ts";
import { failedIn } from "./scenario-names.ts";
import { plural, printable, wrap } from "./text.ts";

/** How the final report is to look. */
export interface TerminalOptions {
  readonly color: boolean;
  /** Columns to wrap at. */
  readonly width: number;
  readonly failOn: "must" | "should";
  /** Where the files of the run are, for people: what it is, and its path. */
  readonly files: readonly { readonly what: string; readonly path: string }[];
}

/**
 * The final report for people: the verdict in one sentence, what failed and what could not be tested with the way to look
 * further, the counts, what passed in short, where the files are. Every text that came from an agent is made printable.
 */
export function renderTerminal(results: Results, options: TerminalOptions): string {
  const paint = createPaint(options.color);
  const blocks = [
    [verdictLine(results, paint)],
    results.checks.filter(isFailure).flatMap((check) => failureBlock(check, options, paint)),
    notTestableBlock(results, options, paint),
    baselineBlock(results, options, paint),
    expectedBlock(results, options, paint),
    faultTexts(results).flatMap((text) => hanging(`${paint.doubtful("fault")}  `, "  fault  ".length, text, options.width)),
    repeatTexts(results).flatMap((text) => hanging(`${paint.doubtful("repeats")}  `, "  repeats  ".length, text, options.width)),
    foldWarnings(results.warnings).flatMap((warning) =>
      hanging(`${paint.doubtful("warning")}  `, "  warning  ".length, warning, options.width),
    ),
    [countsLine(results), ...compactLines(results, options)],
    inventoryLines(results, options),
    lookFurther(results),
    options.files.map(({ what, path }) => `  ${what.padEnd(11)} ${path}`),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function isFailure(check: CheckResult): boolean {
  return check.verdict === "fail" && !check.expected;
}

function verdictLine(results: Results, paint: Paint): string {
  const failed = results.checks.filter(isFailure);
  const must = failed.filter((check) => check.level === "MUST").length;
  const should = failed.length - must;
  const against = `target ${results.target}`;
  switch (results.exitCode) {
    case 0: {
      const excused = results.counts.expectedFailure;
      if (excused > 0) {
        const what = `${plural(excused, "requirement")} failed as the baseline expects; all else that was judged holds`;
        return `${paint.doubtful("AS EXPECTED")}  ${what} against ${against}`;
      }
      const aside = should === 0 ? "" : `; ${plural(should, "recommendation")} (SHOULD) not met`;
      return `${paint.good("CONFORMANT")}  every requirement that was judged holds against ${against}${aside}`;
    }
    case 1: {
      const bad = redEntries(results).length;
      if (failed.length === 0 || (must === 0 && bad > 0)) {
        const why = bad === 1 ? "1 entry is" : `${bad} entries are`;
        return `${paint.bad("BASELINE")}  nothing failed that was not expected, but ${why} to be mended, against ${against}`;
      }
      const what = must > 0 ? plural(must, "requirement") : plural(should, "recommendation");
      return `${paint.bad("NOT CONFORMANT")}  ${what} failed against ${against}`;
    }
    case 2:
      if (results.counts.notTestable === 0) {
        const nothing =
          results.counts.pass === 0 ? "nothing was judged" : "the run did not come to its end, or a fault never fired,";
        return `${paint.doubtful("INCONCLUSIVE")}  ${nothing} against ${against}`;
      }
      return `${paint.doubtful("INCONCLUSIVE")}  nothing required failed, but ${results.counts.notTestable} could not be tested against ${against}`;
    case 3:
      return `${paint.bad("NO AGENT")}  no request ever reached the mock server, and the agent ended or never ran`;
    case 4: {
      const whole = results.counts.notTestable === 0 && results.counts.pass + results.counts.fail > 0;
      const what = whole ? "though each requirement was judged; see the warnings" : "so the agent could not be judged in full";
      return `${paint.doubtful("ENVIRONMENT")}  the environment failed, ${what}`;
    }
    case 130:
      return `${paint.doubtful("INTERRUPTED")}  the run was stopped; what it saw until then is judged below`;
    default:
      return `${paint.bad("HARNESS FAULT")}  the harness itself failed (exit ${results.exitCode}); its verdict is not to be trusted`;
  }
}

function failureBlock(check: CheckResult, options: TerminalOptions, paint: Paint): readonly string[] {
  const label = check.level === "MUST" || options.failOn === "should" ? paint.bad("FAIL") : paint.doubtful("WARN");
  const head = `  ${label}  ${paint.strong(check.id)}  ${check.level}`;
  const scenarios = failedIn(check);
  const body = [
    ...indented(check.title, options.width),
    ...messageLines(check, options.width),
    ...(scenarios === "" ? [] : indented(`in ${scenarios}`, options.width)),
    ...evidenceLines(check, options, paint),
    ...contextLines(check).flatMap(({ text, cited }, index) => {
      const lines = hanging(index === 0 ? "      " : `      ${cited ? "> " : "  "}`, index === 0 ? 8 : 14, text, options.width);
      return cited || index === 0 ? lines : lines.map(paint.faint);
    }),
  ];
  return [head, ...body];
}

/**
 * `PROBLEM: CASE; CASE; and 3 more. WHAT FOLLOWS` with a line for each case, where the cases are the notes of the
 * evidence; any other message as it is.
 */
function messageLines({ message, evidence }: CheckResult, width: number): readonly string[] {
  const list = `: ${evidence.map(({ note }) => note).join("; ")}`;
  const at = message.indexOf(list);
  const [tail, more, rest = ""] = /^(?:; (and \d+ more))?\. (.+)$/s.exec(message.slice(at + list.length)) ?? [];
  if (evidence.length < 2 || at < 0 || tail === undefined) return indented(message, width);
  return [
    ...indented(message.slice(0, at + 1), width),
    ...evidence.flatMap(({ note }) => hanging("      - ", 10, note, width)),
    ...(more === undefined ? [] : hanging("      - ", 10, more, width)),
    ...indented(rest, width),
  ];
}

/** Where to look in the transcript; a note that the message has already is not said again. */
function evidenceLines(check: CheckResult, options: TerminalOptions, paint: Paint): readonly string[] {
  const told = check.evidence.filter(({ note }) => check.message.includes(note)).map(({ seq }) => seq);
  const places = [...new Set(told)].join(", ");
  return [
    ...(places === "" ? [] : [`        transcript line ${places}`]),
    ...check.evidence
      .filter(({ note }) => !check.message.includes(note))
      .flatMap(({ seq, note }) => indented(`transcript line ${seq}: ${note}`, options.width)),
  ].map(paint.faint);
}

/** One cause often hides many requirements, so they are told by cause. */
function notTestableBlock(results: Results, options: TerminalOptions, paint: Paint): readonly string[] {
  const byMessage = new Map<string, string[]>();
  for (const check of results.checks) {
    if (!isOpen(check)) continue;
    const message = check.verdict === "not-testable" ? check.message : openMessage(check);
    byMessage.set(message, [...(byMessage.get(message) ?? []), check.id]);
  }
  return [...byMessage].flatMap(([message, ids]) => [
    `  ${paint.doubtful("NOT TESTABLE")}  ${plural(ids.length, "requirement")}`,
    ...indented(message, options.width),
    ...indented(compactIds(ids), options.width),
  ]);
}

/** Of a failure that was expected: what could not be tested beside it. */
function openMessage({ scenarios }: CheckResult): string {
  const open = scenarios.find(({ verdict }) => verdict === "not-testable");
  return `beside a failure that was expected, ${open?.name ?? ""}: ${open?.message ?? ""}`;
}

function redEntries({ baseline }: Results): readonly BaselineEntryResult[] {
  return baseline?.entries.filter(isRedEntry) ?? [];
}

/** Entries of the baseline that make the run fail, each with the way to mend it. */
function baselineBlock(results: Results, options: TerminalOptions, paint: Paint): readonly string[] {
  return redEntries(results).flatMap(({ state, message, owner }) => [
    `  ${paint.bad("BASELINE")}  ${state}`,
    ...indented(`${message} (owner: ${owner})`, options.width),
  ]);
}

function expectedBlock({ baseline }: Results, options: TerminalOptions, paint: Paint): readonly string[] {
  const held = baseline?.entries.filter(({ state }) => state === "failed" || state === "flaked") ?? [];
  return held.flatMap(({ message, owner, expires }) =>
    hanging(`${paint.faint("expected")}  `, "  expected  ".length, `${message} (${owner}, until ${expires})`, options.width),
  );
}

/** What several scenarios say alike is said once: `first-snapshot, life-of-objects: ended early`. */
function foldWarnings(warnings: readonly string[]): readonly string[] {
  const byText = new Map<string, Set<string>>();
  for (const warning of warnings) {
    const [, who = "", text = warning] = /^([\w#-]+): (.*)$/s.exec(warning) ?? [];
    byText.set(text, (byText.get(text) ?? new Set()).add(who));
  }
  return [...byText].map(([text, who]) => {
    const names = [...who].filter((name) => name !== "").join(", ");
    return names === "" ? text : `${names}: ${text}`;
  });
}

function countsLine(results: Results): string {
  const { pass, fail, notTestable, notApplicable, expectedFailure } = results.counts;
  const expected = expectedFailure === 0 ? "" : `, ${expectedFailure} failed as expected`;
  const took = `${(results.run.durationMs / 1000).toFixed(1)} s`;
  return `${pass} passed, ${fail} failed${expected}, ${notTestable} not testable, ${notApplicable} not applicable in ${took}`;
}

/** What would become of the pods, by the snapshot that has most of them. */
function inventoryLines({ inventory }: Results, options: TerminalOptions): readonly string[] {
  const [largest] = [...inventory].sort((a, b) => b.podsSent - a.podsSent);
  return largest ? hanging("inventory   ", 14, largest.summary, options.width) : [];
}

function compactLines(results: Results, options: TerminalOptions): readonly string[] {
  const groups: readonly (readonly [string, readonly CheckResult[]])[] = [
    ["passed", results.checks.filter((check) => check.verdict === "pass")],
    ["as expected", results.checks.filter((check) => check.verdict === "fail" && check.expected)],
    ["not applic.", results.checks.filter((check) => check.verdict === "not-applicable")],
  ];
  return groups
    .filter(([, checks]) => checks.length > 0)
    .flatMap(([label, checks]) => {
      const ids = compactIds(checks.map((check) => check.id));
      return hanging(`${label.padEnd(11)} `, 14, ids, options.width);
    });
}

function lookFurther(results: Results): readonly string[] {
  const first = results.checks.find(isFailure) ?? results.checks.find(isOpen);
  return first === undefined ? [] : [`  more about one of them: deepflow-conformance explain ${first.id}`];
}

/** `KAS-SNAP-1, KAS-SNAP-2, KAS-OBJ-1` as `SNAP-1,2 OBJ-1`. */
function compactIds(ids: readonly string[]): string {
  const byArea = new Map<string, string[]>();
  for (const id of ids) {
    const [, area = id, number = ""] = /^KAS-([A-Z]+)-(\d+)$/.exec(id) ?? [];
    byArea.set(area, [...(byArea.get(area) ?? []), number]);
  }
  return [...byArea].map(([area, numbers]) => `${area}-${numbers.join(",")}`).join(" ");
}

function indented(text: string, width: number): readonly string[] {
  return hanging("      ", 8, text, width);
}

/** Two spaces and a label before the first line, `indent` spaces before the others. */
function hanging(label: string, indent: number, text: string, width: number): readonly string[] {
  return wrap(printable(text), Math.max(40, width - indent)).map((line, index) =>
    index === 0 ? `  ${label}${line}` : `${" ".repeat(indent)}${line}`,
  );
}
