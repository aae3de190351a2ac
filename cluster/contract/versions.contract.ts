import assert from "node:assert/strict";
import { assertStatus, at, configMap, configMaps, create, createConfigMaps, get, items, names, versionOf } from "./support.ts";
import type { ContractCase } from "./types.ts";

/** Far in the future of any server, and within 64 bits. */
const FUTURE = "999999999999";

/** resourceVersion and resourceVersionMatch of gets and lists. */
export const versionCases: readonly ContractCase[] = [
  {
    name: "resourceVersions grow with every write",
    async run(context) {
      const made = await createConfigMaps(context, ["a", "b", "c"]);
      const [a = 0n, b = 0n, c = 0n] = made.map((object) => BigInt(versionOf(object)));
      assert.ok(a < b && b < c);
      const list = await get(context, configMaps(context));
      assert.ok(BigInt(versionOf(list)) >= c);
    },
  },
  {
    name: "Exact shows the state of that moment",
    async run(context) {
      const [, b] = await createConfigMaps(context, ["a", "b"]);
      await create(context, configMaps(context), configMap("c"));
      const then = await get(context, configMaps(context, `?resourceVersionMatch=Exact&resourceVersion=${versionOf(b ?? {})}`));
      assert.deepEqual([names(items(then)), versionOf(then)], [["a", "b"], versionOf(b ?? {})]);
    },
  },
  {
    name: "a bare resourceVersion with a limit means Exact, without one not older than",
    async run(context) {
      const [a] = await createConfigMaps(context, ["a", "b"]);
      const version = versionOf(a ?? {});
      const exact = await get(context, configMaps(context, `?limit=10&resourceVersion=${version}`));
      assert.deepEqual([names(items(exact)), versionOf(exact)], [["a"], version]);
      const [, , c] = [
        ...items(await get(context, configMaps(context))),
        await create(context, configMaps(context), configMap("c")),
      ];
      const newer = await get(context, configMaps(context, `?resourceVersion=${versionOf(c ?? {})}`));
      assert.deepEqual(new Set(names(items(newer))), new Set(["a", "b", "c"]));
    },
  },
  {
    name: "NotOlderThan answers a state at least as new",
    async run(context) {
      const [, b] = await createConfigMaps(context, ["a", "b"]);
      for (const query of ["", "&limit=5"]) {
        const path = configMaps(context, `?resourceVersionMatch=NotOlderThan&resourceVersion=${versionOf(b ?? {})}${query}`);
        const list = await get(context, path);
        assert.deepEqual(new Set(names(items(list))), new Set(["a", "b"]), path);
        assert.ok(BigInt(versionOf(list)) >= BigInt(versionOf(b ?? {})));
      }
    },
  },
  {
    name: "a future resourceVersion is 504 with its cause",
    async run(context) {
      await createConfigMaps(context, ["a"]);
      for (const path of [
        configMaps(context, `?resourceVersion=${FUTURE}`),
        configMaps(context, `/a?resourceVersion=${FUTURE}`),
      ]) {
        const answer = await context.client.call(path);
        const status = assertStatus(answer, 504, "Timeout");
        assert.match(String(status["message"]), new RegExp(`^Timeout: Too large resource version: ${FUTURE}, current: \\d+$`));
        const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
        assert.deepEqual(status["details"], { causes, retryAfterSeconds: 1 });
        assert.equal(answer.headers["retry-after"], "1");
      }
    },
  },
  {
    name: "a future resourceVersion of a page is refused at once",
    async run(context) {
      await createConfigMaps(context, ["a"]);
      const path = configMaps(context, `?limit=1&resourceVersionMatch=NotOlderThan&resourceVersion=${FUTURE}`);
      assertStatus(await context.client.call(path), 504, "Timeout");
      const exact = await context.client.call(configMaps(context, `?resourceVersionMatch=Exact&resourceVersion=${FUTURE}`));
      assert.equal(exact.status, context.connection.minor <= 20 ? 500 : 504, exact.text);
    },
  },
  {
    name: "a revision that came by writes to other resources is waited for in vain",
    // Since then a cache that is waited for asks etcd how far it is.
    maxMinor: 30,
    async run(context) {
      const templates = `/api/v1/namespaces/${context.namespace}/podtemplates`;
      const [made] = await createConfigMaps(context, ["a"]);
      const written = BigInt(versionOf(made ?? {}));
      const recent = versionOf(await get(context, templates));
      assert.ok(BigInt(recent) >= written, "a list without a resourceVersion is of the latest revision");
      const atHand = versionOf(await get(context, `${templates}?resourceVersion=0`));
      assert.ok(BigInt(atHand) < written, "a list at hand is of the last revision in which its resource changed");
      const status = assertStatus(await context.client.call(`${templates}?resourceVersion=${recent}`), 504, "Timeout");
      assert.equal(status["message"], `Timeout: Too large resource version: ${recent}, current: ${atHand}`);
      assert.equal(versionOf(await get(context, `${templates}?resourceVersion=${atHand}`)), atHand);
    },
  },
  {
    name: "combinations that make no sense are 422 and name the field",
    async run(context) {
      const expected: Readonly<Record<string, string>> = {
        "resourceVersionMatch=Exact": "is forbidden unless resourceVersion is provided",
        "resourceVersionMatch=NotOlderThan": "is forbidden unless resourceVersion is provided",
        "resourceVersionMatch=Exact&resourceVersion=0": '"exact" is forbidden for resourceVersion "0"',
        "resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=x": "is forbidden when continue is provided",
        "resourceVersionMatch=Sometimes&resourceVersion=1": 'Unsupported value: "Sometimes"',
      };
      for (const [query, text] of Object.entries(expected)) {
        const status = assertStatus(await context.client.call(configMaps(context, `?${query}`)), 422, "Invalid");
        assert.ok(String(status["message"]).includes(text), `${query}: ${String(status["message"])}`);
        const [cause] = at(status, "details")["causes"] as readonly unknown[];
        assert.equal(at(cause)["field"], "resourceVersionMatch");
      }
    },
  },
  {
    name: "a resourceVersion that is no number is refused",
    async run(context) {
      for (const query of ["?resourceVersion=new", "?resourceVersion=new&limit=1", "?resourceVersion=-1"]) {
        const { status, text } = await context.client.call(configMaps(context, query));
        assert.ok(status === 400 || status === 500, `${query}: ${status}`);
        assert.match(text, /resourceVersion: Invalid value/);
      }
    },
  },
  {
    name: "an Exact state that is forgotten is 410",
    needs: "forgets-history",
    alone: true,
    async run(context) {
      const [a] = await createConfigMaps(context, ["a", "b"]);
      await context.connection.forgetHistory?.();
      const path = configMaps(context, `?resourceVersionMatch=Exact&resourceVersion=${versionOf(a ?? {})}`);
      const status = assertStatus(await context.client.call(path), 410, "Expired");
      assert.equal(status["message"], "The resourceVersion for the provided list is too old.");
    },
  },
];
