import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject } from "../cluster/index.ts";
import { whyNoKind } from "../cluster/kind/testing/needs-kind.ts";
import { kubeconfigFiles, readContext } from "../cluster/kubeconfig/read.ts";
import { awaitObjects } from "../cluster/remote/await-objects.ts";
import { AdminClient } from "../cluster/remote/client.ts";
import { everythingIn } from "../cluster/testing/everything.ts";
import { runBuilt } from "./testing/run-built.ts";

const NAME = `own-cluster-${process.pid}`;
const CONTEXT = `kind-${NAME}`;
const START_MS = 300_000;
const RUN_MS = 400_000;

describe("a kind cluster that was made by hand", () => {
  const unavailable = whyNoKind();
  if (unavailable !== undefined) {
    it("is asked for", ({ skip }) => skip(unavailable));
    return;
  }
  let folder: string;
  let kubeconfig: string;
  let client: AdminClient;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "own-kind-"));
    kubeconfig = join(folder, "kubeconfig");
    const image = process.env["KIND_NODE_IMAGE"];
    const wanted = [
      "--name",
      NAME,
      "--kubeconfig",
      kubeconfig,
      "--wait",
      "120s",
      ...(image === undefined ? [] : ["--image", image]),
    ];
    execFileSync("kind", ["create", "cluster", ...wanted], { stdio: ["ignore", "ignore", "pipe"] });
    client = new AdminClient(readContext(kubeconfigFiles(kubeconfig), CONTEXT));
    // The only kind of object that a new cluster has none of.
    await client.call("/apis/networking.k8s.io/v1/namespaces/default/ingresses", { method: "POST", body: ingress() });
    // Those that wait for the network are scheduled last.
    const scheduled = (pods: ReadonlyMap<string, KubeObject>) =>
      pods.size >= 2 && [...pods.values()].every(({ spec }) => (spec as { readonly nodeName?: string }).nodeName !== undefined);
    await awaitObjects(client, "/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkube-dns", scheduled, {
      budgetMs: 120_000,
      what: "the pods of the cluster's DNS are not scheduled",
    });
    // What controllers make of every namespace belongs to what was there before.
    const { items: namespaces } = (await client.call("/api/v1/namespaces")) as { readonly items: readonly unknown[] };
    const published = "/api/v1/configmaps?fieldSelector=metadata.name%3Dkube-root-ca.crt";
    await awaitObjects(client, published, (found) => found.size >= namespaces.length, {
      budgetMs: 60_000,
      what: "the namespaces do not have their ConfigMaps",
    });
  }, START_MS);
  afterAll(() => {
    client?.close();
    execFileSync("kind", ["delete", "cluster", "--name", NAME, "--kubeconfig", kubeconfig], { stdio: "ignore" });
    rmSync(folder, { recursive: true, force: true });
  }, START_MS);

  it.each([
    ["is judged on, and left as it was", []],
    ["is only read with --read-only", ["--read-only"]],
  ])("%s", { timeout: RUN_MS }, async (_name, more) => {
    const before = await everythingIn(client);
    const out = join(folder, `run-${more.length}`);
    const own = ["--cluster", "kubeconfig", "--kubeconfig", kubeconfig, "--context", CONTEXT];
    const never = new AbortController().signal;
    const { code, results, stderr } = await runBuilt([...own, ...more, "--out", out, "--agent", "reference"], never);
    const open = results.checks.filter(({ verdict }) => verdict === "fail" || verdict === "not-testable");
    expect(
      open.map(({ id, message }) => `${id}: ${message}`),
      stderr,
    ).toEqual([]);
    expect(code).toBe(0);
    expect(await everythingIn(client)).toEqual(before);
  });
});

function ingress(): object {
  const backend = { service: { name: "kubernetes", port: { number: 443 } } };
  const spec = { rules: [{ host: "api.example", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] };
  return { kind: "Ingress", apiVersion: "networking.k8s.io/v1", metadata: { name: "api", namespace: "default" }, spec };
}
