import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEnvtestCluster, type EnvtestCluster, type KubeObject } from "../cluster/index.ts";
import { tokenAccess } from "../cluster/remote/access.ts";
import { awaitObjects } from "../cluster/remote/await-objects.ts";
import { AdminClient } from "../cluster/remote/client.ts";
import { everythingIn } from "../cluster/testing/everything.ts";
import { playControllers } from "../cluster/testing/play-controllers.ts";
import { readClusterRole } from "../suites/permissions/index.ts";
import type { Results } from "../suites/results.ts";
import { runBuilt } from "./testing/run-built.ts";
import { spawnBuilt } from "./testing/spawn-built.ts";

const READER_TOKEN = "token-of-one-who-may-read";
const ROLE_TOKEN = "token-of-one-with-the-documented-role";
const RUN_LABEL = "deepflow-conformance.io/run";
const RUN_MS = 300_000;
/** How long a process may take until it has made something, and a cluster until it is rid of it. */
const MADE_MS = 120_000;

let folder: string;
let cluster: EnvtestCluster;
let client: AdminClient;
let kubeconfig: string;

/** A kube-apiserver with what a cluster has, in the place of one that somebody works with. */
async function startOwnCluster(): Promise<void> {
  const reads = { apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] };
  const users = [
    { name: "reader", token: READER_TOKEN, rules: [reads] },
    { name: "documented", token: ROLE_TOKEN, rules: documentedRules() },
  ];
  cluster = await startEnvtestCluster({ users });
  client = new AdminClient(tokenAccess(cluster.url, cluster.caPem, cluster.adminToken));
  await cluster.create("nodes", node("node-1", { podCIDR: "10.244.0.0/24" }));
  // One of a network that gives addresses by itself.
  await cluster.create("nodes", node("node-2", {}));
  await cluster.create("namespaces", { kind: "Namespace", apiVersion: "v1", metadata: { name: "payments" } });
  await cluster.create("configmaps", named("ConfigMap", "settings", { data: { colour: "blue" } }));
  await cluster.create("secrets", named("Secret", "password", { stringData: { password: "hunter2" } }));
  await cluster.create("deployments.apps", ledger());
  await cluster.create("services", named("Service", "ledger", { spec: { selector: { app: "ledger" }, ports: [{ port: 80 }] } }));
  await cluster.create("ingresses.networking.k8s.io", ingress());
  kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, JSON.stringify(config()), { mode: 0o600 });
}

