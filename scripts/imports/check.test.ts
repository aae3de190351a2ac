import { describe, expect, it } from "vitest";
import { violationsIn } from "./check.ts";

describe("violationsIn", () => {
  it.each([
    ["upwards", "server-mock/index.ts", 'import { x } from "../suites/index.ts";'],
    ["past a public index", "suites/runner/run.ts", 'import { x } from "../../server-mock/grpc/server.ts";'],
    ["a value where only types may pass", "report/junit.ts", 'import { x } from "../suites/plan.ts";'],
    ["I/O in a pure room", "suites/checks/a.ts", 'import { readFileSync } from "node:fs";'],
    ["gRPC outside its two rooms", "suites/runner/run.ts", 'import * as grpc from "@grpc/grpc-js";'],
    ["a dynamic import", "proto/x.ts", 'const x = await import("../cli/main.ts");'],
    ["a re-export", "proto/x.ts", 'export { x } from "../cli/main.ts";'],
    ["a folder without a room", "elsewhere/x.ts", ""],
  ])("refuses %s", (_name, file, source) => {
    expect(violationsIn(file, source)).toHaveLength(1);
  });

  it.each([
    ["within the room", "suites/runner/run.ts", 'import { x } from "./wait.ts";'],
    ["a public index", "suites/runner/run.ts", 'import { x } from "../../server-mock/index.ts";'],
    ["a type where types may pass", "report/junit.ts", 'import type { x } from "../suites/plan.ts";'],
    ["inline types", "report/junit.ts", 'import { type x } from "../suites/plan.ts";'],
    ["inflating in a pure room", "server-mock/ingest/inflate.ts", 'import { inflateSync } from "node:zlib";'],
  ])("lets pass %s", (_name, file, source) => {
    expect(violationsIn(file, source)).toEqual([]);
  });

  it("names file, line and specifier", () => {
    expect(violationsIn("proto/x.ts", '\n\nimport { x } from "../cli/main.ts";')).toEqual([
      { file: "proto/x.ts", line: 3, specifier: "../cli/main.ts", problem: "proto/ may not import cli/main.ts" },
    ]);
  });
});
