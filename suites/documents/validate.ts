import type { MapSchema, NumberSchema, Schema, TextSchema } from "./schema.ts";

/** Where in a document something stands: keys and indexes from its root. */
export type Path = readonly (string | number)[];

/** What is wrong, where, and what is allowed there. */
export interface Problem {
  readonly path: Path;
  readonly text: string;
}

/** Holds a value against a schema; empty where it fits. Pure. */
export function validate(value: unknown, schema: Schema, path: Path = []): readonly Problem[] {
  if ("oneOf" in schema) return validateUnion(value, schema.oneOf, path);
  if ("enum" in schema) {
    if (schema.enum.some((allowed) => allowed === value)) return [];
    const [only, ...others] = schema.enum;
    const allowed = schema.enum.map(show).join(", ");
    return [problem(path, value, others.length === 0 ? `it must be ${show(only)}` : `it must be one of ${allowed}`)];
  }
  switch (schema.type) {
    case "string":
      return validateText(value, schema, path);
    case "boolean":
      return typeof value === "boolean" ? [] : [problem(path, value, "it must be true or false")];
    case "integer":
    case "number":
      return validateNumber(value, schema, path);
    case "array": {
      if (!Array.isArray(value)) return [problem(path, value, "it must be a list")];
      const short = value.length < (schema.minItems ?? 0) ? [problem(path, value, "it must not be empty")] : [];
      return [...short, ...value.flatMap((item, index) => validate(item, schema.items, [...path, index]))];
    }
    case "object":
      return validateMap(value, schema, path);
  }
}

function validateText(value: unknown, schema: TextSchema, path: Path): readonly Problem[] {
  const hint = schema["x-hint"];
  if (typeof value !== "string") return [problem(path, value, hint ? `it must be ${hint}` : "it must be a text")];
  if (value.length < (schema.minLength ?? 0)) return [problem(path, value, "it must not be empty")];
  if (schema.pattern === undefined || new RegExp(schema.pattern, "u").test(value)) return [];
  return [problem(path, value, `it must be ${hint ?? `like ${schema.pattern}`}`)];
}

function validateNumber(value: unknown, { type, minimum, maximum }: NumberSchema, path: Path): readonly Problem[] {
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    (type === "number" || Number.isInteger(value)) &&
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity);
  if (fits) return [];
  const limits = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
  const kind = type === "integer" ? "a whole number" : "a number";
  return [problem(path, value, `it must be ${[kind, ...limits].join(", ")}`)];
}

function validateMap(value: unknown, { properties, required = [] }: MapSchema, path: Path): readonly Problem[] {
  if (!isRecord(value)) return [problem(path, value, `it must be a mapping with ${Object.keys(properties).join(", ")}`)];
  const strangers = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  return [
    ...strangers.map((key) => ({
      path: [...path, key],
      text: `${textOf([...path, key])} means nothing here; there may be ${Object.keys(properties).join(", ")}`,
    })),
    ...required.filter((key) => value[key] === undefined).map((key) => problem([...path, key], undefined, "it is required")),
    ...Object.entries(properties).flatMap(([key, schema]) =>
      value[key] === undefined ? [] : validate(value[key], schema, [...path, key]),
    ),
  ];
}

/** Mappings are told apart by the first key that has one allowed value in each of them; the rest by what fits best. */
function validateUnion(value: unknown, schemas: readonly Schema[], path: Path): readonly Problem[] {
  const maps = schemas.filter((schema): schema is MapSchema => "type" in schema && schema.type === "object");
  const [first] = maps;
  const key = first && Object.keys(first.properties).find((name) => maps.every((map) => namesOf(map, name).length > 0));
  if (maps.length === schemas.length && key !== undefined && isRecord(value)) {
    const chosen = maps.find((map) => namesOf(map, key).includes(value[key]));
    if (chosen) return validateMap(value, chosen, path);
    const allowed = maps.flatMap((map) => namesOf(map, key).map(show)).join(", ");
    return [problem([...path, key], value[key], `it must be one of ${allowed}`)];
  }
  const attempts = schemas.map((schema) => validate(value, schema, path));
  if (attempts.some((problems) => problems.length === 0)) return [];
  const wanted = attempts.flatMap((problems) => problems.slice(0, 1).map(({ text }) => text.replace(/^.*; it must be /su, "")));
  return [problem(path, value, `it must be ${wanted.join(", or ")}`)];
}

function namesOf(map: MapSchema, key: string): readonly unknown[] {
  const schema = map.properties[key];
  return schema !== undefined && "enum" in schema && map.required?.includes(key) === true ? schema.enum : [];
}

function problem(path: Path, value: unknown, rule: string): Problem {
  const where = textOf(path);
  return { path, text: value === undefined ? `${where} is missing; ${rule}` : `${where} is ${show(value)}; ${rule}` };
}

/** `faults[2].code`; the root is "the document". */
function textOf(path: Path): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return text === "" ? "the document" : text.replace(/^\./u, "");
}

const SHOWN = 80;

function show(value: unknown): string {
  const text = jsonOf(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch {
    return "a value that holds itself";
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
