/**
 * The part of JSON Schema (draft 2020-12) that this project's own files are described in. What is published for editors
 * is what files are read by, so that they cannot disagree.
 */
export type Schema = Described & (TextSchema | NumberSchema | ChoiceSchema | FlagSchema | ListSchema | MapSchema | UnionSchema);

interface Described {
  readonly description?: string;
  readonly default?: unknown;
}

/** A text; `pattern` is a JavaScript expression, `patternHint` says for people what it asks for. */
export interface TextSchema {
  readonly type: "string";
  readonly minLength?: number;
  readonly pattern?: string;
  readonly "x-hint"?: string;
}

/** A number within limits. */
export interface NumberSchema {
  readonly type: "integer" | "number";
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One of a few values. */
interface ChoiceSchema {
  readonly enum: readonly (string | number | boolean | null)[];
}

/** True or false. */
interface FlagSchema {
  readonly type: "boolean";
}

/** A list. */
interface ListSchema {
  readonly type: "array";
  readonly items: Schema;
  readonly minItems?: number;
}

/** A mapping whose keys are all known. */
export interface MapSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** Mappings that a key tells apart, or values of different types. */
interface UnionSchema {
  readonly oneOf: readonly Schema[];
}
