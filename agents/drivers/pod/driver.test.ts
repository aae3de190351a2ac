import { beforeEach, describe, expect, it } from "vitest";
import { memorySink, openTranscript, parseTranscript } from "../../../transcript/index.ts";
import { AgentUnstartableError, type AgentRequest } from "../driver.ts";
import { fakeCluster, fakePod, type FakeCluster } from "../testing/fake-hand.ts";
import { podDriver } from "./driver.ts";

const settings = { host: "172.18.0.1", port: 4000, clusterId: "d-1", agentId: 1, intervalMs: 1000, callTimeoutMs: 2000 };
const access = { url: "https://172.18.0.1:6443", caPem: "CA", token: "TOKEN", kubeconfig: "KUBECONFIG" };

const running = { containerID: "c-1", restartCount: 0, state: { running: {} } };
const waiting = (reason: string, message: string, more = {}) => ({ state: { waiting: { reason, message } }, ...more });
const terminated = (id: string, exitCode: number, reason = "Error") => ({ terminated: { exitCode, reason, containerID: id } });

let cluster: FakeCluster;
let sink: ReturnType<typeof memorySink>;
let request: AgentRequest;
beforeEach(() => {
  cluster = fakeCluster();
  sink = memorySink();
  request = {
    tenant: "first-snapshot",
    recorder: openTranscript(sink).tenant("first-snapshot"),
    settings,
    access,
    inside: { hand: cluster.hand, namespace: "run", marks: { labels: { run: "r" }, annotations: { owner: "o" } } },
    signal: new AbortController().signal,
  };
});

const lines = () => [...parseTranscript(sink.text())];
const kinds = () => lines().map(({ kind }) => kind);
const line = (kind: string) => lines().find((candidate) => candidate.kind === kind);
const isScaling = (body: unknown, replicas: number) => JSON.stringify(body) === JSON.stringify({ spec: { replicas } });

/** The kubelet: when the Deployment is switched on, the pod is as given; when it is switched off, it leaves. */
function kubelet(on: object, off: object = { containerID: "c-1", state: terminated("c-1", 0, "Completed") }): void {
  cluster.onWrite(({ method, body }) => {
    if (method === "PATCH" && isScaling(body, 1)) cluster.pod(fakePod(on));
    if (method === "PATCH" && isScaling(body, 0)) cluster.pod(fakePod(on, { leaving: true }));
    if (method === "PATCH" && isScaling(body, 0)) cluster.pod(fakePod(off, { leaving: true }));
    if (method === "DELETE" && JSON.stringify(body).includes("gracePeriodSeconds")) cluster.gone("agent-1");
  });
}

const open = (startTimeoutMs = 10_000) => podDriver("agent:1", ["--flag", "{server}"], startTimeoutMs).open(request);

