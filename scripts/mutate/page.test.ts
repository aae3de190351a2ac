import { describe, expect, it } from "vitest";
import { mutantsOf } from "./mutants.ts";
import { mutationPage } from "./page.ts";
import { fileResult, withMatrix } from "./results.ts";

const mutants = mutantsOf("suites/a.ts", "const f = (a, b) => { if (a) act(); return b; };");
const verdicts = mutants.map(({ mutated }) => (mutated === "true" ? "survived" : mutated === "false" ? "not covered" : "killed"));
const result = fileResult(mutants, verdicts, undefined, ({ mutated }) => (mutated === "true" ? "it is always set" : undefined));
const page = mutationPage({ schemaVersion: 1, files: { "suites/a.ts": result } });

describe("the page of mutated checks", () => {
  it("counts each end apart, now and before", () => {
    expect(result).toMatchObject({ mutants: mutants.length, killed: mutants.length - 2, timeout: 0, survived: 1, notCovered: 1 });
    expect(page).toContain(
      `| \`suites/a.ts\` | ${mutants.length} | ${mutants.length - 2} | 0 | 0 | 1 | 1 | 1 | 1 | ${mutants.length} |`,
    );
  });

  it("counts what the kill matrix kills apart, and lists it no more", () => {
    const survivors = result.survivors.map((survivor) => ({ ...survivor, redIn: "gzip (core)" }));
    const judged = { ...result, survivors, matrix: { runs: 147, killed: 2, cut: 0 } };
    const told = mutationPage({ schemaVersion: 1, files: { "suites/a.ts": judged } });
    expect(told).toContain(
      `| \`suites/a.ts\` | ${mutants.length} | ${mutants.length - 2} | 0 | 2 | 0 | 0 | 0 | 0 | ${mutants.length} |`,
    );
    expect(told).not.toContain("→ `true`");
    expect(told).not.toContain("Not judged by the kill matrix");
    expect(page).toContain("Not judged by the kill matrix: `suites/a.ts`.");
  });

  it("keeps what the kill matrix said as long as the file is as it was", () => {
    const survivors = result.survivors.map((survivor) => ({ ...survivor, redIn: "gzip (core)" }));
    const last = { ...result, survivors, matrix: { runs: 147, killed: 2, cut: 0 } };
    expect(withMatrix(result, last, mutants)).toMatchObject({ matrix: { killed: 2 }, survivors: [{ redIn: "gzip (core)" }, {}] });
    const other = mutantsOf("suites/a.ts", "const f = (a, b) => { if (b) act(); return b; };");
    expect(withMatrix(result, last, other).matrix).toBeUndefined();
  });

  it("does without the numbers of a first run that were not taken", () => {
    const { before: _before, ...later } = result;
    expect(mutationPage({ schemaVersion: 1, files: { "suites/a.ts": later } })).toContain("| 1 | 1 | 1 | – | – |");
  });

  it("says which tests were left out", () => {
    const partly = { ...result, leftOut: ["suites/b.test.ts"] };
    expect(page).not.toContain("Judged without");
    expect(mutationPage({ schemaVersion: 1, files: { "suites/a.ts": partly, "suites/c.ts": result } })).toContain(
      "Judged without `suites/b.test.ts`, in which more may be killed, before as well: `suites/a.ts`.",
    );
  });

  it("keeps the numbers of the first run", () => {
    const later = fileResult(
      mutants,
      mutants.map(() => "killed" as const),
      result.before,
      () => undefined,
    );
    expect(later).toMatchObject({ survived: 0, before: { survived: 1 } });
  });

  it("tells survivors with a reason from those that nobody looked into", () => {
    const [told, open] = page.split("## Survivors that nobody looked into yet");
    expect(told).toContain("- it is always set\n  - f: `a` → `true`");
    expect(open).toContain("- f: `a` → `false` (not covered)");
    expect(open).not.toContain("→ `true`");
  });
});
