import { HistoryError } from "./error.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A string field of a line. @throws HistoryError where it is absent or something else */
export function text(line: Fields, key: string): string {
  const value = line[key];
  if (typeof value !== "string") throw new HistoryError(`${key} is not a string`);
  return value;
}

/** A number field of a line. @throws HistoryError where it is absent or something else */
export function number(line: Fields, key: string): number {
  const value = line[key];
  if (typeof value !== "number") throw new HistoryError(`${key} is not a number`);
  return value;
}

/** An array field of a line. @throws HistoryError where it is absent or something else */
export function list(line: Fields, key: string): readonly unknown[] {
  const value = line[key];
  if (!Array.isArray(value)) throw new HistoryError(`${key} is not an array`);
  return value;
}

/** A string field; undefined where it is absent or something else. */
export function optionalText(line: Fields, key: string): string | undefined {
  const value = line[key];
  return typeof value === "string" ? value : undefined;
}

/** A string field as a piece of an object literal, so that an absent key stays absent. */
export function given<K extends string>(line: Fields, key: K): { readonly [P in K]?: string } {
  const value = optionalText(line, key);
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
