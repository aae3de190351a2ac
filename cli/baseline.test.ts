import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderResults } from "../report/index.ts";
import { sampleResults } from "../report/sample.contract.ts";
import { runCommandLine } from "./command-line.ts";

let stdout: string;
let stderr: string;
let folder: string;
beforeEach(() => {
  [stdout, stderr] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  folder = mkdtempSync(join(tmpdir(), "cli-baseline-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, text: string) => (writeFileSync(join(folder, name), text), join(folder, name));
const row = (verdict: "pass" | "fail") => ({ name: "life-of-objects", verdict, message: "m", evidence: [] });
const results = (verdict: "pass" | "fail") =>
  renderResults(
    sampleResults([{ id: "KAS-SNAP-3", verdict, scenarios: [row(verdict)] }], { exitCode: verdict === "fail" ? 1 : 0 }),
  );
const ENTRY = "{ id: KAS-SNAP-3, reason: r, owner: o, expires: 2999-12-31 }";
const baseline = (entry = ENTRY) => file("b.yaml", `version: 1\nexpected:\n  - ${entry}\n`);

describe("baseline check", () => {
  it("has nothing to say where what fails is expected", async () => {
    expect(await runCommandLine(["baseline", "check", file("r.json", results("fail")), "--baseline", baseline()])).toBe(0);
    expect(stdout).toBe("1 expected, 0 flaky: nothing to see to\n");
  });

  it("names what passes now, and as JSON alone under --json", async () => {
    const args = ["baseline", "check", file("r.json", results("pass")), "--baseline", baseline()];
    expect(await runCommandLine(args)).toBe(1);
    expect(stdout).toContain("KAS-SNAP-3 passes now: take the entry out");
    stdout = "";
    expect(await runCommandLine([...args, "--json"])).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ entries: [{ id: "KAS-SNAP-3", state: "stale" }] });
  });

  it("names a failure that nothing expects", async () => {
    const empty = file("b.yaml", "version: 1\n");
    expect(await runCommandLine(["baseline", "check", file("r.json", results("fail")), "--baseline", empty])).toBe(1);
    expect(stdout).toContain("KAS-SNAP-3 failed and nothing expects it");
  });

  it.each([
    [ENTRY, 0, "nothing to see to"],
    [ENTRY.replace("SNAP-3", "SNAP-99"), 1, "KAS-SNAP-99 is no requirement"],
    [ENTRY.replace("reason", "scenario: nowhere, reason"), 1, "no scenario nowhere"],
    [ENTRY.replace("reason", "scenario: first-snapshot, reason"), 1, "not judged in first-snapshot; it is in life-of-objects"],
    [ENTRY.replace("2999", "2001"), 1, "expired on 2001-12-31"],
  ])("judges %s by itself: %i", async (entry, code, text) => {
    expect(await runCommandLine(["baseline", "check", "--baseline", baseline(entry)])).toBe(code);
    expect(stdout).toContain(text);
  });

  it.each([
    ["no reason", ENTRY.replace("reason: r, ", ""), "expected[0].reason is missing"],
    ["an empty owner", ENTRY.replace("owner: o", "owner: ''"), 'expected[0].owner is ""'],
    ["a key that nobody knows", ENTRY.replace("owner", "ower"), "ower means nothing here"],
  ])("refuses %s, and so does run", async (_name, entry, text) => {
    expect(await runCommandLine(["baseline", "check", "--baseline", baseline(entry)])).toBe(64);
    expect(stderr).toContain(text);
    stderr = "";
    expect(await runCommandLine(["run", "--agent", "reference", "--dry-run", "--baseline", baseline(entry)])).toBe(64);
    expect(stderr).toContain(text);
  });

  it.each([
    ["results that are not there", ["/no/such.json"], "cannot be read"],
    ["results that are none", [import.meta.filename], "not JSON"],
    ["a file of something else", [join(import.meta.dirname, "../package.json")], "no results.json"],
  ])("refuses %s", async (_name, args, text) => {
    expect(await runCommandLine(["baseline", "check", ...args, "--baseline", baseline()])).toBe(64);
    expect(stderr).toContain(text);
  });
});

describe("baseline update", () => {
  it("makes the file, which is refused until it is filled in, and holds then", async () => {
    const [made, path] = [join(folder, "new.yaml"), file("r.json", results("fail"))];
    expect(await runCommandLine(["baseline", "update", path, "--baseline", made])).toBe(0);
    expect(stdout).toContain("added KAS-SNAP-3 in life-of-objects (expected): fill in");
    expect(await runCommandLine(["baseline", "check", path, "--baseline", made])).toBe(64);
    writeFileSync(made, readFileSync(made, "utf8").replaceAll('""', "x"));
    expect(await runCommandLine(["baseline", "check", path, "--baseline", made])).toBe(0);
  });

  it("leaves a file alone to which nothing happened", async () => {
    const path = baseline();
    expect(await runCommandLine(["baseline", "update", file("r.json", results("fail")), "--baseline", path])).toBe(0);
    expect([readFileSync(path, "utf8"), stdout]).toEqual([`version: 1\nexpected:\n  - ${ENTRY}\n`, "nothing changed\n"]);
  });

  it("cannot write where it may not", async () => {
    const path = file("r.json", results("fail"));
    expect(await runCommandLine(["baseline", "update", path, "--baseline", "/proc/nowhere/b.yaml"])).toBe(4);
    expect(stderr).toContain("cannot be written");
  });
});

describe("run --repeat and --baseline", () => {
  const plan = async (...args: readonly string[]) => {
    expect(await runCommandLine(["run", "--agent", "reference", "--dry-run", "--json", "--only", "SNAP-3,ECHO-1", ...args])).toBe(
      0,
    );
    return JSON.parse(stdout) as { readonly scenarios: readonly { readonly tenant: string }[]; readonly baseline?: object };
  };

  it("tells the scenario of a flaky entry as often as that says, and the others once", async () => {
    const flaky = `version: 1\nflaky:\n  - ${ENTRY.replace("reason", "repeat: 3, reason")}\n`;
    const { scenarios, baseline: kept } = await plan("--baseline", file("b.yaml", flaky));
    expect(scenarios.map(({ tenant }) => tenant)).toEqual([
      "life-of-objects#1",
      "held-version-lost",
      "life-of-objects#2",
      "life-of-objects#3",
    ]);
    expect(kept).toEqual({ name: "b.yaml", text: flaky });
  });

  it("tells all of them as often as --repeat says", async () => {
    expect((await plan("--repeat", "3")).scenarios).toHaveLength(6);
  });
});
