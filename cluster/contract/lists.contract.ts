import assert from "node:assert/strict";
import { assertStatus, at, configMap, configMaps, create, createConfigMaps, get, items, names } from "./support.ts";
import type { ContractCase } from "./types.ts";

/** Lists and selectors. */
export const listCases: readonly ContractCase[] = [
  {
    name: "a list has its kind, a resourceVersion, and items without their type",
    async run(context) {
      const [made] = await createConfigMaps(context, ["a"]);
      const list = await get(context, configMaps(context));
      assert.deepEqual([list["kind"], list["apiVersion"]], ["ConfigMapList", "v1"]);
      assert.match(String(at(list, "metadata")["resourceVersion"]), /^[1-9]\d*$/);
      const { kind: _kind, apiVersion: _apiVersion, ...untyped } = made ?? {};
      assert.deepEqual(items(list), [untyped]);
    },
  },
  {
    name: "an empty list has empty items",
    async run(context) {
      assert.deepEqual((await get(context, configMaps(context)))["items"], []);
      const nowhere = await get(context, "/api/v1/namespaces/no-such-place/configmaps");
      assert.deepEqual(nowhere["items"], []);
    },
  },
  {
    name: "items come in the order of their keys, of one namespace or of all",
    async run(context) {
      await createConfigMaps(context, ["b", "a.b", "a-b", "a", "ab", "b0"]);
      const sorted = ["a", "a-b", "a.b", "ab", "b", "b0"];
      assert.deepEqual(names(items(await get(context, configMaps(context)))), sorted);
      const all = items(await get(context, "/api/v1/configmaps"));
      const here = all.filter((object) => at(object, "metadata")["namespace"] === context.namespace);
      assert.deepEqual(names(here), sorted);
    },
  },
  {
    name: "label selectors: equality, sets and existence",
    async run(context) {
      await create(context, configMaps(context), configMap("a", { labels: { app: "x", tier: "1" } }));
      await create(context, configMaps(context), configMap("b", { labels: { app: "y", tier: "2" } }));
      await create(context, configMaps(context), configMap("c"));
      const expected: Readonly<Record<string, readonly string[]>> = {
        "app=x": ["a"],
        "app==x": ["a"],
        "app!=x": ["b", "c"],
        "app in (x,y)": ["a", "b"],
        "app in (x, z)": ["a"],
        "app notin (x)": ["b", "c"],
        app: ["a", "b"],
        "!app": ["c"],
        "tier>1": ["b"],
        "tier<2": ["a"],
        "app=x,tier=1": ["a"],
        "app=x,tier=2": [],
        "app in (x,y),tier notin (1)": ["b"],
      };
      for (const [selector, found] of Object.entries(expected)) {
        const list = await get(context, configMaps(context, `?labelSelector=${encodeURIComponent(selector)}`));
        assert.deepEqual(names(items(list)), found, selector);
      }
    },
  },
  {
    name: "field selectors: name and namespace for every kind",
    async run(context) {
      await createConfigMaps(context, ["a", "b"]);
      const list = async (selector: string) =>
        names(items(await get(context, configMaps(context, `?fieldSelector=${encodeURIComponent(selector)}`))));
      assert.deepEqual(await list("metadata.name=a"), ["a"]);
      assert.deepEqual(await list("metadata.name!=a"), ["b"]);
      assert.deepEqual(await list(`metadata.namespace=${context.namespace}`), ["a", "b"]);
      assert.deepEqual(await list("metadata.namespace=elsewhere"), []);
      assert.deepEqual(await list("metadata.name=a,metadata.name=b"), []);
    },
  },
  {
    name: "selectors that cannot be are 400",
    async run(context) {
      const refused = async (path: string) => String(assertStatus(await context.client.call(path), 400, "BadRequest")["message"]);
      assert.equal(await refused("/api/v1/pods?fieldSelector=foo%3Dbar"), "field label not supported: foo");
      assert.match(await refused(configMaps(context, "?fieldSelector=foo%3Dbar")), /^"foo" is not a known field selector/);
      assert.match(await refused(configMaps(context, "?labelSelector=a%20in%20b")), /^unable to parse requirement/);
      assert.match(await refused(configMaps(context, "?labelSelector=-a-")), /unable to parse requirement/);
      assert.match(await refused(configMaps(context, "?limit=many")), /invalid syntax/);
    },
  },
];
