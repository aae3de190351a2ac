import assert from "node:assert/strict";
import {
  assertStatus,
  at,
  configMap,
  configMaps,
  create,
  createConfigMaps,
  get,
  items,
  names,
  patch,
  remove,
} from "./support.ts";
import type { Json } from "./client.ts";
import type { ContractCase, ContractContext } from "./types.ts";

const NAMES = ["a", "b", "c", "d", "e"];

/** Lists in pages. */
export const pagingCases: readonly ContractCase[] = [
  {
    name: "pages follow each other in order to the last, counting what remains",
    async run(context) {
      await createConfigMaps(context, NAMES);
      const pages = await allPages(context, "limit=2");
      assert.deepEqual(
        pages.map((page) => names(items(page))),
        [["a", "b"], ["c", "d"], ["e"]],
      );
      assert.deepEqual(
        pages.map((page) => at(page, "metadata")["remainingItemCount"]),
        [3, 1, undefined],
      );
      assert.equal(at(pages.at(-1), "metadata")["continue"], undefined);
    },
  },
  {
    name: "a limit that holds them all gives no token",
    async run(context) {
      await createConfigMaps(context, NAMES);
      const [only, ...more] = await allPages(context, "limit=5");
      assert.deepEqual([items(only ?? {}).length, more.length], [5, 0]);
    },
  },
  {
    name: "later pages show the state of the first, whatever is written meanwhile",
    async run(context) {
      await createConfigMaps(context, NAMES);
      const first = await get(context, configMaps(context, "?limit=2"));
      await remove(context, configMaps(context, "/c"));
      await create(context, configMaps(context), configMap("c0"));
      await patch(context, configMaps(context, "/d"), { data: { k: "v" } });
      await create(context, configMaps(context), configMap("z"));
      const rest = await pagesAfter(context, first, "limit=2");
      assert.deepEqual(
        rest.flatMap((page) => names(items(page))),
        ["c", "d", "e"],
      );
      assert.equal(rest.flatMap(items)[1]?.["data"], undefined);
      for (const page of rest) assert.equal(at(page, "metadata")["resourceVersion"], at(first, "metadata")["resourceVersion"]);
      assert.deepEqual(names(items(await get(context, configMaps(context)))), ["a", "b", "c0", "d", "e", "z"]);
    },
  },
  {
    name: "with a selector the remaining count is left out",
    async run(context) {
      await createConfigMaps(context, NAMES, { x: "y" });
      await createConfigMaps(context, ["f", "g"]);
      const pages = await allPages(context, "limit=2&labelSelector=x%3Dy");
      assert.deepEqual(
        pages.flatMap((page) => names(items(page))),
        NAMES,
      );
      for (const page of pages) assert.equal(at(page, "metadata")["remainingItemCount"], undefined);
    },
  },
  {
    name: "pages go across namespaces",
    async run(context) {
      await createConfigMaps(context, NAMES);
      const found: string[] = [];
      for (let query: string | undefined = "limit=2"; query !== undefined;) {
        const page: Json = await get(context, `/api/v1/configmaps?${query}`);
        const here = items(page).filter((object) => at(object, "metadata")["namespace"] === context.namespace);
        found.push(...names(here));
        const token = at(page, "metadata")["continue"] as string | undefined;
        query = token === undefined ? undefined : `limit=50&continue=${encodeURIComponent(token)}`;
      }
      assert.deepEqual(found, NAMES);
    },
  },
  {
    name: "under resourceVersion 0 the limit is ignored",
    async run(context) {
      const made = await createConfigMaps(context, NAMES);
      // "0" may be answered from a cache that is not yet as new, so it is asked for by number first.
      await get(context, configMaps(context, `?resourceVersion=${String(at(made.at(-1), "metadata")["resourceVersion"])}`));
      const list = await get(context, configMaps(context, "?limit=2&resourceVersion=0"));
      assert.deepEqual(new Set(names(items(list))), new Set(NAMES), "a cache may keep an order of its own");
      assert.equal(at(list, "metadata")["continue"], undefined);
    },
  },
  {
    name: "a token that is none is 400, and so is a resourceVersion beside one",
    async run(context) {
      await createConfigMaps(context, NAMES);
      const broken = assertStatus(await context.client.call(configMaps(context, "?continue=%21")), 400, "BadRequest");
      assert.match(String(broken["message"]), /continue key is not valid/);
      const token = encodeURIComponent(String(at(await get(context, configMaps(context, "?limit=2")), "metadata")["continue"]));
      const both = await context.client.call(configMaps(context, `?continue=${token}&resourceVersion=5`));
      assertStatus(both, 400, "BadRequest");
    },
  },
  {
    name: "an expired token is 410 and brings one to go on with",
    needs: "forgets-history",
    alone: true,
    async run(context) {
      await createConfigMaps(context, NAMES);
      const first = await get(context, configMaps(context, "?limit=2"));
      await create(context, configMaps(context), configMap("d0"));
      await context.connection.forgetHistory?.();
      const token = encodeURIComponent(String(at(first, "metadata")["continue"]));
      const status = assertStatus(await context.client.call(configMaps(context, `?limit=2&continue=${token}`)), 410, "Expired");
      assert.match(String(status["message"]), /^The provided continue parameter is too old to display a consistent list result/);
      const fresh = await get(
        context,
        configMaps(context, `?continue=${encodeURIComponent(String(at(status, "metadata")["continue"]))}`),
      );
      assert.deepEqual(names(items(fresh)), ["c", "d", "d0", "e"]);
    },
  },
];

async function allPages(context: ContractContext, query: string): Promise<readonly Json[]> {
  const first = await get(context, configMaps(context, `?${query}`));
  return [first, ...(await pagesAfter(context, first, query))];
}

async function pagesAfter(context: ContractContext, first: Json, query: string): Promise<readonly Json[]> {
  const pages: Json[] = [];
  for (let page = first; at(page, "metadata")["continue"] !== undefined; pages.push(page)) {
    const token = encodeURIComponent(String(at(page, "metadata")["continue"]));
    page = await get(context, configMaps(context, `?${query}&continue=${token}`));
  }
  return pages;
}
