import assert from "node:assert/strict";
import {
  assertStatus,
  at,
  configMap,
  configMaps,
  create,
  createConfigMaps,
  get,
  nameOf,
  patch,
  told,
  versionOf,
} from "./support.ts";
import type { ContractCase } from "./types.ts";

const INITIAL = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
const END = "k8s.io/initial-events-end";

/** Streamed lists, slow readers, many watchers. */
export const streamingCases: readonly ContractCase[] = [
  {
    name: "sendInitialEvents is not known and ignored",
    maxMinor: 26,
    async run(context) {
      await createConfigMaps(context, ["a"]);
      const watch = await context.client.watch(configMaps(context, "?watch=1&sendInitialEvents=true&timeoutSeconds=1"));
      assert.deepEqual(told(await watch.rest()), ["ADDED a"]);
    },
  },
  {
    name: "sendInitialEvents is 422 while its gate is off",
    minMinor: 27,
    needs: "no-watch-list",
    async run(context) {
      const status = assertStatus(await context.client.call(configMaps(context, `?${INITIAL}`)), 422, "Invalid");
      assert.match(
        String(status["message"]),
        /sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled/,
      );
    },
  },
  {
    name: "sendInitialEvents streams the list, marks its end, and goes on",
    minMinor: 27,
    needs: "watch-list",
    async run(context) {
      const made = await createConfigMaps(context, ["a", "b"]);
      const watch = await context.client.watch(configMaps(context, `?${INITIAL}`));
      const events = await watch.take(3);
      await patch(context, configMaps(context, "/a"), { data: { k: "v" } });
      const [next] = await watch.take(1);
      watch.close();
      assert.deepEqual(
        events.map(({ type }) => type),
        ["ADDED", "ADDED", "BOOKMARK"],
      );
      const end = events[2]?.object ?? {};
      assert.equal(at(end, "metadata", "annotations")[END], "true");
      assert.ok(BigInt(versionOf(end)) >= BigInt(versionOf(made.at(-1) ?? {})));
      assert.equal(next?.type, "MODIFIED");
    },
  },
  {
    name: "sendInitialEvents=false begins with what comes next",
    minMinor: 27,
    needs: "watch-list",
    async run(context) {
      await createConfigMaps(context, ["a"]);
      const query = "?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0";
      const watch = await context.client.watch(configMaps(context, query));
      await create(context, configMaps(context), configMap("b"));
      const events = await watch.take(1);
      watch.close();
      assert.deepEqual(told(events), ["ADDED b"]);
    },
  },
  {
    name: "sendInitialEvents needs resourceVersionMatch, and has no place in a list",
    minMinor: 27,
    async run(context) {
      assertStatus(await context.client.call(configMaps(context, "?watch=1&sendInitialEvents=true")), 422, "Invalid");
      const list = assertStatus(await context.client.call(configMaps(context, "?sendInitialEvents=true")), 422, "Invalid");
      assert.match(String(list["message"]), /sendInitialEvents is forbidden for list/);
    },
  },
  {
    name: "a watcher that does not read harms nobody, and gets no gaps",
    async run(context) {
      const path = configMaps(context, "/big");
      const made = await create(context, configMaps(context), configMap("big"));
      const query = `?watch=1&timeoutSeconds=300&resourceVersion=${versionOf(made)}`;
      const slow = await context.client.watch(configMaps(context, query));
      slow.pause();
      const brisk = await context.client.watch(configMaps(context, query));
      const filler = "x".repeat(200_000);
      const versions: string[] = [];
      for (let round = 0; round < 60; round += 1) {
        versions.push(versionOf(await patch(context, path, { data: { round: String(round), filler } })));
      }
      const seen = (await brisk.take(versions.length)).map(({ object }) => versionOf(object));
      brisk.close();
      assert.deepEqual(seen, versions);
      slow.resume();
      const late: string[] = [];
      while (late.length < versions.length) {
        const event = await slow.next().catch(() => undefined);
        if (event === undefined) break; // given up by the server: what came before must still be whole
        late.push(versionOf(event.object));
      }
      slow.close();
      assert.deepEqual(late, versions.slice(0, late.length));
    },
  },
  {
    name: "many watches share one HTTP/2 connection",
    async run(context) {
      const from = versionOf(await get(context, configMaps(context)));
      const paths = Array.from({ length: 40 }, () => configMaps(context, `?watch=1&resourceVersion=${from}`));
      const watches = await Promise.all(paths.map(async (path) => context.client.watch(path, { protocol: "h2" })));
      await createConfigMaps(context, ["a"]);
      const events = await Promise.all(watches.map(async (watch) => watch.next()));
      for (const watch of watches) watch.close();
      assert.deepEqual(new Set(events.map((event) => nameOf(event?.object ?? {}))), new Set(["a"]));
    },
  },
];