describe("a cluster of the user's own", () => {
  if ((process.env["KUBEBUILDER_ASSETS"] ?? "") === "") {
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip("KUBEBUILDER_ASSETS is not set"));
    return;
  }
  let controllers: AsyncDisposable;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "own-cluster-"));
    await startOwnCluster();
    controllers = playControllers(client);
    const run = (pods: ReadonlyMap<string, KubeObject>) =>
      pods.size === 2 && [...pods.values()].every(({ status }) => (status as { phase: string }).phase === "Running");
    await awaitObjects(client, "/api/v1/namespaces/payments/pods", run, { budgetMs: 30_000, what: "the pods do not run" });
  }, 120_000);
  afterAll(async () => {
    await controllers?.[Symbol.asyncDispose]();
    client?.close();
    await cluster?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is judged on, and left as it was", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await everythingIn(client);
    const { code, results, stderr } = await runBuilt(
      [...own("mine"), "--out", join(folder, "core"), "--agent", "reference"],
      signal,
    );
    expect(open(results), stderr).toEqual([]);
    expect(code).toBe(0);
    expect(results.cluster).toEqual({ kind: "kubeconfig", version: cluster.version });
    expect(results.counts.pass).toBeGreaterThan(40);
    expect(await everythingIn(client)).toEqual(before);
  });

  it("takes no more rights than the documentation says", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await everythingIn(client);
    const args = [...own("documented"), "--out", join(folder, "documented"), "--agent", "reference"];
    const { code, results, stderr } = await runBuilt(args, signal);
    expect(open(results), stderr).toEqual([]);
    expect(code).toBe(0);
    expect(await everythingIn(client)).toEqual(before);
  });

  it("is left alone where it has an object of the name that a story would take", { timeout: RUN_MS }, async ({ signal }) => {
    await cluster.create("namespaces", { kind: "Namespace", apiVersion: "v1", metadata: { name: "conformance-shop" } });
    const before = await everythingIn(client);
    const args = [...own("mine"), "--only", "SNAP-3", "--out", join(folder, "taken"), "--agent", "reference"];
    const { code, results } = await runBuilt(args, signal);
    expect(code).toBe(4);
    expect(results.warnings.join("\n")).toContain("Namespace conformance-shop is there already, and not of this run");
    expect(await everythingIn(client)).toEqual(before);
    await client.call("/api/v1/namespaces/conformance-shop", { method: "DELETE" });
    await gone("/api/v1/namespaces?fieldSelector=metadata.name%3Dconformance-shop", signal);
  });

  it("is rid of the run at Ctrl-C", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await everythingIn(client);
    const { code } = await interrupted("SIGINT", "interrupted", signal);
    expect(code).toBe(130);
    expect(await everythingIn(client)).toEqual(before);
  });

  it("tells what it could not be rid of, though it was interrupted", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await everythingIn(client);
    // Without its controllers a namespace that is deleted stays.
    const ended = await interrupted("SIGINT", "stuck", signal, async () => controllers[Symbol.asyncDispose]());
    expect(ended.code).toBe(130);
    expect(ended.stdout).toMatch(/not all could be removed from the cluster: namespace deepflow-conformance-\S+ is still there/);
    const left = Object.keys(await everythingIn(client)).filter((key) => !(key in before));
    expect(left.filter((key) => /^(clusterroles|clusterrolebindings)\./.test(key))).toEqual([]);
    expect(left.filter((key) => key.startsWith("namespaces "))).toHaveLength(1);
    controllers = playControllers(client);
    await gone(`/api/v1/namespaces?labelSelector=${encodeURIComponent(RUN_LABEL)}`, signal);
    expect(await everythingIn(client)).toEqual(before);
  });

  it("is rid of a run that was killed, by the next one", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await everythingIn(client);
    const ended = await interrupted("SIGKILL", "killed", signal);
    expect([ended.code, ended.signal]).toEqual([null, "SIGKILL"]);
    const left = Object.keys(await everythingIn(client)).filter((key) => !(key in before));
    expect(left.filter((key) => /^(namespaces|clusterroles\.|clusterrolebindings\.)/.test(key))).toHaveLength(3);
    const next = [...own("mine"), "--only", "LIFE-2", "--out", join(folder, "next"), "--agent", "reference"];
    const { code, results, stderr } = await runBuilt(next, signal);
    expect([code, open(results)]).toEqual([0, []]);
    expect(stderr).toMatch(/\d+ objects that dead runs had left in the cluster were removed/);
    expect(await everythingIn(client)).toEqual(before);
  });

  it("is told where it lacks kinds that the agent declares", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await everythingIn(client);
    const args = [...own("mine"), "--profile", "environments", "--features", "openshift", "--out", join(folder, "kinds")];
    const { code, results } = await runBuilt([...args, "--agent", "reference"], signal);
    expect(code).toBe(4);
    expect(results.warnings.join("\n")).toMatch(/the cluster has no routes\.route\.openshift\.io.*--features openshift/);
    expect(await everythingIn(client)).toEqual(before);
  });

  it(
    "is not written to by credentials that may only read, and says how it can be judged on",
    { timeout: RUN_MS },
    async ({ signal }) => {
      const args = [...own("theirs"), "--out", join(folder, "refused"), "--agent", "reference"];
      const { code, results } = await runBuilt(args, signal);
      expect(code).toBe(4);
      expect(results.warnings.join("\n")).toMatch(/"theirs": these credentials may not create namespaces.*--read-only/);
    },
  );

  it("is only read with --read-only, whatever the credentials", { timeout: RUN_MS }, async ({ signal }) => {
    const before = await cluster.resourceVersion();
    const runs = ["mine", "theirs"].map((context) => {
      const args = [...own(context), "--read-only", "--out", join(folder, `read-${context}`), "--agent", "reference"];
      return runBuilt(args, signal);
    });
    for (const { code, results, stderr } of await Promise.all(runs)) {
      expect(open(results), stderr).toEqual([]);
      expect(code).toBe(0);
      const excluded = results.checks.filter(
        ({ verdict, message }) => verdict === "not-applicable" && message.includes("--read-only"),
      );
      expect(excluded.map(({ id }) => id)).toContain("KAS-SNAP-3");
      expect(results.checks.find(({ id }) => id === "KAS-SNAP-1")?.verdict).toBe("pass");
    }
    // Not one object was written since.
    expect(await cluster.resourceVersion()).toBe(before);
  });
});

