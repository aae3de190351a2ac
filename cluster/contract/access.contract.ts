import assert from "node:assert/strict";
import { assertStatus, at, configMap, configMaps } from "./support.ts";
import type { ContractCase } from "./types.ts";

const ACCESS_REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const RULES_REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

/** Who may do what, and in which words the rest is refused. */
export const accessCases: readonly ContractCase[] = [
  {
    name: "a wrong token is 401",
    async run({ as }) {
      const status = assertStatus(await as("wrong").call("/api/v1/pods"), 401, "Unauthorized");
      assert.equal(status["message"], "Unauthorized");
      assertStatus(await as("wrong").call("/version"), 401, "Unauthorized");
    },
  },
  {
    name: "no credentials at all are refused",
    async run({ as }) {
      const answer = await as(undefined).call("/api/v1/pods");
      // With anonymous requests allowed, the default, it is RBAC that refuses them.
      assert.ok(answer.status === 401 || answer.status === 403, answer.text);
      if (answer.status === 403)
        assert.match(String(answer.json["message"]), /User "system:anonymous" cannot list resource "pods"/);
    },
  },
  {
    name: "a list that is not allowed is 403 in the words of RBAC",
    async run({ as, connection, namespace }) {
      const nobody = as(connection.tokens.nobody);
      const all = assertStatus(await nobody.call("/apis/apps/v1/deployments"), 403, "Forbidden");
      const who = 'User "nobody" cannot list resource';
      assert.equal(
        all["message"],
        `deployments.apps is forbidden: ${who} "deployments" in API group "apps" at the cluster scope`,
      );
      assert.deepEqual(all["details"], { group: "apps", kind: "deployments" });
      const some = assertStatus(await nobody.call(`/api/v1/namespaces/${namespace}/pods`), 403, "Forbidden");
      assert.equal(some["message"], `pods is forbidden: ${who} "pods" in API group "" in the namespace "${namespace}"`);
    },
  },
  {
    name: "watch, get and create that are not allowed are 403 and name the verb",
    async run(context) {
      const nobody = context.as(context.connection.tokens.nobody);
      const watch = assertStatus(await nobody.call("/api/v1/pods?watch=1"), 403, "Forbidden");
      assert.match(String(watch["message"]), /cannot watch resource "pods"/);
      const get = assertStatus(await nobody.call(configMaps(context, "/x")), 403, "Forbidden");
      assert.match(String(get["message"]), /^configmaps "x" is forbidden: User "nobody" cannot get resource/);
      const create = await nobody.call(configMaps(context), { method: "POST", body: configMap("x") });
      assert.match(String(assertStatus(create, 403, "Forbidden")["message"]), /cannot create resource "configmaps"/);
    },
  },
  {
    name: "refusal comes before the question whether the resource exists",
    async run({ as, connection }) {
      const status = assertStatus(await as(connection.tokens.nobody).call("/apis/nobody.example.com/v1/foos"), 403, "Forbidden");
      assert.match(String(status["message"]), /^foos\.nobody\.example\.com is forbidden/);
    },
  },
  {
    name: "a path that is not allowed is 403",
    async run({ as, connection }) {
      const status = assertStatus(await as(connection.tokens.nobody).call("/metrics"), 403, "Forbidden");
      assert.equal(status["message"], 'forbidden: User "nobody" cannot get path "/metrics"');
    },
  },
  {
    name: "anybody with a token may discover",
    async run({ as, connection }) {
      const nobody = as(connection.tokens.nobody);
      for (const path of ["/version", "/healthz", "/api", "/apis", "/api/v1", "/apis/apps/v1"]) {
        assert.equal((await nobody.call(path)).status, 200, path);
      }
    },
  },
  {
    name: "a self access review tells what is allowed",
    async run({ as, client, connection }) {
      const body = {
        kind: "SelfSubjectAccessReview",
        apiVersion: "authorization.k8s.io/v1",
        spec: { resourceAttributes: { verb: "list", resource: "pods" } },
      };
      const nobody = await as(connection.tokens.nobody).call(ACCESS_REVIEW, { method: "POST", body });
      assert.deepEqual([nobody.status, at(nobody.json, "status")["allowed"]], [201, false]);
      const admin = await client.call(ACCESS_REVIEW, { method: "POST", body });
      assert.deepEqual([admin.status, at(admin.json, "status")["allowed"]], [201, true]);
      assert.equal(admin.json["kind"], "SelfSubjectAccessReview");
    },
  },
  {
    name: "an access review without a question is 422",
    async run({ client }) {
      const body = { kind: "SelfSubjectAccessReview", apiVersion: "authorization.k8s.io/v1", spec: {} };
      assertStatus(await client.call(ACCESS_REVIEW, { method: "POST", body }), 422, "Invalid");
    },
  },
  {
    name: "a self rules review lists the rules",
    async run({ as, connection, namespace }) {
      const body = { kind: "SelfSubjectRulesReview", apiVersion: "authorization.k8s.io/v1", spec: { namespace } };
      const answer = await as(connection.tokens.nobody).call(RULES_REVIEW, { method: "POST", body });
      assert.equal(answer.status, 201, answer.text);
      assert.match(JSON.stringify(at(answer.json, "status")["resourceRules"]), /selfsubjectaccessreviews/);
    },
  },
];
