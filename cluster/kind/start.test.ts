import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startEmbeddedCluster, type EmbeddedCluster } from "../embedded/start.ts";
import { thisOwner, writeOwner } from "../shared/owner.ts";
import { startKindCluster } from "./start.ts";
import { fakePrograms, type FakePrograms } from "./testing/fake-programs.ts";

const OWNER = "deepflow-conformance.io/owner";
const READY = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
const dead = writeOwner({ ...thisOwner(), started: "0" });

let server: EmbeddedCluster;
let fake: FakePrograms;
let temporary: string;

beforeEach(async () => {
  const node = { kind: "Node", apiVersion: "v1", metadata: { name: "n", uid: "1" }, status: READY };
  const metadata = { name: "p", namespace: "kube-system", uid: "2" };
  const pod = { kind: "Pod", apiVersion: "v1", metadata, status: READY };
  const done = { ...pod, metadata: { ...metadata, name: "done", uid: "4" }, status: { phase: "Succeeded" } };
  const system = { kind: "Namespace", apiVersion: "v1", metadata: { name: "kube-system", uid: "3" } };
  server = await startEmbeddedCluster({
    objects: [
      { resource: "namespaces", object: system },
      { resource: "nodes", object: node },
      { resource: "pods", object: pod },
      { resource: "pods", object: done },
    ],
  });
  fake = fakePrograms({ url: server.url, caPem: server.caPem, token: server.adminToken });
  temporary = mkdtempSync(join(tmpdir(), "kind-test-"));
  vi.stubEnv("PATH", fake.path);
  vi.stubEnv("TMPDIR", temporary);
  vi.stubEnv("KIND_NODE_IMAGE", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  fake[Symbol.dispose]();
  rmSync(temporary, { recursive: true, force: true });
  await server[Symbol.asyncDispose]();
});

describe("a cluster by kind's command line", () => {
  it("is made under a name of its own, tells where it is, and is deleted", async () => {
    const cluster = await startKindCluster({ run: "20260102T030405Z-1f2e", nodeImage: "node:1", nodes: 3 });
    const name = "deepflow-conformance-20260102t030405z-1f2e";
    expect(cluster).toMatchObject({ kind: "kind", name, hostAddress: "172.18.0.1", nodes: [`${name}-control-plane`] });
    expect(cluster.urls).toMatchObject({ host: server.url, container: `https://${name}-control-plane:6443` });
    expect([fake.clusters(), fake.claims()]).toEqual([[name], [name]]);
    expect(fake.log()).toMatch(
      new RegExp(`create cluster --name ${name} --kubeconfig ${temporary}/\\S+ --config - --image node:1`),
    );
    expect(fake.config().match(/role: \S+/g)).toEqual(["role: control-plane", "role: worker", "role: worker"]);
    await cluster.loadImages(["a:1", "b:1"], ["x", "y"]);
    await cluster.exportLogs("/logs");
    expect(fake.log()).toContain(`load docker-image a:1 b:1 --name ${name} --nodes x,y\nkind export logs /logs --name ${name}`);
    await cluster[Symbol.asyncDispose]();
    expect([fake.clusters(), fake.claims(), readdirSync(temporary)]).toEqual([[], [], []]);
  });

  it("is kept where that was asked for, then taken, and left again; a second run at the same time makes its own", async () => {
    const made = await startKindCluster({ run: "a", keep: true });
    await made[Symbol.asyncDispose]();
    const taken = await startKindCluster({ run: "b", reuse: true });
    const own = await startKindCluster({ run: "c", reuse: true });
    expect([taken.name, own.name]).toEqual([made.name, "deepflow-conformance-c"]);
    await own[Symbol.asyncDispose]();
    await taken[Symbol.asyncDispose]();
    expect(fake.clusters()).toEqual([made.name]);
    const again = await startKindCluster({ run: "d", reuse: true });
    expect(again.name).toBe(made.name);
    await again[Symbol.asyncDispose]();
  });

  it("deletes what dead runs left, and nothing else", async () => {
    fake.add("somebodys");
    fake.add("deepflow-conformance-unclaimed");
    fake.add("deepflow-conformance-living", { [OWNER]: writeOwner(thisOwner()) });
    fake.add("deepflow-conformance-elsewhere", { [OWNER]: "another-host/1/1" });
    fake.add("deepflow-conformance-kept", { [OWNER]: dead, "deepflow-conformance.io/kept": "true" });
    fake.add("deepflow-conformance-dead", { [OWNER]: dead });
    const before = fake.clusters().filter((name) => !name.endsWith("-dead"));
    const cluster = await startKindCluster({ run: "a" });
    await cluster[Symbol.asyncDispose]();
    expect(fake.clusters()).toEqual(before);
  });

  it("leaves a cluster alone that has its name already", async () => {
    fake.add("deepflow-conformance-a");
    await expect(startKindCluster({ run: "a" })).rejects.toThrow(/deepflow-conformance-a already/);
    expect(fake.clusters()).toEqual(["deepflow-conformance-a"]);
  });
});

describe("a cluster that kind does not get up", () => {
  it("is deleted, and kind's last words are told", async () => {
    fake.creating("fail");
    const failing = startKindCluster({ run: "a", keep: true });
    await expect(failing).rejects.toMatchObject({
      code: "cluster-unavailable",
      message: expect.stringMatching(/ended with code 1\. Its last words:\nERROR: the disk is on fire/) as string,
    });
    expect([fake.clusters(), fake.claims(), readdirSync(temporary)]).toEqual([[], [], []]);
  });

  it("leaves the logs of its nodes where it fails, and only then", async () => {
    fake.creating("fail");
    await expect(startKindCluster({ run: "a", logs: "/logs" })).rejects.toThrow(/the disk is on fire/);
    expect(fake.log()).toMatch(/create cluster .* --retain\n(.*\n)*kind export logs \/logs --name \S+-a\nkind delete cluster/);
    fake.creating("well");
    await using _up = await startKindCluster({ run: "b", logs: "/logs" });
    expect(fake.log()).not.toMatch(/export logs \/logs --name \S+-b/);
  });

  it("is deleted when its time is over", async () => {
    fake.creating("hang");
    await expect(startKindCluster({ run: "a", startBudgetMs: 500 })).rejects.toThrow(/no end within 500 ms/);
    expect([fake.hangs(), fake.clusters(), fake.claims()]).toEqual([true, [], []]);
  });

  it("is deleted when the run is aborted", async () => {
    fake.creating("hang");
    const aborting = new AbortController();
    const starting = startKindCluster({ run: "a", signal: aborting.signal });
    const ended = expect(starting).rejects.toThrow("SIGINT");
    await expect.poll(() => fake.hangs(), { timeout: 10_000 }).toBe(true);
    aborting.abort(new Error("SIGINT"));
    await ended;
    expect([fake.clusters(), fake.claims()]).toEqual([[], []]);
  });

  it("is not made any further when the harness is killed, and what there is of it is deleted by the next run", async () => {
    fake.creating("hang");
    const letGo = fake.untilLetGo();
    const module = new URL("start.ts", import.meta.url).href;
    const script = `const { startKindCluster } = await import(${JSON.stringify(module)}); await startKindCluster({ run: "a" });`;
    const harness = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], { stdio: "inherit" });
    await expect.poll(() => fake.hangs(), { timeout: 20_000 }).toBe(true);
    harness.kill("SIGKILL");
    await letGo;
    expect(fake.clusters()).toEqual(["deepflow-conformance-a"]);
    fake.creating("well");
    await using next = await startKindCluster({ run: "b" });
    expect([fake.clusters(), fake.claims()]).toEqual([[next.name], [next.name]]);
  });

  it.each([
    ["kind is missing", () => fake.remove("kind"), /kind is not on PATH.*kind\.sigs\.k8s\.io/],
    ["docker is missing", () => fake.remove("docker"), /docker is not on PATH.*docs\.docker\.com/],
    ["the engine does not answer", () => fake.stopEngine(), /Docker engine does not answer: Cannot connect/],
  ])("says so where %s", async (_name, arrange, told) => {
    // Only the stand-ins, since this machine may have the real programs.
    vi.stubEnv("PATH", fake.path.split(delimiter)[0]);
    arrange();
    await expect(startKindCluster({ run: "a" })).rejects.toThrow(told);
  });
});
