import assert from "node:assert/strict";
import { assertStatus, at, configMap, configMaps, create, get, nameOf, remove, versionOf } from "./support.ts";
import type { ContractCase } from "./types.ts";

/** Getting, creating and deleting objects. */
export const objectCases: readonly ContractCase[] = [
  {
    name: "create answers 201 with what the server adds",
    async run(context) {
      const made = await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      const { uid, resourceVersion, creationTimestamp, namespace, managedFields } = at(made, "metadata");
      assert.match(String(uid), /^[0-9a-f]{8}-[0-9a-f]{4}-/);
      assert.match(String(resourceVersion), /^[1-9]\d*$/);
      assert.match(String(creationTimestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.equal(namespace, context.namespace);
      assert.equal(at((managedFields as unknown[])[0])["manager"], "contract");
      assert.deepEqual([made["kind"], made["apiVersion"]], ["ConfigMap", "v1"]);
    },
  },
  {
    name: "get answers the object as it was created",
    async run(context) {
      const made = await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      assert.deepEqual(await get(context, configMaps(context, "/a")), made);
      assert.deepEqual(await get(context, configMaps(context, `/a?resourceVersion=${versionOf(made)}`)), made);
    },
  },
  {
    name: "a missing object is 404 and named",
    async run(context) {
      const status = assertStatus(await context.client.call(configMaps(context, "/gone")), 404, "NotFound");
      assert.equal(status["message"], 'configmaps "gone" not found');
      assert.deepEqual(status["details"], { name: "gone", kind: "configmaps" });
    },
  },
  {
    name: "a name that is taken is 409",
    async run(context) {
      await create(context, configMaps(context), configMap("a"));
      const answer = await context.client.call(configMaps(context), { method: "POST", body: configMap("a") });
      assert.equal(assertStatus(answer, 409, "AlreadyExists")["message"], 'configmaps "a" already exists');
    },
  },
  {
    name: "a name that no object can have is 422",
    async run(context) {
      const answer = await context.client.call(configMaps(context), { method: "POST", body: configMap("Not_A_Name") });
      const status = assertStatus(answer, 422, "Invalid");
      assert.match(String(status["message"]), /^ConfigMap "Not_A_Name" is invalid: metadata\.name: Invalid value/);
      const nameless = await context.client.call(configMaps(context), {
        method: "POST",
        body: { kind: "ConfigMap", apiVersion: "v1" },
      });
      assert.match(String(assertStatus(nameless, 422, "Invalid")["message"]), /name or generateName is required/);
    },
  },
  {
    name: "generateName is completed",
    async run(context) {
      const body = { kind: "ConfigMap", apiVersion: "v1", metadata: { generateName: "made-" } };
      const [one, two] = [await create(context, configMaps(context), body), await create(context, configMaps(context), body)];
      assert.match(nameOf(one), /^made-[a-z0-9]{5}$/);
      assert.notEqual(nameOf(one), nameOf(two));
    },
  },
  {
    name: "a namespace that does not exist is 404",
    async run({ client }) {
      const answer = await client.call("/api/v1/namespaces/no-such-place/configmaps", { method: "POST", body: configMap("a") });
      assert.equal(assertStatus(answer, 404, "NotFound")["message"], 'namespaces "no-such-place" not found');
    },
  },
  {
    name: "a body of another kind, place or syntax is 400",
    async run(context) {
      const post = async (body: unknown) => context.client.call(configMaps(context), { method: "POST", body });
      for (const body of [
        { ...configMap("a"), kind: "Pod" },
        { ...configMap("a"), apiVersion: "v9" },
        { ...configMap("a"), metadata: { name: "a", namespace: "elsewhere" } },
        "no json",
        "[]",
      ]) {
        assertStatus(await post(body), 400, "BadRequest");
      }
      const type = { "content-type": "text/plain" };
      const answer = await context.client.call(configMaps(context), { method: "POST", headers: type, body: "x" });
      assertStatus(answer, 415, "UnsupportedMediaType");
    },
  },
  {
    name: "delete answers a Success Status, and the object is gone",
    async run(context) {
      const made = await create(context, configMaps(context), configMap("a"));
      const answer = await context.client.call(configMaps(context, "/a"), { method: "DELETE" });
      assert.deepEqual([answer.status, answer.json["status"]], [200, "Success"]);
      assert.deepEqual(answer.json["details"], { name: "a", kind: "configmaps", uid: at(made, "metadata")["uid"] });
      assertStatus(await context.client.call(configMaps(context, "/a")), 404, "NotFound");
      assertStatus(await context.client.call(configMaps(context, "/a"), { method: "DELETE" }), 404, "NotFound");
    },
  },
  {
    name: "delete under a precondition that does not hold is 409",
    async run(context) {
      await create(context, configMaps(context), configMap("a"));
      for (const preconditions of [{ uid: "other" }, { resourceVersion: "1" }]) {
        const answer = await context.client.call(configMaps(context, "/a"), { method: "DELETE", body: { preconditions } });
        assertStatus(answer, 409, "Conflict");
      }
      await get(context, configMaps(context, "/a"));
    },
  },
  {
    name: "finalizers hold a deleted object until they are taken off",
    async run(context) {
      const body = { ...configMap("a"), metadata: { name: "a", finalizers: ["example.com/hold"] } };
      await create(context, configMaps(context), body);
      await remove(context, configMaps(context, "/a"));
      const held = await get(context, configMaps(context, "/a"));
      assert.match(String(at(held, "metadata")["deletionTimestamp"]), /Z$/);
      const headers = { "content-type": "application/merge-patch+json" };
      const off = { metadata: { finalizers: null } };
      assert.equal((await context.client.call(configMaps(context, "/a"), { method: "PATCH", headers, body: off })).status, 200);
      assertStatus(await context.client.call(configMaps(context, "/a")), 404, "NotFound");
    },
  },
  {
    name: "a dry run changes nothing",
    async run(context) {
      const answer = await context.client.call(configMaps(context, "?dryRun=All"), { method: "POST", body: configMap("a") });
      assert.equal(answer.status, 201);
      assertStatus(await context.client.call(configMaps(context, "/a")), 404, "NotFound");
    },
  },
  {
    name: "deletecollection empties a namespace of a kind, by selector if one is given",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { labels: { x: "y" } }));
      await create(context, configMaps(context), configMap("b"));
      await remove(context, configMaps(context, "?labelSelector=x%3Dy"));
      assertStatus(await context.client.call(configMaps(context, "/a")), 404, "NotFound");
      await get(context, configMaps(context, "/b"));
    },
  },
  {
    name: "a method that a path does not have is 405",
    async run(context) {
      const { client } = context;
      assertStatus(await client.call("/api/v1/configmaps", { method: "POST", body: configMap("a") }), 405, "MethodNotAllowed");
      assertStatus(await client.call(configMaps(context), { method: "PUT", body: configMap("a") }), 405, "MethodNotAllowed");
      assertStatus(await client.call("/api/v1/configmaps", { method: "DELETE" }), 405, "MethodNotAllowed");
    },
  },
];
