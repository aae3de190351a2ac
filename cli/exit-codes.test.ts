import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { play, type Quirks } from "../suites/checks/testing/play.ts";
import type { RawLine } from "../transcript/index.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "exit-codes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => (writeFileSync(join(folder, name), text), join(folder, name));
const transcript = (name: string, lines: readonly RawLine[]) =>
  file(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const runLine = (kind: string, payload: object) => ({ seq: 1e6, t: 1e5, tenant: "", side: "run", kind, ...payload }) as RawLine;
const played = (quirks: Quirks = {}) => play(quirks);
const SILENT = /^(rpc|api)$/u;
const ENTRY = "{ id: KAS-VER-2, reason: r, owner: o, expires: 2999-12-31 }";

describe("analyze exits as the run would have", () => {
  it.concurrent.for<readonly [string, number, () => readonly RawLine[]]>([
    ["everything passed", 0, () => played()],
    ["a requirement failed", 1, () => played({ version: () => 10n })],
    ["the record breaks off", 2, () => played().slice(0, -1)],
    [
      "nobody ever spoke, and the agent ended",
      3,
      () => played({ uploads: "nothing" }).filter(({ side, kind }) => !SILENT.test(side) && kind !== "signalled"),
    ],
    ["the environment failed", 4, () => [...played(), runLine("trouble", { blame: "environment", text: "no port" })]],
    ["the harness failed", 70, () => [...played(), runLine("trouble", { blame: "harness", text: "a bug" })]],
    ["it was interrupted", 130, () => [...played().slice(0, -1), runLine("interrupted", { signal: "SIGINT" })]],
    ["there is no plan", 64, () => played().slice(1)],
  ])("%s: %i", { timeout: 60_000 }, async ([name, code, lines], { expect: expectHere, signal }) => {
    const path = transcript(`${name.replaceAll(" ", "-")}.jsonl`, lines());
    const ended = await spawnBuilt(["analyze", path, "--json"], signal);
    expectHere([ended.code, ended.signal], ended.stderr).toEqual([code, null]);
    if (code === 64) return expectHere(ended.stdout).toBe("");
    expectHere((JSON.parse(ended.stdout) as { exitCode: number }).exitCode).toBe(code);
  });
});

describe("every other verb", () => {
  const at = (name: string) => join(folder, name);
  const prepare: Readonly<Record<string, () => void>> = {
    "good.yaml": () => file("good.yaml", `version: 1\nexpected:\n  - ${ENTRY}\n`),
    "old.yaml": () => file("old.yaml", `version: 1\nexpected:\n  - ${ENTRY.replace("2999", "2001")}\n`),
    "bad.yaml": () => file("bad.yaml", `version: 1\nexpected:\n  - ${ENTRY.replace("owner: o", "owner: ''")}\n`),
    "results.json": () =>
      file("results.json", '{"schemaVersion":1,"run":{"startedAt":"2026-01-01T00:00:00Z"},"cluster":{"kind":"x"},"checks":[]}'),
  };

  it.concurrent.for<readonly [code: number, ...args: string[]]>([
    [0, "--version"],
    [0, "--help"],
    [0, "run", "--help"],
    [64],
    [64, "rum"],
    [0, "run", "--agent", "reference", "--profile", "all", "--dry-run"],
    [64, "run", "--agent", "reference", "--repeat", "0"],
    [64, "run", "--agent", "reference", "--baseline", "{bad.yaml}"],
    [64, "run", "--agent", "reference", "--faults", "{good.yaml}"],
    [3, "run", "--pods", "20", "--nodes", "1", "--only", "ENV-1", "--out", "{out}", "--", "true"],
    [4, "run", "--pods", "20", "--nodes", "1", "--only", "ENV-1", "--out", "/proc/no/such", "--agent", "reference"],
    [64, "serve", "--listen", "nonsense"],
    [64, "serve", "--seed", "-1"],
    [64, "serve", "--faults", "/no/such.yaml"],
    [64, "analyze", "/no/such.jsonl"],
    [64, "inspect", "/no/such.json"],
    [0, "list"],
    [0, "list", "--json"],
    [64, "list", "--only", "NOPE-*"],
    [0, "explain", "KAS-SNAP-3"],
    [0, "explain", "life-of-objects", "--json"],
    [64, "explain", "KAS-NOPE-1"],
    [0, "env", "list"],
    [64, "env", "show", "nowhere"],
    [0, "baseline", "check", "--baseline", "{good.yaml}"],
    [1, "baseline", "check", "--baseline", "{old.yaml}"],
    [1, "baseline", "check", "{results.json}", "--baseline", "{good.yaml}"],
    [64, "baseline", "check", "--baseline", "{bad.yaml}"],
    [64, "baseline", "check"],
    [0, "baseline", "update", "{results.json}", "--baseline", "{new.yaml}"],
    [4, "baseline", "update", "{results.json}", "--baseline", "/proc/no/such.yaml"],
  ])("exits with %j", { timeout: 120_000 }, async ([code, ...args], { expect: expectHere, signal }) => {
    for (const make of Object.values(prepare)) make();
    const given = args.map((arg) => arg.replace(/^\{(.*)\}$/u, (_all, name: string) => at(name)));
    const ended = await spawnBuilt(given, signal);
    expectHere([ended.code, ended.signal], ended.stderr).toEqual([code, null]);
    if (code === 64 || code === 4) expectHere(ended.stderr).not.toBe("");
    if (args.includes("--json")) expectHere(() => void JSON.parse(ended.stdout)).not.toThrow();
  });

  it("exits with 4 where its port is taken", { timeout: 60_000 }, async ({ signal }) => {
    const holder = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => holder.once("listening", resolve));
    const { port } = holder.address() as AddressInfo;
    const ended = await spawnBuilt(["serve", "--listen", `127.0.0.1:${port}`, "--control", "127.0.0.1:0"], signal);
    holder.close();
    expect(ended.code).toBe(4);
  });

  it("has what it writes refused until somebody has filled it in", { timeout: 60_000 }, async ({ signal }) => {
    const analyzed = await spawnBuilt(
      ["analyze", transcript("constant.jsonl", played({ version: () => 10n })), "--json"],
      signal,
    );
    const [results, baseline] = [file("constant.json", analyzed.stdout), at("constant.yaml")];
    const check = () => spawnBuilt(["baseline", "check", results, "--baseline", baseline], signal);
    expect((await spawnBuilt(["baseline", "update", results, "--baseline", baseline], signal)).code).toBe(0);
    expect((await check()).code).toBe(64);
    file("constant.yaml", readFileSync(baseline, "utf8").replaceAll('""', "x"));
    expect((await check()).code).toBe(0);
  });
});
