import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutants } from "../agents/index.ts";
import { defaultTarget } from "../server-mock/contract/index.ts";
import { requirements } from "../suites/requirements/index.ts";
import { killMatrix, type KillMatrix, type Problem } from "../suites/selftest/index.ts";
import { matrixFiles } from "./selftest-files.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "selftest-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `selftest --json OPTIONS` as users do. */
async function selftest(options: readonly string[], signal: AbortSignal) {
  const { code, stdout, stderr } = await spawnBuilt(["selftest", "--json", ...options], signal);
  const read = () => JSON.parse(stdout) as { readonly matrix: KillMatrix; readonly problems: readonly Problem[] };
  return { code, stderr, read };
}

/** A matrix as it would be committed, with one mutant declared to fail something else. */
function writeDeclared(name: string, fails: readonly string[]): string {
  const docs = mkdtempSync(join(folder, "docs-"));
  const declared = killMatrix(defaultTarget, mutants, requirements, (mutant) => (mutant.name === name ? fails : mutant.fails));
  for (const [file, text] of Object.entries(matrixFiles(declared))) writeFileSync(join(docs, file), text);
  return docs;
}

describe.concurrent("selftest", () => {
  it("holds for one agent of each kind, as the committed matrix says", { timeout: 150_000 }, async ({ expect, signal }) => {
    const out = join(folder, "out");
    const only = "gzip,keep-last-of-kind,hot-retry,openkruise-apps-lost,exits,KAS-CFG-5";
    const { code, stderr, read } = await selftest(["--check", "--only", only, "--out", out], signal);
    expect(read().problems, stderr).toEqual([]);
    expect(code).toBe(0);
    const seen = read().matrix.mutants.filter(({ fails }) => fails.length > 0);
    expect(seen.map(({ name }) => name)).toEqual([
      "gzip",
      "keep-last-of-kind",
      "hot-retry",
      "openkruise-apps-lost",
      "cluster-id-invented",
      "cluster-id-wrong-md5",
    ]);
    expect(readdirSync(out)).toEqual([]);
  });

  it("exits with 1 where the committed matrix says something else, and writes nothing", { timeout: 90_000 }, async (test) => {
    const docs = writeDeclared("bad-source-ip", ["KAS-ENV-2"]);
    const before = readFileSync(join(docs, "kill-matrix.json"), "utf8");
    const out = join(folder, "kept");
    const options = ["--check", "--only", "bad-source-ip", "--docs", docs, "--keep", "--out", out];
    const { code, read } = await selftest(options, test.signal);
    test
      .expect(read().problems.map(({ text }) => text))
      .toEqual([test.expect.stringContaining("bad-source-ip differs from") as string]);
    test.expect(code).toBe(1);
    test.expect(readFileSync(join(docs, "kill-matrix.json"), "utf8")).toBe(before);
    test.expect(readdirSync(join(out, "bad-source-ip-core")), "it is kept, since that was asked").toContain("transcript.jsonl");
  });

  it.for([
    [["--only", "gzip,no-such-thing"], '"no-such-thing" matches no agent'],
    [["--check", "--only", "exits", "--docs", "/no/such/folder"], "no matrix to compare with"],
  ] as const)("takes %j as a usage error", { timeout: 60_000 }, async ([options, text], test) => {
    const { code, stderr } = await selftest(options, test.signal);
    test.expect(code).toBe(64);
    test.expect(stderr).toContain(text);
  });
});

describe("the committed matrix", () => {
  it("is what the catalogue declares", () => {
    const docs = join(import.meta.dirname, "..", "docs");
    const declared = killMatrix(defaultTarget, mutants, requirements, ({ fails }) => fails);
    for (const [file, text] of Object.entries(matrixFiles(declared))) expect(readFileSync(join(docs, file), "utf8")).toBe(text);
  });
});
