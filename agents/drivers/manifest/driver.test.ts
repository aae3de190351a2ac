import { beforeEach, describe, expect, it } from "vitest";
import { memorySink, openTranscript, parseTranscript } from "../../../transcript/index.ts";
import type { AgentRequest } from "../driver.ts";
import { fakeCluster, type FakeCluster } from "../testing/fake-hand.ts";
import { manifestDriver } from "./driver.ts";
import { ManifestError, readManifest } from "./read.ts";

const settings = { host: "172.18.0.1", port: 4000, clusterId: "d-1", agentId: 7, intervalMs: 1000, callTimeoutMs: 2000 };
const access = { url: "https://172.18.0.1:6443", caPem: "CA", token: "TOKEN", kubeconfig: "KUBECONFIG" };

let cluster: FakeCluster;
let sink: ReturnType<typeof memorySink>;
let request: AgentRequest;
beforeEach(() => {
  cluster = fakeCluster();
  sink = memorySink();
  request = {
    tenant: "t",
    recorder: openTranscript(sink).tenant("t"),
    settings,
    access,
    inside: { hand: cluster.hand, namespace: "run", marks: { labels: { run: "r" }, annotations: { owner: "o" } } },
    signal: new AbortController().signal,
  };
});

const pod =
  "{ spec: { containers: [{ name: agent, image: a, env: [{ name: KUBERNETES_SERVICE_HOST, value: mine }, { name: B, value: '{server}' }] }] } }";
