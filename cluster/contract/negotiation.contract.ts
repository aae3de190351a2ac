import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { assertStatus, at, configMap, configMaps, create, createConfigMaps, items, names } from "./support.ts";
import type { Json } from "./client.ts";
import type { ContractCase } from "./types.ts";

const META = "g=meta.k8s.io;v=v1";
const TABLE = `application/json;as=Table;${META}`;
const PARTIAL = `application/json;as=PartialObjectMetadata;${META}`;
const PARTIAL_LIST = `application/json;as=PartialObjectMetadataList;${META}`;

/** Media types, forms, compression, HTTP versions. */
export const negotiationCases: readonly ContractCase[] = [
  {
    name: "JSON comes by default, for anything, and for what lists it",
    async run(context) {
      for (const accept of [
        "application/json",
        "*/*",
        "application/json;q=0.1",
        "application/xml, */*",
        "application/json;as=Nonsense;v=v1;g=x,application/json",
      ]) {
        const answer = await context.client.call(configMaps(context), { headers: { accept } });
        assert.deepEqual([answer.status, answer.json["kind"]], [200, "ConfigMapList"], accept);
        assert.equal(answer.headers["content-type"], "application/json");
      }
    },
  },
  {
    name: "Go clients, which ask for protobuf first, are answered in JSON",
    needs: "json-only",
    async run(context) {
      const headers = { accept: "application/vnd.kubernetes.protobuf,application/json" };
      assert.equal((await context.client.call(configMaps(context), { headers })).json["kind"], "ConfigMapList");
      const only = { accept: "application/vnd.kubernetes.protobuf" };
      assertStatus(await context.client.call(configMaps(context), { headers: only }), 406, "NotAcceptable");
    },
  },
  {
    name: "types and forms that nobody speaks are 406",
    async run(context) {
      for (const accept of [
        "application/xml",
        "application/cbor",
        `application/json;as=Nonsense;${META}`,
        "application/json;as=Table",
      ]) {
        assertStatus(await context.client.call(configMaps(context), { headers: { accept } }), 406, "NotAcceptable");
      }
      assertStatus(await context.client.call(configMaps(context), { headers: { accept: PARTIAL } }), 406, "NotAcceptable");
    },
  },
  {
    name: "a list as a Table",
    async run(context) {
      await createConfigMaps(context, ["a", "b"]);
      const { json } = await context.client.call(configMaps(context), { headers: { accept: `${TABLE},application/json` } });
      assert.deepEqual([json["kind"], json["apiVersion"]], ["Table", "meta.k8s.io/v1"]);
      const columns = (json["columnDefinitions"] as readonly Json[]).map(({ name }) => name);
      assert.deepEqual([columns[0], columns.at(-1)], ["Name", "Age"]);
      const rows = json["rows"] as readonly Json[];
      assert.deepEqual(
        rows.map(({ cells }) => (cells as unknown[])[0]),
        ["a", "b"],
      );
      assert.equal(at(rows[0], "object")["kind"], "PartialObjectMetadata");
      assert.match(String(at(json, "metadata")["resourceVersion"]), /^\d+$/);
    },
  },
  {
    name: "a Table includes as much of the objects as is asked for",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      const row = async (query: string) => {
        const { json } = await context.client.call(configMaps(context, query), { headers: { accept: TABLE } });
        return (json["rows"] as readonly Json[])[0];
      };
      assert.equal(at(await row("?includeObject=Object"), "object")["kind"], "ConfigMap");
      assert.deepEqual(at(await row("?includeObject=Object"), "object")["data"], { k: "v" });
      assert.equal((await row("?includeObject=None"))?.["object"] ?? null, null);
    },
  },
  {
    name: "one object as a Table and as its metadata",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { labels: { x: "y" }, data: { k: "v" } }));
      const table = await context.client.call(configMaps(context, "/a"), { headers: { accept: TABLE } });
      assert.deepEqual([table.json["kind"], (table.json["rows"] as unknown[]).length], ["Table", 1]);
      const { json } = await context.client.call(configMaps(context, "/a"), { headers: { accept: PARTIAL } });
      assert.deepEqual([json["kind"], json["apiVersion"], json["data"]], ["PartialObjectMetadata", "meta.k8s.io/v1", undefined]);
      assert.deepEqual(at(json, "metadata", "labels"), { x: "y" });
    },
  },
  {
    name: "a list as metadata alone, in pages too",
    async run(context) {
      await createConfigMaps(context, ["a", "b", "c"]);
      const { json } = await context.client.call(configMaps(context, "?limit=2"), { headers: { accept: PARTIAL_LIST } });
      assert.deepEqual([json["kind"], json["apiVersion"]], ["PartialObjectMetadataList", "meta.k8s.io/v1"]);
      assert.deepEqual(names(items(json)), ["a", "b"]);
      assert.match(String(at(json, "metadata")["continue"]), /^\w/);
      assert.equal(items(json)[0]?.["kind"], "PartialObjectMetadata");
    },
  },
  {
    name: "a watch of metadata alone, and of Tables",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { data: { k: "v" } }));
      await create(context, configMaps(context), configMap("b"));
      const partial = await context.client.watch(configMaps(context, "?watch=1&timeoutSeconds=1"), {
        headers: { accept: PARTIAL },
      });
      const [first] = await partial.rest();
      assert.deepEqual(
        [first?.type, first?.object["kind"], first?.object["data"]],
        ["ADDED", "PartialObjectMetadata", undefined],
      );
      const tables = await context.client.watch(configMaps(context, "?watch=1&timeoutSeconds=1"), { headers: { accept: TABLE } });
      const [one, two] = await tables.rest();
      assert.equal((at(one, "object")["rows"] as unknown[]).length, 1);
      assert.ok(Array.isArray(one?.object["columnDefinitions"]), "the first event brings the columns");
      assert.equal(two?.object["columnDefinitions"] ?? null, null, "the others do not repeat them");
    },
  },
  {
    name: "large answers are compressed for those who accept it, small ones never",
    async run(context) {
      const headers = { "accept-encoding": "gzip" };
      const small = await context.client.call(configMaps(context), { headers });
      assert.equal(small.headers["content-encoding"], undefined);
      for (const name of ["a", "b", "c"]) {
        await create(context, configMaps(context), configMap(name, { data: { filler: name.repeat(100_000) } }));
      }
      const large = await context.client.call(configMaps(context), { headers });
      assert.equal(large.headers["content-encoding"], "gzip");
      const list = JSON.parse(gunzipSync(large.body).toString("utf8")) as Json;
      assert.deepEqual(names(items(list)), ["a", "b", "c"]);
      const plain = await context.client.call(configMaps(context));
      assert.equal(plain.headers["content-encoding"], undefined);
      assert.deepEqual(items(plain.json), items(list));
    },
  },
  {
    name: "HTTP/2 and HTTP/1.1 say the same",
    async run(context) {
      await createConfigMaps(context, ["a", "b"]);
      const [one, two] = [
        await context.client.call(configMaps(context, "/a"), { protocol: "h1" }),
        await context.client.call(configMaps(context, "/a"), { protocol: "h2" }),
      ];
      assert.deepEqual([one.status, one.text], [two.status, two.text]);
      const watch = await context.client.watch(configMaps(context, "?watch=1&timeoutSeconds=1"), { protocol: "h2" });
      assert.deepEqual(new Set(names((await watch.rest()).map(({ object }) => object))), new Set(["a", "b"]));
      assert.ok(watch.endedCleanly);
    },
  },
  {
    name: "pretty prints on request",
    async run(context) {
      await createConfigMaps(context, ["a"]);
      const pretty = await context.client.call(configMaps(context, "/a?pretty=true"));
      assert.match(pretty.text, /^\{\n {2}"kind": "ConfigMap",\n/);
      const plain = await context.client.call(configMaps(context, "/a"));
      assert.match(plain.text, /^\{"kind":"ConfigMap","apiVersion":"v1","metadata":\{"name":"a","namespace":/);
    },
  },
];
