import { expect, it } from "vitest";
import type { KillMatrix } from "../suites/selftest/types.ts";
import { killMatrixPage } from "./kill-matrix.ts";

const matrix: KillMatrix = {
  schemaVersion: 1,
  requirementSet: "2026.1",
  target: "v7.1",
  mutants: [
    { name: "gzip", describes: "a | b", profiles: ["core"], features: [], fails: ["KAS-ENC-1", "KAS-ENC-3"] },
    { name: "lost", describes: "loses", thread: "#1", profiles: ["core", "recovery"], features: ["ha"], fails: ["KAS-SNAP-1"] },
  ],
  controls: [{ name: "silent", describes: "does nothing", rule: "passes-none" }],
  requirements: [
    { id: "KAS-SNAP-1", level: "MUST", title: "all is there", failedBy: ["lost"] },
    { id: "KAS-ENC-1", level: "MUST", title: "zlib", failedBy: ["gzip"] },
    { id: "KAS-ENC-3", level: "SHOULD", title: "json", failedBy: ["gzip"] },
    { id: "KAS-SCALE-1", level: "MUST", title: "small", failedBy: [], because: "not built" },
  ],
};

it("renders rows with the numbers of what is failed, under a column an area", () => {
  const lines = killMatrixPage(matrix).split("\n");
  expect(lines).toContain("| mutant | what it does wrong | run | SNAP | ENC |");
  expect(lines).toContain("| `gzip` | a \\| b |  |  | 1 3 |");
  expect(lines).toContain("| `lost` | loses (#1) | core, recovery; features ha | 1 |  |");
  expect(lines).toContain("| #1 | `lost` | loses | KAS-SNAP-1 |");
  expect(lines.filter((line) => line.includes("`gzip`") && line.includes("KAS-ENC-1 KAS-ENC-3"))).toEqual([]);
  expect(lines).toContain("| `silent` | does nothing | passes nothing |");
  expect(lines).toContain("| KAS-ENC-3 | SHOULD | json | `gzip` |");
  expect(lines).toContain("| KAS-SCALE-1 | MUST | small | none: not built |");
  expect(lines).toContain("Requirement set 2026.1, target v7.1: 2 mutants fail 3 requirements.");
});
