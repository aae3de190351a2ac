import { parseAllDocuments } from "yaml";
import type { ClusterRoleRule } from "./types.ts";

/** A text that holds no ClusterRole that can be used; the message says what is wrong, and how to mend it. */
export class ClusterRoleError extends Error {
  override readonly name = "ClusterRoleError";
}

type Fields = Readonly<Record<string, unknown>>;

const LISTS = ["apiGroups", "resources", "resourceNames", "nonResourceURLs", "verbs"] as const;

/**
 * The rules of the one ClusterRole in a YAML or JSON text. Other documents (account, binding) are passed over; a List is
 * opened.
 *
 * @throws ClusterRoleError
 */
export function readClusterRole(text: string): readonly ClusterRoleRule[] {
  const objects = documentsOf(text);
  const roles = objects.filter(({ kind }) => kind === "ClusterRole");
  const [role, another] = roles;
  if (role === undefined) throw new ClusterRoleError(noRole(objects));
  if (another !== undefined) {
    throw new ClusterRoleError(`there are ${roles.length} ClusterRoles; leave the one that the agent is bound to`);
  }
  if (role["aggregationRule"] !== undefined) {
    throw new ClusterRoleError("its rules are aggregated from other roles by the API server; write them out");
  }
  const rules = role["rules"];
  if (!Array.isArray(rules)) throw new ClusterRoleError("it has no list of rules; `rules: []` grants nothing");
  return rules.map(readRule);
}

function documentsOf(text: string): readonly Fields[] {
  const documents = parseAllDocuments(text.replace(/^\uFEFF/u, ""), { prettyErrors: true });
  const values = (Array.isArray(documents) ? documents : []).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new ClusterRoleError(`it is neither YAML nor JSON: ${error.message.split("\n")[0]}`);
    return document.toJS() as unknown;
  });
  return values.flatMap((value) => {
    if (!isFields(value)) return [];
    const items = value["kind"] === "List" ? value["items"] : undefined;
    return Array.isArray(items) ? items.filter(isFields) : [value];
  });
}

function noRole(objects: readonly Fields[]): string {
  if (objects.some(({ kind }) => kind === "Role")) {
    return "it holds a Role, which grants nothing outside its namespace, and Nodes and Namespaces lie in none; give a ClusterRole";
  }
  const kinds = objects.map(({ kind }) => (typeof kind === "string" ? kind : "something without a kind"));
  return `it holds no ClusterRole${kinds.length === 0 ? "" : `, but ${kinds.join(", ")}`}`;
}

function readRule(value: unknown, index: number): ClusterRoleRule {
  const where = `rules[${index}]`;
  if (!isFields(value)) throw new ClusterRoleError(`${where} is no mapping of apiGroups, resources and verbs`);
  const known: readonly string[] = LISTS;
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) throw new ClusterRoleError(`${where} has a field "${stranger}"; a rule has ${LISTS.join(", ")}`);
  const rule: { [Key in (typeof LISTS)[number]]?: readonly string[] } = {};
  for (const key of LISTS) {
    if (value[key] === undefined) continue;
    rule[key] = textsOf(value[key], `${where}.${key}`);
  }
  const { verbs, apiGroups, resources, nonResourceURLs } = rule;
  if (verbs === undefined || verbs.length === 0)
    throw new ClusterRoleError(`${where} has no verbs; a reader needs get, list and watch`);
  if (nonResourceURLs === undefined && (apiGroups === undefined || resources === undefined)) {
    throw new ClusterRoleError(`${where} needs apiGroups and resources; the core group is ""`);
  }
  return { ...rule, verbs };
}

function textsOf(value: unknown, where: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new ClusterRoleError(`${where} must be a list of texts`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
