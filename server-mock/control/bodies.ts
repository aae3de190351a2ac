import type { FaultAction, FaultSpec } from "../faults/types.ts";

/** A request to the control API that cannot be understood; says what is wrong, where, and how to mend it. */
export class BadBody extends Error {
  override readonly name = "BadBody";
}

type Body = Readonly<Record<string, unknown>>;

const MAX_MS = 10 * 365 * 86_400_000;
const MAX_DELAY_MS = 10 * 60_000;
const MAX_TIMES = 1_000_000;
const MAX_UINT64 = 2n ** 64n - 1n;
const COMMON = ["fault", "cluster", "agent", "when", "skip", "times", "chance"];
const OWN_KEYS: Readonly<Record<FaultAction["fault"], readonly string[]>> = {
  status: ["code", "details"],
  delay: ["ms"],
  "answer-version": ["version"],
  "lose-answer": [],
  drop: [],
  silence: ["accept"],
  "cut-request": [],
};

/** `{"ms": 86400000, "cluster": "d-…"}` @throws BadBody */
export function readAdvance(text: string): { readonly ms: number; readonly cluster?: string } {
  const body = parse(text, '{"ms": 86400000}');
  only(body, ["ms", "cluster"]);
  return { ms: whole(body, "ms", 0, MAX_MS), ...scope(body) };
}

/** Empty, or `{"cluster": "d-…"}` @throws BadBody */
export function readScope(text: string): { readonly cluster?: string } {
  if (text.trim() === "") return {};
  const body = parse(text, '{"cluster": "d-abc"}');
  only(body, ["cluster"]);
  return scope(body);
}

/** A fault as in faults/types.ts; `version` is a decimal string, a whole number or null. @throws BadBody */
export function readFault(text: string): FaultSpec {
  const body = parse(text, '{"fault": "status", "code": 14, "times": 2}');
  const action = readAction(body);
  only(body, [...COMMON, ...OWN_KEYS[action.fault]]);
  const { when } = withDefault(body, "when", undefined);
  if (when !== undefined && when !== "entries" && when !== "heartbeat") {
    throw new BadBody(`when is ${show(when)}; it must be "entries" or "heartbeat", or be left out`);
  }
  return {
    ...action,
    ...scope(body),
    ...(when !== undefined && { when }),
    ...(body["agent"] !== undefined && { agent: whole(body, "agent", 0, 2 ** 32 - 1) }),
    ...(body["chance"] !== undefined && { chance: readChance(body["chance"]) }),
    ...(body["skip"] !== undefined && { skip: whole(body, "skip", 0, MAX_TIMES) }),
    ...(body["times"] !== undefined && { times: whole(body, "times", 1, MAX_TIMES) }),
  };
}

function readAction(body: Body): FaultAction {
  const fault = body["fault"];
  switch (fault) {
    case "status": {
      const details = optionalText(body, "details");
      return { fault, code: whole(body, "code", 1, 16), ...(details !== undefined && { details }) };
    }
    case "delay":
      return { fault, ms: whole(body, "ms", 0, MAX_DELAY_MS) };
    case "answer-version":
      return { fault, version: readVersion(body["version"]) };
    case "silence": {
      const { accept } = withDefault(body, "accept", false);
      if (typeof accept !== "boolean") throw new BadBody(`accept is ${show(accept)}; it must be true or false`);
      return { fault, accept };
    }
    case "lose-answer":
    case "drop":
    case "cut-request":
      return { fault };
    default:
      throw new BadBody(
        `fault is ${show(fault)}; it must be one of "status", "delay", "answer-version", "lose-answer", "drop", "silence", "cut-request"`,
      );
  }
}

function readChance(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new BadBody(`chance is ${show(value)}; it must be a number from 0 to 1`);
}

function readVersion(value: unknown): bigint | null {
  if (value === null) return null;
  if (typeof value === "string" && /^\d{1,20}$/.test(value) && BigInt(value) <= MAX_UINT64) return BigInt(value);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw new BadBody(
    `version is ${show(value)}; it must be a decimal string from "0" to "${MAX_UINT64}", or null for an answer without one`,
  );
}

function parse(text: string, example: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadBody(
      `the body is not JSON (${error instanceof Error ? error.message : String(error)}); send for example ${example}`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadBody(`the body is ${show(value)}, not an object; send for example ${example}`);
  }
  return value as Body;
}

function only(body: Body, keys: readonly string[]): void {
  const stranger = Object.keys(body).find((key) => !keys.includes(key));
  if (stranger !== undefined)
    throw new BadBody(`the body has ${show(stranger)}, which means nothing here; it may have ${keys.join(", ")}`);
}

function scope(body: Body): { readonly cluster?: string } {
  const cluster = optionalText(body, "cluster");
  return cluster === undefined ? {} : { cluster };
}

function optionalText(body: Body, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || typeof value === "string") return value;
  throw new BadBody(`${key} is ${show(value)}; it must be a string, or be left out`);
}

function whole(body: Body, key: string, least: number, most: number): number {
  const value = body[key];
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadBody(`${key} is ${show(value)}; it must be a whole number from ${least} to ${most}`);
}

function withDefault(body: Body, key: string, value: unknown): Body {
  return { [key]: body[key] ?? value };
}

function show(value: unknown): string {
  return value === undefined ? "missing" : (JSON.stringify(value)?.slice(0, 80) ?? "nothing");
}
