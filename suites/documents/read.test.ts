import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DocumentError, readDocument } from "./read.ts";
import type { Schema } from "./schema.ts";

const schema: Schema = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    date: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", "x-hint": "a date such as 2026-12-31" },
    odds: { type: "number", minimum: 0, maximum: 1 },
    times: { oneOf: [{ type: "integer", minimum: 1 }, { enum: ["all"] }] },
    sure: { type: "boolean" },
    acts: {
      type: "array",
      minItems: 1,
      items: {
        oneOf: [
          {
            type: "object",
            properties: { act: { enum: ["wait"] }, ms: { type: "integer", minimum: 1 } },
            required: ["act", "ms"],
            additionalProperties: false,
          },
          { type: "object", properties: { act: { enum: ["drop"] } }, required: ["act"], additionalProperties: false },
        ],
      },
    },
  },
  required: ["name"],
  additionalProperties: false,
};

const problemsOf = (text: string): string => {
  try {
    readDocument(text, schema, "my.yaml");
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
  return "";
};

describe("readDocument", () => {
  it("reads YAML and JSON alike, and knows on which line something stands", () => {
    const document = readDocument("name: a\ndate: 2026-12-31\nacts:\n  - act: wait\n    ms: 5\n", schema, "x");
    expect(document.value).toEqual({ name: "a", date: "2026-12-31", acts: [{ act: "wait", ms: 5 }] });
    expect([document.lineOf(["acts", 0, "ms"]), document.lineOf(["odds"])]).toEqual([5, undefined]);
    expect(readDocument('{"name": "a", "times": "all"}', schema, "x").value).toEqual({ name: "a", times: "all" });
  });

  it.each([
    ["name: [", "my.yaml:1:8 is not YAML"],
    ["- 1", "the document is [1]; it must be a mapping with name"],
    ["", "the document is null; it must be a mapping"],
    ["date: 2026-12-31", "name is missing; it is required"],
    ["name: ''", 'my.yaml:1: name is ""; it must not be empty'],
    ["name: 5", "name is 5; it must be a text"],
    ["name: a\nnmae: b", "my.yaml:2: nmae means nothing here; there may be name, date"],
    ["name: a\ndate: soon", 'my.yaml:2: date is "soon"; it must be a date such as 2026-12-31'],
    ["name: a\nodds: 1.5", "odds is 1.5; it must be a number, at least 0, at most 1"],
    ["name: a\nodds: .nan", "odds is null; it must be a number"],
    ["name: a\nsure: 1", "sure is 1; it must be true or false"],
    ["name: a\ntimes: 0", 'times is 0; it must be a whole number, at least 1, or "all"'],
    ["name: a\nacts: []", "acts is []; it must not be empty"],
    ["name: a\nacts: x", 'acts is "x"; it must be a list'],
    ["name: a\nacts:\n  - act: wiat", 'my.yaml:3: acts[0].act is "wiat"; it must be one of "wait", "drop"'],
    ["name: a\nacts:\n  - ms: 4", 'acts[0].act is missing; it must be one of "wait", "drop"'],
    ["name: a\nacts:\n  - act: drop\n    ms: 4", "my.yaml:4: acts[0].ms means nothing here; there may be act"],
    ["name: a\nacts:\n  - act: wait", "acts[0].ms is missing"],
    ["name: &a [*a]", "my.yaml"],
  ])("says of %j what is wrong, where, and what is allowed", (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it("tells every problem at once, but not without end", () => {
    expect(problemsOf("nmae: 1\nodds: 2").split("\n")).toHaveLength(3);
    expect(problemsOf(`name: a\n${Array.from({ length: 50 }, (_, n) => `k${n}: 1`).join("\n")}`).split("\n")).toHaveLength(21);
  });

  it("neither hangs on nor dies of hostile text", () => {
    const laughs = Array.from({ length: 30 }, (_, n) => `k${n + 1}: &k${n + 1} [*k${n}, *k${n}, *k${n}]`).join("\n");
    expect(problemsOf(`k0: &k0 x\n${laughs}`)).toContain("my.yaml");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          readDocument(text, schema, "x");
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