/** The arguments of a run there. The kubeconfig's current context is another one, which is not there. */
function own(context: string): readonly string[] {
  return ["--cluster", "kubeconfig", "--kubeconfig", kubeconfig, "--context", context, "--seed", "7", "--interval", "500ms"];
}

/** Runs until the agent's identity is there, and all before it. */
async function interrupted(by: NodeJS.Signals, name: string, signal: AbortSignal, first = async () => {}) {
  let kill: () => void = () => {};
  const args = ["run", ...own("mine"), "--out", join(folder, name), "--agent", "reference"];
  const ended = spawnBuilt(args, signal, { onSpawn: (child) => (kill = () => void child.kill(by)) });
  const path = `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?labelSelector=${encodeURIComponent(RUN_LABEL)}`;
  const made = awaitObjects(client, path, (found) => found.size > 0, { budgetMs: MADE_MS, what: "nothing was made", signal });
  await Promise.race([made, ended]);
  await first();
  kill();
  return ended;
}

/** Until the controllers have let it go. */
async function gone(path: string, signal: AbortSignal): Promise<void> {
  await awaitObjects(client, path, (found) => found.size === 0, { budgetMs: MADE_MS, what: `${path} is not gone`, signal });
}

function open({ checks }: Results): readonly string[] {
  return checks
    .filter(({ verdict }) => verdict !== "pass" && verdict !== "not-applicable")
    .map(({ id, message }) => `${id}: ${message}`);
}

/** The ClusterRole of the documentation. */
function documentedRules() {
  const text = readFileSync(join(import.meta.dirname, "..", "docs", "clusters.md"), "utf8");
  const [, role = ""] = /```yaml\n# rights-of-the-harness\n([^`]+)```/.exec(text) ?? [];
  return readClusterRole(role);
}

function config(): object {
  const users = [
    { name: "owner", user: { token: cluster.adminToken } },
    { name: "reader", user: { token: READER_TOKEN } },
    { name: "documented", user: { token: ROLE_TOKEN } },
  ];
  const data = Buffer.from(cluster.caPem).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "another",
    contexts: [
      { name: "another", context: { cluster: "nowhere", user: "owner" } },
      { name: "mine", context: { cluster: "cluster", user: "owner" } },
      { name: "theirs", context: { cluster: "cluster", user: "reader" } },
      { name: "documented", context: { cluster: "cluster", user: "documented" } },
    ],
    clusters: [
      { name: "nowhere", cluster: { server: "https://127.0.0.1:1", "certificate-authority-data": data } },
      { name: "cluster", cluster: { server: cluster.url, "certificate-authority-data": data } },
    ],
    users,
  };
}

function node(name: string, spec: object): KubeObject {
  const addresses = [{ type: "InternalIP", address: "172.18.0.2" }];
  const conditions = [{ type: "Ready", status: "True", lastHeartbeatTime: null, lastTransitionTime: null }];
  const nodeInfo = {
    architecture: "amd64",
    operatingSystem: "linux",
    osImage: "Linux",
    kubeletVersion: "v1.20.2",
    kernelVersion: "5.10",
  };
  const capacity = { cpu: "2", memory: "4Gi", pods: "110" };
  return { kind: "Node", apiVersion: "v1", metadata: { name }, spec, status: { addresses, conditions, capacity, nodeInfo } };
}

function ledger(): KubeObject {
  const labels = { app: "ledger" };
  const containers = [{ name: "main", image: "registry.example/ledger:1" }];
  const spec = { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
  return { ...named("Deployment", "ledger", { spec }), apiVersion: "apps/v1" };
}

function ingress(): KubeObject {
  const backend = { service: { name: "ledger", port: { number: 80 } } };
  const spec = { rules: [{ host: "ledger.example", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] };
  return { ...named("Ingress", "ledger", { spec }), apiVersion: "networking.k8s.io/v1" };
}

function named(kind: string, name: string, rest: object): KubeObject {
  return { kind, apiVersion: "v1", metadata: { name, namespace: "payments" }, ...rest };
}
