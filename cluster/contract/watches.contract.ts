import assert from "node:assert/strict";
import {
  assertStatus,
  at,
  configMap,
  configMaps,
  create,
  createConfigMaps,
  get,
  names,
  patch,
  remove,
  told,
  versionOf,
} from "./support.ts";
import type { ContractCase } from "./types.ts";

/** Watches. */
export const watchCases: readonly ContractCase[] = [
  {
    name: "a watch from a list's resourceVersion tells every change after it, in order",
    async run(context) {
      await createConfigMaps(context, ["old"]);
      const from = versionOf(await get(context, configMaps(context)));
      // Between the list and its watch: the change that a careless server loses.
      const [between] = await createConfigMaps(context, ["between"]);
      const watch = await context.client.watch(configMaps(context, `?watch=1&resourceVersion=${from}`));
      assert.equal(watch.status, 200);
      assert.match(watch.headers["content-type"] ?? "", /^application\/json/);
      const made = await create(context, configMaps(context), configMap("a"));
      const changed = await patch(context, configMaps(context, "/a"), { data: { k: "v" } });
      await remove(context, configMaps(context, "/a"));
      const events = await watch.take(4);
      watch.close();
      assert.deepEqual(told(events), ["ADDED between", "ADDED a", "MODIFIED a", "DELETED a"]);
      assert.deepEqual(
        events.slice(0, 3).map(({ object }) => object),
        [between, made, changed],
      );
      const last = events[3]?.object ?? {};
      assert.ok(BigInt(versionOf(last)) > BigInt(versionOf(changed)), "the deletion has a resourceVersion of its own");
      assert.deepEqual(last["data"], { k: "v" });
      assert.deepEqual([last["kind"], last["apiVersion"]], ["ConfigMap", "v1"]);
    },
  },
  {
    name: "deletions between list and watch are told too",
    async run(context) {
      await createConfigMaps(context, ["a", "b"]);
      const from = versionOf(await get(context, configMaps(context)));
      await remove(context, configMaps(context, "/a"));
      const watch = await context.client.watch(configMaps(context, `?watch=1&resourceVersion=${from}`));
      const events = await watch.take(1);
      watch.close();
      assert.deepEqual(told(events), ["DELETED a"]);
    },
  },
  {
    name: "without a resourceVersion, or with 0, what exists comes first as ADDED",
    async run(context) {
      const made = await createConfigMaps(context, ["a", "b"]);
      await get(context, configMaps(context, `?resourceVersion=${versionOf(made.at(-1) ?? {})}`));
      for (const query of ["?watch=1", "?watch=true&resourceVersion=0"]) {
        const watch = await context.client.watch(configMaps(context, query));
        const first = await watch.take(2);
        await patch(context, configMaps(context, "/a"), { data: { query } });
        const next = await watch.take(1);
        watch.close();
        assert.deepEqual([...told(first)].sort(), ["ADDED a", "ADDED b"], query);
        assert.deepEqual(told(next), ["MODIFIED a"], query);
      }
    },
  },
  {
    name: "a watch resumes after any event without loss or repetition",
    async run(context) {
      const [a] = await createConfigMaps(context, ["a", "b", "c", "d"]);
      const one = await context.client.watch(configMaps(context, `?watch=1&resourceVersion=${versionOf(a ?? {})}`));
      const [b] = await one.take(1);
      one.close();
      const two = await context.client.watch(configMaps(context, `?watch=1&resourceVersion=${versionOf(b?.object ?? {})}`));
      const rest = await two.take(2);
      two.close();
      assert.deepEqual(told(rest), ["ADDED c", "ADDED d"]);
    },
  },
  {
    name: "timeoutSeconds ends a watch cleanly",
    async run(context) {
      await createConfigMaps(context, ["a"]);
      const watch = await context.client.watch(configMaps(context, "?watch=1&timeoutSeconds=1"));
      assert.deepEqual(told(await watch.rest()), ["ADDED a"]);
      assert.ok(watch.endedCleanly);
    },
  },
  {
    name: "bookmarks come to those who allow them, and carry nothing but a resourceVersion",
    async run(context) {
      const from = versionOf(await get(context, configMaps(context)));
      const path = configMaps(context, `?watch=1&timeoutSeconds=5&resourceVersion=${from}`);
      const [marked, plain] = await Promise.all([
        context.client.watch(`${path}&allowWatchBookmarks=true`),
        context.client.watch(path),
      ]);
      const [a] = await createConfigMaps(context, ["a"]);
      const [withBookmarks, without] = await Promise.all([marked.rest(), plain.rest()]);
      assert.deepEqual(told(without), ["ADDED a"]);
      const bookmark = withBookmarks.find(({ type }) => type === "BOOKMARK")?.object ?? {};
      assert.deepEqual([bookmark["kind"], bookmark["apiVersion"]], ["ConfigMap", "v1"]);
      assert.ok(BigInt(versionOf(bookmark)) >= BigInt(versionOf(a ?? {})));
      assert.equal(at(bookmark, "metadata")["name"], undefined);
    },
  },
  {
    name: "a label selector turns comings and goings into ADDED and DELETED",
    async run(context) {
      const from = versionOf(await get(context, configMaps(context)));
      const watch = await context.client.watch(configMaps(context, `?watch=1&labelSelector=x%3Dy&resourceVersion=${from}`));
      const path = configMaps(context, "/a");
      await createConfigMaps(context, ["a", "other"]);
      const entered = await patch(context, path, { metadata: { labels: { x: "y" } } });
      await patch(context, path, { data: { k: "v" } });
      const left = await patch(context, path, { metadata: { labels: { x: "z" } } });
      await patch(context, path, { data: { k: "w" } });
      await patch(context, path, { metadata: { labels: { x: "y" } } });
      await remove(context, path);
      const events = await watch.take(5);
      watch.close();
      assert.deepEqual(told(events), ["ADDED a", "MODIFIED a", "DELETED a", "ADDED a", "DELETED a"]);
      assert.equal(versionOf(events[0]?.object ?? {}), versionOf(entered));
      const gone = events[2]?.object ?? {};
      assert.equal(versionOf(gone), versionOf(left), "under the change that made it leave");
      assert.deepEqual(at(gone, "metadata", "labels"), { x: "y" }, "as it last was in the selector");
    },
  },
  {
    name: "a field selector watches one object",
    async run(context) {
      const from = versionOf(await get(context, configMaps(context)));
      const watch = await context.client.watch(
        configMaps(context, `?watch=1&fieldSelector=metadata.name%3Db&resourceVersion=${from}`),
      );
      await createConfigMaps(context, ["a", "b", "c"]);
      await remove(context, configMaps(context, "/b"));
      const events = await watch.take(2);
      watch.close();
      assert.deepEqual(told(events), ["ADDED b", "DELETED b"]);
    },
  },
  {
    name: "a watch over all namespaces tells of each, one of a namespace only of its own",
    async run(context) {
      const from = versionOf(await get(context, configMaps(context)));
      const all = await context.client.watch(`/api/v1/configmaps?watch=1&resourceVersion=${from}`);
      const none = await context.client.watch(
        `/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=1&resourceVersion=${from}`,
      );
      await createConfigMaps(context, ["mine"]);
      const elsewhere = names((await none.rest()).map(({ object }) => object));
      assert.ok(!elsewhere.includes("mine"));
      for (let event = await all.next(); ; event = await all.next()) {
        assert.ok(event !== undefined, "the stream ended before the event came");
        if (at(event.object, "metadata")["namespace"] === context.namespace) break;
      }
      all.close();
    },
  },
  {
    name: "the old /watch/ paths still watch",
    async run(context) {
      await createConfigMaps(context, ["a"]);
      const watch = await context.client.watch(`/api/v1/watch/namespaces/${context.namespace}/configmaps?timeoutSeconds=1`);
      assert.deepEqual(told(await watch.rest()), ["ADDED a"]);
    },
  },
  {
    name: "resourceVersionMatch has no place in a watch without initial events",
    async run(context) {
      const path = configMaps(context, "?watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=1");
      const status = assertStatus(await context.client.call(path), 422, "Invalid");
      assert.match(String(status["message"]), /resourceVersionMatch is forbidden for watch/);
    },
  },
  {
    name: "a watch from a forgotten resourceVersion is told so by an ERROR event",
    needs: "forgets-history",
    alone: true,
    async run(context) {
      const [a] = await createConfigMaps(context, ["a", "b"]);
      await context.connection.forgetHistory?.();
      const watch = await context.client.watch(configMaps(context, `?watch=1&resourceVersion=${versionOf(a ?? {})}`));
      assert.equal(watch.status, 200);
      const [error, ...more] = await watch.rest();
      assert.deepEqual([error?.type, more.length], ["ERROR", 0]);
      const { kind, status, reason, code, message } = error?.object ?? {};
      assert.deepEqual({ kind, status, reason, code }, { kind: "Status", status: "Failure", reason: "Expired", code: 410 });
      assert.match(String(message), /^too old resource version: \d+ \(\d+\)$/);
    },
  },
];