const deployment = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: agent }, spec: { replicas: 2, template: ${pod} } }`;
const created = () =>
  cluster.sent.filter(({ method }) => method === "POST") as readonly { path: string; body: Record<string, unknown> }[];
const problem = () => String([...parseTranscript(sink.text())].find(({ kind }) => kind === "unstartable")?.["problem"]);

describe("a manifest", () => {
  it("is applied in its order, in the run's namespace, marked, without pods, and removed again", async () => {
    const account = "{ apiVersion: v1, kind: ServiceAccount, metadata: { name: agent } }";
    const role =
      "{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: agent, labels: { mine: x } } }";
    const agent = await manifestDriver([account, role, deployment].join("\n---\n"), 1000).open(request);
    expect(created().map(({ path }) => path)).toEqual([
      "/api/v1/namespaces/run/secrets",
      "/api/v1/namespaces/run/serviceaccounts",
      "/apis/rbac.authorization.k8s.io/v1/clusterroles",
      "/apis/apps/v1/namespaces/run/deployments",
    ]);
    expect(created()[2]?.body["metadata"]).toMatchObject({ labels: { mine: "x", run: "r" }, annotations: { owner: "o" } });
    expect(created()[3]?.body).toMatchObject({ spec: { replicas: 0 } });
    await agent[Symbol.asyncDispose]();
    const deleted = cluster.sent.filter(({ method }) => method === "DELETE").map(({ path }) => path.split("/").at(-2));
    expect(deleted).toEqual(["deployments", "clusterroles", "serviceaccounts", "secrets"]);
  });

  it("has its placeholders filled, and its pods pointed to the API server of the run", async () => {
    await using _agent = await manifestDriver(deployment, 1000).open(request);
    const { spec } = created().at(-1)!.body as { spec: { template: { metadata: object; spec: Record<string, unknown> } } };
    expect(spec.template.metadata).toEqual({ labels: { "deepflow-conformance.io/agent": expect.any(String) as string } });
    expect(spec.template.spec["containers"]).toEqual([
      {
        name: "agent",
        image: "a",
        env: [
          { name: "B", value: "172.18.0.1:4000" },
          { name: "KUBERNETES_SERVICE_HOST", value: "172.18.0.1" },
          { name: "KUBERNETES_SERVICE_PORT", value: "6443" },
          { name: "KUBERNETES_SERVICE_PORT_HTTPS", value: "6443" },
        ],
        volumeMounts: [
          {
            name: "deepflow-conformance-credentials",
            mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
            readOnly: true,
          },
          { name: "deepflow-conformance-files", mountPath: "/deepflow-conformance", readOnly: true },
        ],
      },
    ]);
    expect(created()[0]?.body).toMatchObject({ stringData: { "kubeconfig.yaml": "KUBECONFIG", "ca.crt": "CA", token: "TOKEN" } });
  });

  it.each([
    ["", undefined],
    ["terminationGracePeriodSeconds: 2", 30],
    ["terminationGracePeriodSeconds: 60", 60],
  ])("is not killed by the kubelet before the harness has measured: %s", async (own, seconds) => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec: { template: { spec: { ${own === "" ? "" : `${own}, `}containers: [{ name: agent, image: a }] } } }`;
    await using _agent = await manifestDriver(text, 1000).open(request);
    const { spec } = created().at(-1)!.body as { spec: { template: { spec: { terminationGracePeriodSeconds?: number } } } };
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(seconds);
  });

  it("tells the patch in the transcript, without a credential", async () => {
    await using _agent = await manifestDriver(deployment, 1000).open(request);
    const applied = [...parseTranscript(sink.text())].filter(({ kind }) => kind === "applied");
    expect(applied.map(({ object, patch }) => [object, patch === undefined])).toEqual([
      [expect.stringMatching(/^Secret run\//) as string, true],
      ["Deployment run/agent", false],
    ]);
    expect(sink.text()).toContain("KUBERNETES_SERVICE_HOST");
    expect(sink.text()).not.toContain("TOKEN");
  });

  it("keeps its own namespace, whose pods get a Secret there", async () => {
    const namespace = "{ apiVersion: v1, kind: Namespace, metadata: { name: mine } }";
    const text = `${deployment.replace("name: agent }", "name: agent, namespace: mine }")}\n---\n${namespace}`;
    await using _agent = await manifestDriver(text, 1000).open(request);
    expect(created().map(({ path }) => path)).toEqual([
      "/api/v1/namespaces",
      "/api/v1/namespaces/mine/secrets",
      "/apis/apps/v1/namespaces/mine/deployments",
    ]);
  });

  it.each([
    [
      "a kind that the server has not",
      `${deployment}\n---\n{ apiVersion: x/v1, kind: X, metadata: { name: x } }`,
      "refuses X x: the server could not find",
    ],
    ["nothing that has pods", "{ apiVersion: v1, kind: Secret, metadata: { name: x } }", "no object in it has pods"],
    ["no YAML", "a: [", "document 1 is no YAML"],
  ])("%s is told and ends the scenario", async (_name, text, words) => {
    await expect(manifestDriver(text, 1000).open(request)).rejects.toThrow(words);
    expect(problem()).toContain(words);
  });

  it("is refused with the server's words, and nothing of it is left", async () => {
    cluster.onWrite(({ method, path }) =>
      method === "POST" && path.includes("deployments") ? "spec.selector: Required value" : undefined,
    );
    await expect(manifestDriver(deployment, 1000).open(request)).rejects.toThrow("spec.selector: Required value");
    expect(cluster.sent.at(-1)).toMatchObject({ method: "DELETE", path: expect.stringContaining("/secrets/") as string });
  });
});

describe("readManifest", () => {
  it("takes Lists apart and leaves empty documents out", () => {
    const list = `{ apiVersion: v1, kind: List, items: [${deployment}] }`;
    expect(readManifest(`---\n---\n${list}`).map(({ kind }) => kind)).toEqual(["Deployment"]);
  });

  it.each([
    ["a text", "hello", "document 1 is no Kubernetes object"],
    ["no kind", "{ apiVersion: v1, metadata: { name: x } }", "document 1 has no apiVersion or no kind"],
    ["no name", "{ apiVersion: v1, kind: Pod, metadata: { generateName: x } }", "a Pod, has no metadata.name"],
  ])("says of %s what is wrong", (_name, text, words) => {
    expect(() => readManifest(text)).toThrow(ManifestError);
    expect(() => readManifest(text)).toThrow(words);
  });
});
