import { type CheckResult, isOpen, isRedEntry, type Results } from "../suites/results.ts";
import { contextLines } from "./context.ts";
import { renderXml, type XmlElement } from "./xml.ts";

/** What the results alone do not tell. */
export interface JunitOptions {
  /**
   * Under `should`, a failed SHOULD is a failure, and one that could not be tested an error; otherwise a passing case that
   * says so in a property, and a skipped one, since neither counts for the exit code.
   */
  readonly failOn: "must" | "should";
}

/** Exit codes of a run that says nothing about the agent, or not all: each becomes an error of its own. */
const RUN_TROUBLES: Readonly<Record<number, string>> = {
  2: "the run is inconclusive",
  3: "no request of the agent ever reached the mock server",
  4: "the environment failed",
  70: "the harness failed",
  130: "the run was interrupted",
};

/**
 * junit.xml: one testcase a requirement. A MUST that fails is a failure, one that is not-testable an error; not-applicable
 * and expected failures are skipped with the reason; a run that broke is one more case with an error. The counts of
 * `testsuite` and `testsuites` equal the children.
 */
export function renderJunit(results: Results, options: JunitOptions): string {
  const requirements = results.checks.map((check) => requirementCase(check, options));
  // What could not be tested says by itself that a run is inconclusive.
  const said = results.exitCode === 2 && countOf(requirements, "error") > 0;
  const cases = [...requirements, ...baselineCases(results), ...(said ? [] : runCase(results))];
  const counts = {
    tests: cases.length,
    failures: countOf(cases, "failure"),
    errors: countOf(cases, "error"),
    skipped: countOf(cases, "skipped"),
    time: seconds(results.run.durationMs),
  };
  const suite: XmlElement = {
    name: "testsuite",
    attributes: {
      name: `deepflow-conformance ${results.target}`,
      ...counts,
      timestamp: results.run.startedAt.replace(/(\.\d+)?Z$/, ""),
    },
    children: [suiteProperties(results), ...cases],
  };
  return renderXml({ name: "testsuites", attributes: { name: "deepflow-conformance", ...counts }, children: [suite] });
}

function requirementCase(check: CheckResult, options: JunitOptions): XmlElement {
  const area = check.id.replace(/-\d+$/, "");
  const attributes = {
    classname: `deepflow-conformance.${area}`,
    name: `${check.id} ${check.title}`,
    time: seconds(check.durationMs),
  };
  const children = outcome(check, options);
  return { name: "testcase", attributes, children };
}

function outcome(check: CheckResult, options: JunitOptions): readonly XmlElement[] {
  if (check.verdict === "pass") return [];
  if (check.verdict === "not-applicable") return [skipped(`not applicable: ${check.message}`)];
  const counts = check.level === "MUST" || options.failOn === "should";
  if (check.verdict === "not-testable" && !counts) return [skipped(`not testable: ${check.message}`)];
  if (check.verdict === "not-testable") return [problem("error", "not-testable", check)];
  // A failure that was expected excuses nothing that could not be tested beside it.
  if (isOpen(check) && counts) return [problem("error", "not-testable", { ...check, ...openScenario(check) })];
  if (check.expected) return [skipped(`expected: ${check.expectedBecause ?? check.message}`)];
  if (counts) return [problem("failure", check.level, check)];
  return [
    { name: "properties", attributes: {}, children: [property("should-failure", check.message)] },
    { name: "system-out", attributes: {}, text: `SHOULD failed, which does not fail the run: ${check.message}` },
  ];
}

function openScenario({ scenarios }: CheckResult): Partial<CheckResult> {
  const open = scenarios.find(({ verdict }) => verdict === "not-testable");
  return open === undefined ? {} : { message: `${open.name}: ${open.message}`, evidence: open.evidence };
}

/** An entry of the baseline that is to be mended makes the run fail, so it is a failure here. */
function baselineCases({ baseline }: Results): readonly XmlElement[] {
  return (baseline?.entries ?? []).filter(isRedEntry).map(({ id, scenario, state, message, owner }) => ({
    name: "testcase",
    attributes: {
      classname: "deepflow-conformance.BASELINE",
      name: `baseline entry ${id}${scenario === undefined ? "" : ` in ${scenario}`}`,
      time: seconds(0),
    },
    children: [{ name: "failure", attributes: { type: state, message }, text: `${message}\nowner: ${owner}` }],
  }));
}

function problem(name: "failure" | "error", type: string, check: CheckResult): XmlElement {
  const evidence = check.evidence.map(({ seq, note }) => `  transcript line ${seq}: ${note}`);
  return {
    name,
    attributes: { type, message: check.message },
    text: [
      check.message,
      ...evidence,
      `source: ${check.source}`,
      ...(name === "failure" ? contextLines(check).map(({ text, cited }) => `${cited ? "> " : "  "}${text}`) : []),
    ].join("\n"),
  };
}

function skipped(message: string): XmlElement {
  return { name: "skipped", attributes: { message } };
}

function runCase(results: Results): readonly XmlElement[] {
  const trouble = RUN_TROUBLES[results.exitCode];
  if (trouble === undefined) return [];
  const error = { name: "error", attributes: { type: "run", message: trouble }, text: [trouble, ...results.warnings].join("\n") };
  const attributes = { classname: "deepflow-conformance.RUN", name: "the run itself", time: seconds(results.run.durationMs) };
  return [{ name: "testcase", attributes, children: [error] }];
}

function suiteProperties(results: Results): XmlElement {
  const properties = [
    property("run", results.run.id),
    property("seed", String(results.run.seed)),
    property("harness", results.harness.version),
    property("requirement-set", results.harness.requirementSet),
    ...(results.harness.requirementSetSha256 === undefined
      ? []
      : [property("requirement-set-sha256", results.harness.requirementSetSha256)]),
    property("target", results.target),
    property("cluster", `${results.cluster.kind} ${results.cluster.version}`),
    property("agent", agentText(results.agent)),
  ];
  return { name: "properties", attributes: {}, children: properties };
}

/** What the agent was, in one line: its image or manifest, and its command or arguments. */
function agentText({ form, command, image, manifest }: Results["agent"]): string {
  const words = [image, manifest?.name, ...command].filter((word) => word !== undefined);
  return words.length === 0 ? form : words.join(" ");
}

function property(name: string, value: string): XmlElement {
  return { name: "property", attributes: { name, value } };
}

function countOf(cases: readonly XmlElement[], outcomeName: string): number {
  return cases.filter((element) => element.children?.some((child) => child.name === outcomeName)).length;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
