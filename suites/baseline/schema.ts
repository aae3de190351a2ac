import type { MapSchema, Schema } from "../documents/schema.ts";

const TEXT = { type: "string", minLength: 1 } as const;

const ENTRY: Readonly<Record<string, Schema>> = {
  id: {
    type: "string",
    pattern: "^KAS-[A-Z]+-[0-9]+$",
    "x-hint": "the id of a requirement such as KAS-SNAP-3",
    description: "The requirement.",
  },
  scenario: { ...TEXT, description: "This scenario alone. Default: every one in which the requirement is judged." },
  targets: { type: "array", minItems: 1, items: TEXT, description: "Only for runs against these targets. Default: all." },
  clusters: {
    type: "array",
    minItems: 1,
    items: { enum: ["embedded", "envtest", "kind", "kubeconfig"] },
    description: "Only for runs on these kinds of cluster. Default: all.",
  },
  reason: { ...TEXT, description: "Why the failure is accepted for now." },
  owner: { ...TEXT, description: "Who sees to it." },
  expires: {
    type: "string",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "x-hint": "a day such as 2026-12-31",
    description: "The last day on which the entry holds, UTC. Held against the start of the run.",
  },
};

const REQUIRED = ["id", "reason", "owner", "expires"];

const LISTS: Readonly<Record<string, Schema>> = {
  version: { enum: [1], description: "The version of this format." },
  expected: {
    type: "array",
    description: "Failures that are expected until they are mended. One that passes is stale, and red.",
    items: { type: "object", properties: ENTRY, required: REQUIRED, additionalProperties: false },
  },
  flaky: {
    type: "array",
    description: "Failures that come and go. One that fails every time, or never, is red.",
    items: {
      type: "object",
      properties: {
        ...ENTRY,
        repeat: {
          type: "integer",
          minimum: 2,
          maximum: 1000,
          description: "So often the scenario is told at least: often enough for it to fail once and to pass once.",
        },
      },
      required: [...REQUIRED, "repeat"],
      additionalProperties: false,
    },
  },
};

/** A baseline, as it is read and as it is published for editors. */
export const baselineSchema: MapSchema = {
  type: "object",
  properties: LISTS,
  required: ["version"],
  additionalProperties: false,
};

/** The same, but entries may still lack what a human has to fill in. */
export const unfilledSchema: MapSchema = {
  ...baselineSchema,
  properties: Object.fromEntries(Object.entries(LISTS).map(([name, schema]) => [name, unfilled(schema)])),
};

function unfilled(schema: Schema): Schema {
  if (!("type" in schema) || schema.type !== "array" || !("type" in schema.items) || schema.items.type !== "object")
    return schema;
  const { properties } = schema.items;
  const empty: Readonly<Record<string, Schema>> = {
    reason: { oneOf: [{ type: "string" }, { enum: [null] }] },
    owner: { oneOf: [{ type: "string" }, { enum: [null] }] },
  };
  return { ...schema, items: { ...schema.items, properties: { ...properties, ...empty }, required: ["id"] } };
}
