import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEnvtestCluster, type EnvtestCluster } from "../envtest/start.ts";
import { tokenAccess } from "./access.ts";
import { ApiError } from "../embedded/api/status.ts";
import { RemoteAdmin } from "./admin.ts";
import { AdminClient, type AdminRequest } from "./client.ts";

const START_MS = 90_000;
const NAME = "contended";

describe("the harness's hand in a real API server", () => {
  if ((process.env["KUBEBUILDER_ASSETS"] ?? "") === "") {
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip("KUBEBUILDER_ASSETS is not set"));
    return;
  }
  let cluster: EnvtestCluster;
  let client: AdminClient;
  beforeAll(async () => {
    cluster = await startEnvtestCluster();
    client = new AdminClient(tokenAccess(cluster.url, cluster.caPem, cluster.adminToken));
  }, START_MS);
  afterAll(async () => {
    client?.close();
    await cluster?.[Symbol.asyncDispose]();
  });

  it("ends a namespace though somebody else writes to it meanwhile", { timeout: START_MS }, async () => {
    let writes = 0;
    const contended = {
      async call(path: string, request: AdminRequest = {}) {
        const answer = await client.call(path, request);
        if ((request.method ?? "GET") === "GET" && path === `/api/v1/namespaces/${NAME}`) {
          writes += 1;
          const body = { metadata: { labels: { writes: String(writes) } } };
          await client.call(path, { method: "PATCH", contentType: "application/merge-patch+json", body });
        }
        return answer;
      },
    };
    const admin = new RemoteAdmin(contended as AdminClient, "finalize");
    await admin.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: NAME } });
    await admin.delete("namespaces", { name: NAME });
    expect(writes).toBe(1);
    expect((await cluster.list("namespaces")).map(({ metadata }) => metadata.name)).not.toContain(NAME);
  });

  it("ends a namespace though its controller was sooner by a hair", { timeout: START_MS }, async () => {
    const conflict = new ApiError(409, "Conflict", "Precondition failed: UID in precondition: 1, UID in object meta: ");
    const overtaken = {
      async call(path: string, request: AdminRequest = {}) {
        const answer = await client.call(path, request);
        if (path.endsWith("/finalize")) throw conflict;
        return answer;
      },
    };
    const admin = new RemoteAdmin(overtaken as AdminClient, "finalize");
    await admin.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: NAME } });
    await admin.delete("namespaces", { name: NAME });
    expect((await cluster.list("namespaces")).map(({ metadata }) => metadata.name)).not.toContain(NAME);
  });

  it("leaves nothing of a namespace behind, whatever would outlive its owner by default", { timeout: START_MS }, async () => {
    const admin = new RemoteAdmin(client, "finalize");
    await admin.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "emptied" } });
    const labels = { app: "legacy" };
    const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "pause" }] } };
    await admin.create("replicationcontrollers", {
      apiVersion: "v1",
      kind: "ReplicationController",
      metadata: { name: "legacy", namespace: "emptied" },
      spec: { replicas: 1, selector: labels, template },
    });
    await admin.delete("namespaces", { name: "emptied" });
    const left = await cluster.list("replicationcontrollers");
    expect(left.map(({ metadata }) => [metadata.name, metadata["finalizers"]])).toEqual([]);
  });

  it("says so where a namespace cannot be ended", { timeout: START_MS }, async () => {
    const conflict = new ApiError(409, "Conflict", "the object has been modified");
    const refused = {
      call: (path: string, request: AdminRequest = {}) =>
        path.endsWith("/finalize") ? Promise.reject(conflict) : client.call(path, request),
    };
    const admin = new RemoteAdmin(refused as AdminClient, "finalize");
    await admin.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "lasting" } });
    await expect(admin.delete("namespaces", { name: "lasting" })).rejects.toBe(conflict);
  });
});
