import assert from "node:assert/strict";
import { assertStatus, at, get, names } from "./support.ts";
import type { ContractCase } from "./types.ts";
import type { Json } from "./client.ts";

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

/** Version, health and discovery. */
export const discoveryCases: readonly ContractCase[] = [
  {
    name: "GET /version tells major, minor and gitVersion",
    async run(context) {
      const version = await get(context, "/version");
      assert.equal(version["major"], "1");
      assert.equal(Number.parseInt(String(version["minor"]), 10), context.connection.minor);
      assert.match(String(version["gitVersion"]), /^v1\.\d+\.\d+/);
      assert.match(String(version["platform"]), /^linux\//);
    },
  },
  {
    name: "health paths answer ok in plain text",
    async run({ client }) {
      for (const path of ["/healthz", "/livez", "/readyz"]) {
        const answer = await client.call(path);
        assert.deepEqual([path, answer.status, answer.text], [path, 200, "ok"]);
        assert.match(answer.headers["content-type"] ?? "", /^text\/plain/);
      }
    },
  },
  {
    name: "GET /api tells the core version",
    async run(context) {
      const { kind, versions } = await get(context, "/api");
      assert.deepEqual({ kind, versions }, { kind: "APIVersions", versions: ["v1"] });
    },
  },
  {
    name: "GET /apis tells every group with its preferred version",
    async run(context) {
      const list = await get(context, "/apis");
      assert.equal(list["kind"], "APIGroupList");
      const groups = list["groups"] as readonly Json[];
      const apps = groups.find(({ name }) => name === "apps");
      assert.deepEqual(at(apps, "preferredVersion"), { groupVersion: "apps/v1", version: "v1" });
      assert.ok(groups.some(({ name }) => name === "networking.k8s.io"));
    },
  },
  {
    name: "GET /apis/{group} tells one group",
    async run(context) {
      const group = await get(context, "/apis/apps");
      assert.deepEqual([group["kind"], group["name"]], ["APIGroup", "apps"]);
    },
  },
  {
    name: "resource lists tell names, kinds, scope and verbs",
    async run(context) {
      const core = await get(context, "/api/v1");
      assert.deepEqual([core["kind"], core["groupVersion"]], ["APIResourceList", "v1"]);
      const pods = (core["resources"] as readonly Json[]).find(({ name }) => name === "pods");
      assert.deepEqual([pods?.["kind"], pods?.["namespaced"], pods?.["shortNames"]], ["Pod", true, ["po"]]);
      for (const verb of ["get", "list", "watch", "create"]) assert.ok((at(pods)["verbs"] as string[]).includes(verb), verb);
      const apps = await get(context, "/apis/apps/v1");
      const deployments = (apps["resources"] as readonly Json[]).map(({ name }) => name);
      for (const name of ["deployments", "deployments/status", "daemonsets", "statefulsets", "replicasets"]) {
        assert.ok(deployments.includes(name), name);
      }
    },
  },
  {
    name: "ingresses were served by extensions/v1beta1 too",
    maxMinor: 21,
    async run(context) {
      const list = await get(context, "/apis/extensions/v1beta1/ingresses");
      assert.deepEqual([list["kind"], list["apiVersion"]], ["IngressList", "extensions/v1beta1"]);
      const resources = await get(context, "/apis/extensions/v1beta1");
      assert.deepEqual([resources["kind"], resources["apiVersion"]], ["APIResourceList", undefined]);
    },
  },
  {
    name: "ingresses are served by networking.k8s.io alone",
    minMinor: 22,
    async run({ client }) {
      assert.equal((await client.call("/apis/extensions/v1beta1/ingresses")).status, 404);
      assert.equal((await client.call("/apis/networking.k8s.io/v1/ingresses")).status, 200);
    },
  },
  {
    name: "aggregated discovery comes to those who accept it",
    minMinor: 27,
    async run({ client }) {
      const answer = await client.call("/apis", { headers: { accept: `${AGGREGATED},application/json` } });
      assert.equal(answer.json["kind"], "APIGroupDiscoveryList");
      assert.match(answer.headers["content-type"] ?? "", /as=APIGroupDiscoveryList/);
      const apps = names(answer.json["items"] as readonly Json[]);
      assert.ok(apps.includes("apps"));
      const core = await client.call("/api", { headers: { accept: AGGREGATED } });
      assert.equal(core.json["kind"], "APIGroupDiscoveryList");
    },
  },
  {
    name: "a server without aggregated discovery falls back to what is accepted beside it",
    maxMinor: 25,
    async run({ client }) {
      const answer = await client.call("/apis", { headers: { accept: `${AGGREGATED},application/json` } });
      assert.deepEqual([answer.status, answer.json["kind"]], [200, "APIGroupList"]);
    },
  },
  {
    name: "an unknown resource of a known group is 404 as a Status",
    async run({ client }) {
      for (const path of ["/api/v1/foos", "/apis/apps/v1/foos", "/apis/apps/v9/deployments"]) {
        const status = assertStatus(await client.call(path), 404, "NotFound");
        assert.equal(status["message"], "the server could not find the requested resource");
      }
    },
  },
  {
    name: "an unknown group is 404 as text",
    async run({ client }) {
      const answer = await client.call("/apis/nobody.example.com/v1/foos");
      assert.deepEqual([answer.status, answer.text], [404, "404 page not found\n"]);
    },
  },
  {
    name: "a namespaced object has no path without its namespace, a cluster-scoped one none with it",
    async run({ client, namespace }) {
      assertStatus(await client.call("/api/v1/pods/foo"), 404, "NotFound");
      assertStatus(await client.call(`/api/v1/namespaces/${namespace}/nodes`), 404, "NotFound");
    },
  },
];