describe("an agent in a pod", () => {
  it("is applied without pods, started, told to leave, and removed", async () => {
    kubelet(running);
    const agent = await open();
    const life = await agent.start(1);
    expect(await life.stop(5_000)).toBe("left");
    expect(await life.exited).toEqual({ code: 0, signal: null });
    await agent[Symbol.asyncDispose]();
    expect(kinds().sort()).toEqual(["applied", "applied", "coming", "exited", "output", "signalled", "started"]);
    expect(line("started")).toMatchObject({ image: "agent:1", pod: "run/agent-1", life: 1 });
    expect(line("output")).toMatchObject({ text: "said in the pod\n" });
    const deleted = cluster.sent.filter(({ method, path }) => method === "DELETE" && !path.includes("/pods/"));
    expect(deleted.map(({ path }) => path.split("/").at(-2))).toEqual(["deployments", "secrets"]);
  });

  it("records the code with which it left, and that the kernel killed it", async () => {
    kubelet(running, { containerID: "c-1", state: terminated("c-1", 137, "OOMKilled") });
    await using agent = await open();
    await using life = await agent.start(1);
    life.signal("SIGKILL");
    expect(await life.exited).toEqual({ code: 137, signal: null });
    expect(line("exited")).toMatchObject({ code: 137, oomKilled: true });
    expect(line("signalled")).toMatchObject({ signal: "SIGKILL" });
  });

  it("is forced where it does not leave within the grace", async () => {
    let forced = false;
    cluster.onWrite(({ method, body }) => {
      if (method === "PATCH" && isScaling(body, 1)) cluster.pod(fakePod(running));
      if (method === "PATCH" && isScaling(body, 0)) cluster.pod(fakePod(running, { leaving: true }));
      if (method !== "DELETE" || !JSON.stringify(body).includes('"gracePeriodSeconds":0')) return;
      forced = true;
      cluster.gone("agent-1");
    });
    await using agent = await open();
    await using life = await agent.start(1);
    expect(await life.stop(10)).toBe("killed");
    expect(forced).toBe(true);
    expect(
      lines()
        .filter(({ kind }) => kind === "signalled")
        .map((signalled) => signalled["signal"]),
    ).toEqual(["SIGTERM", "SIGKILL"]);
  });

  it("is not deleted before its controller knows that there shall be none, or it would be replaced", async () => {
    let leaving = false;
    cluster.onWrite(({ method, path, body }) => {
      if (method === "PATCH" && isScaling(body, 1)) cluster.pod(fakePod(running));
      if (method === "PATCH" && isScaling(body, 0)) setImmediate(letGo);
      if (method === "DELETE" && path.includes("/pods/")) {
        expect(leaving).toBe(true);
        cluster.gone("agent-1");
      }
    });
    const letGo = () => {
      if (leaving) return;
      leaving = true;
      expect(kinds()).not.toContain("signalled");
      cluster.pod(fakePod(running, { leaving }));
      cluster.pod(fakePod({ containerID: "c-1", state: terminated("c-1", 0, "Completed") }, { leaving }));
    };
    await using agent = await open();
    await using life = await agent.start(1);
    expect(await life.stop(5_000)).toBe("left");
    expect(leaving).toBe(true);
    expect(kinds().indexOf("signalled")).toBeLessThan(kinds().indexOf("exited"));
  });

  it("has no exit code where the kubelet lost sight of its end, and none of the kubelet's words in its log", async () => {
    kubelet(running, { containerID: "c-1", state: terminated("c-1", 137, "ContainerStatusUnknown") });
    cluster.says('rpc error: code = NotFound desc = an error occurred when try to find container "c0ffee": not found');
    await using agent = await open();
    await using life = await agent.start(1);
    await life.stop(5_000);
    expect(await life.exited).toEqual({ code: null, signal: null });
    expect(kinds()).not.toContain("output");
  });

  it("has not ended while the kubelet starts it again, and has when it goes on ending", async () => {
    kubelet(running);
    await using agent = await open();
    await using life = await agent.start(1);
    cluster.pod(fakePod({ containerID: "c-2", restartCount: 1, state: { running: {} }, lastState: terminated("c-1", 1) }));
    await until(() => kinds().includes("restarted"));
    expect(line("restarted")).toMatchObject({ code: 1, reason: "Error", count: 1, pod: "run/agent-1" });
    expect(kinds()).not.toContain("exited");
    const loop = waiting("CrashLoopBackOff", "back-off", {
      containerID: "c-3",
      restartCount: 2,
      lastState: terminated("c-3", 2),
    });
    cluster.pod(fakePod(loop));
    expect(await life.exited).toEqual({ code: 2, signal: null });
  });

  it("is started again", async () => {
    kubelet(running);
    await using agent = await open();
    const first = await agent.start(1);
    first.signal("SIGKILL");
    await first.exited;
    await using second = await agent.start(2);
    expect(second.life).toBe(2);
    expect(
      lines()
        .filter(({ kind }) => kind === "started")
        .map((started) => started["life"]),
    ).toEqual([1, 2]);
  });
});

describe("an agent that never runs in its pod", () => {
  it.each([
    [
      "an image that cannot be pulled",
      waiting("ImagePullBackOff", 'Back-off pulling image "agent:1"'),
      "ImagePullBackOff: Back-off",
    ],
    ["an image name that is none", waiting("InvalidImageName", "couldn't parse"), "InvalidImageName"],
    ["a command that is not there", waiting("RunContainerError", "no such file"), "RunContainerError: no such file"],
  ])("%s", async (_name, status, problem) => {
    kubelet(status);
    await using agent = await open();
    await expect(agent.start(1)).rejects.toThrow(AgentUnstartableError);
    expect(line("unstartable")?.["problem"]).toContain(`pod run/agent-1 never ran: container agent: ${problem}`);
    expect(kinds()).not.toContain("started");
  });

  it("is not scheduled in time", async () => {
    cluster.onWrite(({ method, body }) => {
      if (method === "PATCH" && isScaling(body, 0)) cluster.gone("agent-1");
      if (method !== "PATCH" || !isScaling(body, 1)) return;
      const message = "0/1 nodes are available";
      const conditions = [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }];
      cluster.pod({ ...fakePod({}), status: { phase: "Pending", conditions } });
    });
    const agent = await open(50);
    await expect(agent.start(1)).rejects.toThrow("no pod of the agent ran within 50 ms");
    expect(line("unstartable")?.["problem"]).toContain("Unschedulable: 0/1 nodes are available");
  });

  it("is not even made, which an event explains", async () => {
    await using agent = await open(50);
    await expect(agent.start(1)).rejects.toThrow("of ReplicaSet x: exceeded quota");
  });

  it("is refused by the API server, and nothing is left", async () => {
    cluster.onWrite(({ method, path }) => (method === "POST" && path.endsWith("/deployments") ? "admission denied" : undefined));
    await expect(open()).rejects.toThrow(AgentUnstartableError);
    expect(line("unstartable")?.["problem"]).toContain("the API server refuses Deployment run/pseudo-agent-");
    expect(line("unstartable")?.["problem"]).toContain("admission denied");
    expect(cluster.sent.at(-1)).toMatchObject({ method: "DELETE", path: expect.stringContaining("/secrets/") as string });
  });
});

function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (holds() ? resolve() : setImmediate(look));
    look();
  });
}
