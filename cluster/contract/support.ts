import assert from "node:assert/strict";
import type { Answer, Json } from "./client.ts";
import type { ContractContext } from "./types.ts";
import type { WatchedEvent } from "./watch-stream.ts";

/** Path of the ConfigMaps of the case's namespace, which most cases use: every server has them and nobody else writes there. */
export function configMaps({ namespace }: ContractContext, rest = ""): string {
  return `/api/v1/namespaces/${namespace}/configmaps${rest}`;
}

/** A ConfigMap as a client would send it. */
export function configMap(name: string, fields: { labels?: Record<string, string>; data?: Record<string, string> } = {}): Json {
  const { labels, data } = fields;
  return {
    kind: "ConfigMap",
    apiVersion: "v1",
    metadata: { name, ...(labels === undefined ? {} : { labels }) },
    ...(data === undefined ? {} : { data }),
  };
}

/** Creates an object and gives it back as stored. */
export async function create(context: ContractContext, path: string, body: Json): Promise<Json> {
  const answer = await context.client.call(path, { method: "POST", body });
  assert.equal(answer.status, 201, `POST ${path}: ${answer.text}`);
  return answer.json;
}

/** Creates ConfigMaps with these names, one after the other. */
export async function createConfigMaps(
  context: ContractContext,
  names: readonly string[],
  labels?: Record<string, string>,
): Promise<readonly Json[]> {
  const made: Json[] = [];
  for (const name of names) {
    made.push(await create(context, configMaps(context), configMap(name, labels === undefined ? {} : { labels })));
  }
  return made;
}

/** Applies a JSON merge patch and gives the object back. */
export async function patch(context: ContractContext, path: string, body: unknown): Promise<Json> {
  const answer = await context.client.call(path, {
    method: "PATCH",
    headers: { "content-type": "application/merge-patch+json" },
    body,
  });
  assert.equal(answer.status, 200, `PATCH ${path}: ${answer.text}`);
  return answer.json;
}

/** Deletes an object, which must be there. */
export async function remove(context: ContractContext, path: string): Promise<void> {
  const answer = await context.client.call(path, { method: "DELETE" });
  assert.equal(answer.status, 200, `DELETE ${path}: ${answer.text}`);
}

/** GET that must answer 200. */
export async function get(context: ContractContext, path: string): Promise<Json> {
  const answer = await context.client.call(path);
  assert.equal(answer.status, 200, `GET ${path}: ${answer.text}`);
  return answer.json;
}

/** Asserts a failure Status with code and reason; gives the Status back. */
export function assertStatus(answer: Answer, code: number, reason: string): Json {
  assert.equal(answer.status, code, answer.text);
  assert.match(answer.headers["content-type"] ?? "", /^application\/json/);
  const status = answer.json;
  const { kind, apiVersion, status: outcome, reason: given = "", code: inside } = status;
  assert.deepEqual(
    { kind, apiVersion, outcome, given, inside },
    { kind: "Status", apiVersion: "v1", outcome: "Failure", given: reason, inside: code },
  );
  return status;
}

/** A nested object, `{}` where there is none. */
export function at(value: unknown, ...path: readonly string[]): Json {
  let found: unknown = value;
  for (const name of path) found = (found as Json | undefined)?.[name];
  return (found ?? {}) as Json;
}

/** The objects of a list. */
export function items(list: Json): readonly Json[] {
  return list["items"] as readonly Json[];
}

/** metadata.name of an object. */
export function nameOf(object: Json): string {
  return String(at(object, "metadata")["name"]);
}

/** metadata.name of each object. */
export function names(objects: readonly Json[]): readonly string[] {
  return objects.map(nameOf);
}

/** metadata.resourceVersion of an object. */
export function versionOf(object: Json): string {
  return String(at(object, "metadata")["resourceVersion"]);
}

/** Events as `ADDED a`. */
export function told(events: readonly WatchedEvent[]): readonly string[] {
  return events.map(({ type, object }) => `${type} ${nameOf(object)}`);
}
