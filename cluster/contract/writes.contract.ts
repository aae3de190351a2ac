import assert from "node:assert/strict";
import { assertStatus, at, configMap, configMaps, create, get, items, patch, versionOf } from "./support.ts";
import type { Json } from "./client.ts";
import type { ContractCase, ContractContext } from "./types.ts";

/** Replacing and patching objects. */
export const writeCases: readonly ContractCase[] = [
  {
    name: "an update under a stale resourceVersion is 409",
    async run(context) {
      const made = await create(context, configMaps(context), configMap("a"));
      await patch(context, configMaps(context, "/a"), { data: { k: "v" } });
      const answer = await put(context, "/a", { ...made, data: { k: "w" } });
      const status = assertStatus(answer, 409, "Conflict");
      const why = "the object has been modified; please apply your changes to the latest version and try again";
      assert.equal(status["message"], `Operation cannot be fulfilled on configmaps "a": ${why}`);
    },
  },
  {
    name: "an update without a resourceVersion replaces whatever is there",
    async run(context) {
      const made = await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      const answer = await put(context, "/a", configMap("a", { data: { l: "w" } }));
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.json["data"], { l: "w" });
      assert.equal(at(answer.json, "metadata")["uid"], at(made, "metadata")["uid"]);
      assert.ok(BigInt(versionOf(answer.json)) > BigInt(versionOf(made)));
    },
  },
  {
    name: "an update of another uid is 409, under another name 400, of a missing object 404",
    async run(context) {
      await create(context, configMaps(context), configMap("a"));
      assertStatus(await put(context, "/a", { ...configMap("a"), metadata: { name: "a", uid: "other" } }), 409, "Conflict");
      assertStatus(await put(context, "/a", configMap("b")), 400, "BadRequest");
      assertStatus(await put(context, "/gone", configMap("gone")), 404, "NotFound");
    },
  },
  {
    name: "a write that changes nothing keeps the resourceVersion",
    async run(context) {
      const made = await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      const same = await patch(context, configMaps(context, "/a"), { data: { k: "v" } });
      assert.equal(versionOf(same), versionOf(made));
    },
  },
  {
    name: "generation counts changes of the spec, not of metadata or status",
    async run(context) {
      const path = deployments(context);
      const made = await create(context, path, deployment("d"));
      assert.equal(at(made, "metadata")["generation"], 1);
      const labelled = await patch(context, `${path}/d`, { metadata: { labels: { x: "y" } } });
      assert.equal(at(labelled, "metadata")["generation"], 1);
      const scaled = await patch(context, `${path}/d`, { spec: { replicas: 3 } });
      assert.equal(at(scaled, "metadata")["generation"], 2);
      const observed = await patch(context, `${path}/d/status`, { status: { observedGeneration: 2 } });
      assert.equal(at(observed, "metadata")["generation"], 2);
    },
  },
  {
    name: "status is written by its subresource alone, and that writes nothing else",
    async run(context) {
      const path = deployments(context);
      await create(context, path, { ...deployment("d"), status: { replicas: 9 } });
      const plain = await patch(context, `${path}/d`, { status: { replicas: 7 } });
      assert.equal(at(plain, "status")["replicas"], undefined);
      const status = await patch(context, `${path}/d/status`, { spec: { replicas: 5 }, status: { replicas: 7 } });
      assert.deepEqual([at(status, "spec")["replicas"], at(status, "status")["replicas"]], [1, 7]);
      assert.equal(at(await get(context, `${path}/d/status`), "status")["replicas"], 7);
    },
  },
  {
    name: "a merge patch sets and, with null, takes away",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { data: { k: "v", l: "w" } }));
      const patched = await patch(context, configMaps(context, "/a"), { data: { k: null, m: "x" } });
      assert.deepEqual(patched["data"], { l: "w", m: "x" });
    },
  },
  {
    name: "a JSON patch applies in order, and not at all where a test fails",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      const jsonPatch = async (body: unknown) =>
        context.client.call(configMaps(context, "/a"), {
          method: "PATCH",
          headers: { "content-type": "application/json-patch+json" },
          body,
        });
      const answer = await jsonPatch([
        { op: "test", path: "/data/k", value: "v" },
        { op: "add", path: "/data/l", value: "w" },
        { op: "remove", path: "/data/k" },
      ]);
      assert.deepEqual([answer.status, answer.json["data"]], [200, { l: "w" }]);
      const failing = [
        { op: "add", path: "/data/m", value: "x" },
        { op: "test", path: "/data/l", value: "no" },
      ];
      assertStatus(await jsonPatch(failing), 422, "Invalid");
      assert.deepEqual((await get(context, configMaps(context, "/a")))["data"], { l: "w" });
      assertStatus(await jsonPatch({}), 400, "BadRequest");
    },
  },
  {
    name: "a strategic merge patch merges containers by name",
    async run(context) {
      const path = deployments(context);
      await create(context, path, deployment("d"));
      const container = { name: "side", image: "side:1" };
      const answer = await context.client.call(`${path}/d`, {
        method: "PATCH",
        headers: { "content-type": "application/strategic-merge-patch+json" },
        body: { spec: { template: { spec: { containers: [container] } } } },
      });
      assert.equal(answer.status, 200, answer.text);
      const containers = at(answer.json, "spec", "template", "spec")["containers"] as readonly Json[];
      assert.deepEqual(new Set(containers.map(({ name }) => name)), new Set(["main", "side"]));
    },
  },
  {
    name: "a patch under a stale resourceVersion is 409, of an unknown type 415, of a missing object 404",
    async run(context) {
      await create(context, configMaps(context), configMap("a"));
      const call = async (path: string, type: string, body: unknown) =>
        context.client.call(configMaps(context, path), { method: "PATCH", headers: { "content-type": type }, body });
      const stale = { metadata: { resourceVersion: "1", labels: { x: "y" } } };
      assertStatus(await call("/a", "application/merge-patch+json", stale), 409, "Conflict");
      assertStatus(await call("/a", "application/json", {}), 415, "UnsupportedMediaType");
      assertStatus(await call("/gone", "application/merge-patch+json", {}), 404, "NotFound");
    },
  },
  {
    name: "a new pod is Pending whatever status it was sent with, and is selected so",
    async run(context) {
      const path = `/api/v1/namespaces/${context.namespace}/pods`;
      const spec = { containers: [{ name: "main", image: "main:1" }] };
      const pod = await create(context, path, {
        kind: "Pod",
        apiVersion: "v1",
        metadata: { name: "p" },
        spec,
        status: { phase: "Running" },
      });
      assert.equal(at(pod, "status")["phase"], "Pending");
      assert.equal(items(await get(context, `${path}?fieldSelector=status.phase%3DPending,spec.nodeName%3D`)).length, 1);
      assert.equal(items(await get(context, `${path}?fieldSelector=status.phase%3DRunning`)).length, 0);
    },
  },
];

function deployments({ namespace }: ContractContext): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments`;
}

function deployment(name: string): Json {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "main:1" }] } };
  return {
    kind: "Deployment",
    apiVersion: "apps/v1",
    metadata: { name },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  };
}

async function put(context: ContractContext, path: string, body: Json) {
  return context.client.call(configMaps(context, path), { method: "PUT", body });
}
