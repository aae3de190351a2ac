import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level, Verdict } from "../suites/results.ts";
import { renderJunit } from "./junit.ts";
import { sampleResults, type CheckSample } from "./sample.contract.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict parser of the XML that a JUnit file may hold; throws on anything that is not well-formed. */
function parseXml(text: string): Element {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error("no declaration");
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open: Element[] = [root];
  const token = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  token.lastIndex = declaration.length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 40)}`);
    const [, closed, name, attributes = "", empty, characters] = match;
    const parent = open.at(-1)!;
    if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`);
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, unescape(value)]);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: "" };
      parent.children.push(element);
      if (empty === "") open.push(element);
    } else {
      parent.text += unescape(characters ?? "");
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error("not one root element");
  return root.children[0]!;
}

function unescape(text: string): string {
  if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(text)) throw new Error(`bare ampersand in ${text}`);
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replaceAll(/&([^;]+);/g, (_all, name: string) => named[name] ?? String.fromCodePoint(Number(name.slice(1))));
}

function read(text: string): { readonly suites: Element; readonly suite: Element; readonly cases: readonly Element[] } {
  const suites = parseXml(text);
  const [suite] = suites.children;
  if (suite === undefined || suites.children.length !== 1) throw new Error("not one testsuite");
  return { suites, suite, cases: suite.children.filter((child) => child.name === "testcase") };
}

const outcomeOf = (element: Element) => element.children.map((child) => child.name).join("+") || "passed";

