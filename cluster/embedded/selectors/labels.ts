import { badRequest } from "../api/status.ts";

/** Whether an object with these labels is selected. */
export type LabelSelector = (labels: Readonly<Record<string, string>>) => boolean;

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const SET = /^(?<key>\S+)\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\)$/;
const EQUALITY = /^(?<key>[^\s=!<>]+)\s*(?<operator>==|=|!=|<|>)\s*(?<value>[^\s=!<>]*)$/;
const EXISTS = /^(?<not>!)?\s*(?<key>[^\s!=]+)$/;

/**
 * Parses a labelSelector query: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, `a<1`, joined by commas.
 * @returns undefined for an empty selector, which selects everything
 * @throws ApiError 400 where the text is no selector
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  if (text.trim() === "") return undefined;
  const requirements = splitOutsideParentheses(text).map((part) => parseRequirement(part.trim()));
  return (labels) => requirements.every((matches) => matches(labels));
}

function parseRequirement(text: string): LabelSelector {
  const set = SET.exec(text)?.groups;
  if (set !== undefined) {
    const key = checkedKey(set["key"]);
    const values = new Set((set["values"] ?? "").split(",").map((value) => checkedValue(key, value.trim())));
    const wanted = set["operator"] === "in";
    return (labels) => {
      const value = labels[key];
      return value === undefined ? !wanted : values.has(value) === wanted;
    };
  }
  const equality = EQUALITY.exec(text)?.groups;
  if (equality !== undefined) return comparison(checkedKey(equality["key"]), equality["operator"], equality["value"] ?? "");
  const exists = EXISTS.exec(text)?.groups;
  if (exists === undefined) throw notUnderstood(text);
  const key = checkedKey(exists["key"]);
  const wanted = exists["not"] === undefined;
  return (labels) => Object.hasOwn(labels, key) === wanted;
}

function comparison(key: string, operator: string | undefined, value: string): LabelSelector {
  if (operator === "<" || operator === ">") {
    if (!/^-?\d+$/.test(value)) {
      throw badRequest("unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer");
    }
    const bound = BigInt(value);
    return (labels) => {
      const actual = labels[key];
      if (actual === undefined || !/^-?\d+$/.test(actual)) return false;
      return operator === ">" ? BigInt(actual) > bound : BigInt(actual) < bound;
    };
  }
  checkedValue(key, value);
  return operator === "!=" ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
}

function notUnderstood(text: string): Error {
  if (text === "") return badRequest("found ',', expected: !, identifier, or 'end of string'");
  const set = /\s(?:in|notin)\s+(?<next>[^(\s]+)/.exec(text)?.groups?.["next"];
  if (set !== undefined) return badRequest(`unable to parse requirement: found '${set}' expected: '('`);
  const found = /[=!<>]/.exec(text)?.[0] ?? text;
  return badRequest(`unable to parse requirement: found '${found}', expected: identifier`);
}

function checkedKey(key = ""): string {
  if (KEY.test(key)) return key;
  throw badRequest(
    `unable to parse requirement: invalid label key "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  );
}

function checkedValue(key: string, value: string): string {
  if (VALUE.test(value)) return value;
  throw badRequest(
    `unable to parse requirement: invalid label value: "${value}": at key: "${key}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
  );
}

function splitOutsideParentheses(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === "(") depth += 1;
    else if (text[index] === ")") depth -= 1;
    else if (text[index] === "," && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
