import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { tokenAccess } from "../remote/access.ts";
import { AdminClient } from "../remote/client.ts";
import { startEnvtestCluster, type EnvtestCluster } from "./start.ts";

const available = (process.env["KUBEBUILDER_ASSETS"] ?? "") !== "";
const START_MS = 90_000;

describe("a real kube-apiserver as a cluster", () => {
  if (!available) {
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip("KUBEBUILDER_ASSETS is not set"));
    return;
  }
  const logFolder = mkdtempSync(join(tmpdir(), "logs-"));
  let cluster: EnvtestCluster;

  beforeAll(async () => {
    const rules = [
      { verbs: ["list"], apiGroups: [""], resources: ["pods"] },
      { verbs: ["get"], nonResourceURLs: ["/metrics"] },
    ];
    cluster = await startEnvtestCluster({ rules, logFolder });
  }, START_MS);
  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
    rmSync(logFolder, { recursive: true, force: true });
  });

  it("keeps its logs", () => {
    expect(readdirSync(logFolder).sort()).toEqual(["etcd.log", "kube-apiserver.log"]);
    expect(readFileSync(join(logFolder, "kube-apiserver.log"), "utf8")).toContain("Serving securely on");
  });

  it("lets the agent do what its rules say and nothing else", async () => {
    expect(cluster.kubeconfig()).toContain(`token: ${cluster.token}`);
    const agent = new AdminClient(tokenAccess(cluster.url, cluster.caPem, cluster.token));
    expect(await agent.call("/api/v1/pods")).toMatchObject({ kind: "PodList" });
    await expect(agent.call("/api/v1/secrets")).rejects.toMatchObject({ code: 403, status: { reason: "Forbidden" } });
    await agent.call("/metrics");
    agent.close();
  });

  it("creates, updates, patches and deletes with the status", async () => {
    const made = await cluster.create("pods", pod("a", { phase: "Running", podIP: "10.0.0.9" }));
    expect(made["status"]).toMatchObject({ phase: "Running", podIP: "10.0.0.9" });
    const patched = await cluster.patch("pods", ref("a"), { metadata: { labels: { x: "y" } }, status: { phase: "Failed" } });
    expect([patched.metadata.labels, (patched["status"] as { phase: string }).phase]).toEqual([{ x: "y" }, "Failed"]);
    const updated = await cluster.update("pods", { ...patched, status: { phase: "Succeeded" } });
    expect(updated["status"]).toMatchObject({ phase: "Succeeded" });
    expect(await cluster.get("pods", ref("a"))).toEqual(updated);
    await cluster.create("pods", pod("b"));
    expect(await cluster.list("pods", { namespace: "default", labelSelector: "x=y" })).toEqual([updated]);
    expect(BigInt(await cluster.resourceVersion())).toBeGreaterThan(BigInt(updated.metadata.resourceVersion ?? ""));
    await cluster.delete("pods", ref("a"));
    await cluster.delete("pods", ref("b"));
    expect(await cluster.list("pods")).toEqual([]);
    expect(await cluster.get("pods", ref("a"))).toBeUndefined();
  });

  it("refuses as the server does", async () => {
    await expect(cluster.delete("pods", ref("gone"))).rejects.toMatchObject({ code: 404, status: { reason: "NotFound" } });
    await expect(cluster.list("foos.example.com")).rejects.toThrow('the cluster has no resource "foos.example.com"');
    const stale = { ...pod("a"), metadata: { ...ref("a"), resourceVersion: "1" } };
    await cluster.create("pods", pod("a"));
    await expect(cluster.update("pods", stale)).rejects.toMatchObject({ code: 409 });
    await cluster.delete("pods", ref("a"));
  });

  it("deletes a namespace with what is in it", async () => {
    await cluster.create("namespaces", { kind: "Namespace", apiVersion: "v1", metadata: { name: "short" } });
    const metadata = { name: "inside", namespace: "short" };
    await cluster.create("configmaps", { kind: "ConfigMap", apiVersion: "v1", metadata });
    await cluster.delete("namespaces", { name: "short" });
    expect(await cluster.get("namespaces", { name: "short" })).toBeUndefined();
    expect(await cluster.get("configmaps", metadata)).toBeUndefined();
  });

  it(
    "does not outlive a harness that is killed",
    async () => {
      const temporary = mkdtempSync(join(tmpdir(), "killed-"));
      const module = fileURLToPath(new URL("start.ts", import.meta.url));
      const script = `const { startEnvtestCluster } = await import(${JSON.stringify(module)});
        console.log((await startEnvtestCluster()).url); setInterval(() => {}, 1000);`;
      const harness = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        env: { ...process.env, TMPDIR: temporary },
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        const [url] = (await once(createInterface({ input: harness.stdout }), "line")) as [string];
        const [folder = ""] = readdirSync(temporary).filter((name) => name.startsWith("conformance-envtest-"));
        expect(statSync(join(temporary, folder)).isDirectory()).toBe(true);
        const socket = connect(Number(new URL(url).port), "127.0.0.1");
        await once(socket, "connect");
        harness.kill("SIGKILL");
        // The connection ends with the server, and the folder right after: both by the guard.
        socket.resume().on("error", () => {});
        await once(socket, "close");
        await expect.poll(() => existsSync(join(temporary, folder)), { timeout: 10_000 }).toBe(false);
      } finally {
        harness.kill("SIGKILL");
        rmSync(temporary, { recursive: true, force: true });
      }
    },
    START_MS,
  );
});

function ref(name: string): { readonly name: string; readonly namespace: string } {
  return { name, namespace: "default" };
}

function pod(name: string, status?: Readonly<Record<string, unknown>>): KubeObject {
  return {
    kind: "Pod",
    apiVersion: "v1",
    metadata: ref(name),
    spec: { containers: [{ name: "main", image: "main:1" }] },
    ...(status === undefined ? {} : { status }),
  };
}