describe("renderJunit", () => {
  const samples: readonly [CheckSample, must: string, should: string][] = [
    [{ id: "KAS-A-1", verdict: "pass" }, "passed", "passed"],
    [{ id: "KAS-A-2", verdict: "fail" }, "failure", "failure"],
    [{ id: "KAS-A-3", verdict: "fail", level: "SHOULD" }, "properties+system-out", "failure"],
    [{ id: "KAS-A-4", verdict: "not-testable" }, "error", "error"],
    [{ id: "KAS-A-7", verdict: "not-testable", level: "SHOULD" }, "skipped", "error"],
    [{ id: "KAS-A-5", verdict: "not-applicable" }, "skipped", "skipped"],
    [{ id: "KAS-A-6", verdict: "fail", expected: true }, "skipped", "skipped"],
  ];

  it.each([
    ["must", 1],
    ["should", 2],
  ] as const)("maps each verdict under --fail-on %s", (failOn, column) => {
    const { cases } = read(renderJunit(sampleResults(samples.map(([sample]) => sample)), { failOn }));
    expect(cases.map(outcomeOf)).toEqual(samples.map((sample) => sample[column]));
  });

  it("names a testcase by id and title, and says why", () => {
    const { cases } = read(
      renderJunit(sampleResults([{ id: "KAS-SNAP-3", verdict: "fail", title: "is gone", message: "is not" }]), {
        failOn: "must",
      }),
    );
    expect(cases[0]?.attributes).toEqual({
      classname: "deepflow-conformance.KAS-SNAP",
      name: "KAS-SNAP-3 is gone",
      time: "1.500",
    });
    expect(cases[0]?.children[0]?.attributes).toEqual({ type: "MUST", message: "is not" });
  });

  it("gives the baseline's reason for what it skips, and skips nothing that stayed open beside it", () => {
    const expected = { id: "KAS-A-1", verdict: "fail", expected: true, expectedBecause: "known" } as const;
    const open = { name: "b", verdict: "not-testable", message: "no", evidence: [] } as const;
    const { cases } = read(renderJunit(sampleResults([expected, { ...expected, scenarios: [open] }]), { failOn: "must" }));
    expect(cases.map(outcomeOf)).toEqual(["skipped", "error"]);
    expect(cases[0]?.children[0]?.attributes["message"]).toBe("expected: known");
    expect(cases[1]?.children[0]?.attributes["message"]).toBe("b: no");
  });

  it("fails for each entry of the baseline that is to be mended", () => {
    const entry = {
      list: "flaky",
      id: "KAS-A-1",
      scenario: "a",
      message: "passes",
      reason: "r",
      owner: "o",
      expires: "2026-01-01",
    } as const;
    const entries = (["stale", "failed", "expired"] as const).map((state) => ({ ...entry, state }));
    const { cases } = read(renderJunit(sampleResults([], { exitCode: 1, baseline: { name: "b", entries } }), { failOn: "must" }));
    expect(cases.map(outcomeOf)).toEqual(["failure", "failure"]);
    expect(cases[0]?.attributes["name"]).toBe("baseline entry KAS-A-1 in a");
  });

  it.each([3, 4, 70, 130])("has an error of its own for a run that broke (exit %i)", (exitCode) => {
    const { cases, suite } = read(
      renderJunit(sampleResults([], { exitCode, warnings: ["the disk is full"] }), { failOn: "must" }),
    );
    expect(cases.map(outcomeOf)).toEqual(["error"]);
    expect(cases[0]?.children[0]?.text).toContain("the disk is full");
    expect(suite.attributes["errors"]).toBe("1");
  });

  it("has an error wherever a run is inconclusive, though all that stayed open is recommended", () => {
    const open = { id: "KAS-VER-5", verdict: "not-testable", level: "SHOULD" } as const;
    const { cases } = read(renderJunit(sampleResults([open], { exitCode: 2 }), { failOn: "must" }));
    expect(cases.map(outcomeOf)).toEqual(["skipped", "error"]);
  });

  it("is not green where a run judged nothing", () => {
    const nothing = { id: "KAS-VER-6", verdict: "not-applicable" } as const;
    const { cases } = read(renderJunit(sampleResults([nothing], { exitCode: 2 }), { failOn: "must" }));
    expect(cases.map(outcomeOf)).toEqual(["skipped", "error"]);
  });

  it("says an inconclusive run once", () => {
    const open = { id: "KAS-VER-6", verdict: "not-testable" } as const;
    const { cases } = read(renderJunit(sampleResults([open], { exitCode: 2 }), { failOn: "must" }));
    expect(cases.map(outcomeOf)).toEqual(["error"]);
  });

  it("has counts that equal its children, and is well-formed whatever the texts are", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "<", ">", "&", '"', "'", "]]>", "\u0000", "\u001b", "\n", "\r", "\t", "\ud800", "\ufffe", "😀"),
    });
    const check = fc.record({
      id: fc.constantFrom("KAS-A-1", "KAS-B-22"),
      verdict: fc.constantFrom<Verdict[]>("pass", "fail", "not-testable", "not-applicable"),
      level: fc.constantFrom<Level[]>("MUST", "SHOULD"),
      expected: fc.boolean(),
      title: text,
      message: text,
    });
    const run = fc.record({ checks: fc.array(check), exitCode: fc.constantFrom(0, 1, 70), warnings: fc.array(text) });
    fc.assert(
      fc.property(run, fc.constantFrom("must" as const, "should" as const), ({ checks, exitCode, warnings }, failOn) => {
        const { suites, suite, cases } = read(renderJunit(sampleResults(checks, { exitCode, warnings }), { failOn }));
        const having = (name: string) =>
          String(cases.filter((element) => element.children.some((child) => child.name === name)).length);
        const expected = {
          tests: String(cases.length),
          failures: having("failure"),
          errors: having("error"),
          skipped: having("skipped"),
        };
        expect(cases.length).toBe(checks.length + (exitCode === 70 ? 1 : 0));
        expect(suite.attributes).toMatchObject(expected);
        expect(suites.attributes).toMatchObject(expected);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("gives texts back as they were, but for what XML cannot hold", () => {
    const message = 'a <b> & "c"\n\td\u0000\u001b\ud800é😀';
    const { cases } = read(renderJunit(sampleResults([{ id: "KAS-A-1", verdict: "fail", message }]), { failOn: "must" }));
    expect(cases[0]?.children[0]?.attributes["message"]).toBe('a <b> & "c"\n\tdé😀');
  });
});
