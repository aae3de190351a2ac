import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyNoKind } from "../cluster/kind/testing/needs-kind.ts";
import type { Results } from "../suites/results.ts";
import { readRun } from "./testing/read-run.ts";
import { startBuilt, type StartedBuilt } from "./testing/start-built.ts";
import { untilRecorded } from "./testing/until-recorded.ts";

const ROOT = join(import.meta.dirname, "..");
const MANIFEST = join(ROOT, "agents", "examples", "manifest", "pseudo-agent.yaml");
const REFERENCE = join(ROOT, "dist", "agents", "reference", "main.js");
/** As the example manifest names it. */
const IMAGE = "deepflow-pseudo-agent";
const LONG_MS = 600_000;
const CORE = ["--profile", "core", "--call-timeout", "2s"];
/** What one scenario is enough for. */
const LITTLE = ["--only", "ECHO-2"];
const ACCEPTED = /"kind":"answer".*"stored":"replaced"/;

const unavailable = whyNoKind();
it.runIf(unavailable !== undefined)("is asked for", ({ skip }) => skip(unavailable));

/** One cluster for all: what each test is about does not depend on how it came to be. */
describe.runIf(unavailable === undefined)("kind clusters, from nothing to a verdict and through disasters", () => {
  let folder: string;
  /** The one that is kept. */
  let cluster = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kind-runs-"));
    execFileSync(join(ROOT, "scripts", "kind", "build-image.sh"), [IMAGE], { stdio: "inherit" });
  }, LONG_MS);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    if (cluster === "") return;
    execFileSync("kind", ["delete", "cluster", "--name", cluster, "--kubeconfig", join(tmpdir(), `no-${cluster}`)]);
    execFileSync("docker", ["volume", "rm", "--force", cluster]);
  }, LONG_MS);

  const run = (name: string, signal: AbortSignal, ...more: readonly string[]): StartedBuilt & { readonly out: string } => {
    const out = join(folder, name);
    return { ...startBuilt(["run", "--cluster", "kind", "--out", out, ...more], signal), out };
  };

  it(
    "one that a killed run has begun is removed by the next; an image is judged in its pods",
    { timeout: LONG_MS },
    async ({ signal }) => {
      const killed = run("begun", signal, ...LITTLE, "--agent", "reference");
      const [, begun = ""] = await killed.until(/making kind cluster (\S+)/);
      await containerStarted(begun, signal);
      killed.child.kill("SIGKILL");
      expect(await killed.ended).toEqual({ code: null, signal: "SIGKILL" });

      const judged = run("image", signal, ...CORE, "--nodes", "3", "--keep", "--image", IMAGE);
      [, cluster = ""] = await judged.until(/making kind cluster (\S+)/);
      expect((await judged.ended).code, judged.said()).toBe(0);
      expect(judged.said()).toContain(`deleting kind cluster ${begun}: its run `);
      const { results, lines } = await readRun(judged.out, signal);
      expect(redOf(results)).toEqual([]);
      expect(results.counts.pass).toBeGreaterThan(40);
      expect(lines.filter(({ kind }) => kind === "started").map((line) => typeof line["pod"])).toEqual(Array(3).fill("string"));
      const left = clusters();
      expect([left.includes(begun), left.includes(cluster)]).toEqual([false, true]);
      expect(volumes().filter((name) => name === begun)).toEqual([]);
      expect(inCluster()).toEqual([]);
      expect(existsSync(join(judged.out, "cluster-logs"))).toBe(false);
    },
  );

  it("a manifest of one's own is applied, judged and removed", { timeout: LONG_MS }, async ({ signal }) => {
    const judged = run("manifest", signal, ...CORE, "--reuse", "--manifest", MANIFEST);
    expect((await judged.ended).code, judged.said()).toBe(0);
    expect(judged.said()).toContain(`kind cluster ${cluster} is up and taken`);
    expect(judged.said()).toMatch(/patched Deployment .*KUBERNETES_SERVICE_HOST/);
    const { results, lines } = await readRun(judged.out, signal);
    expect(redOf(results)).toEqual([]);
    expect(results.counts.pass).toBeGreaterThan(40);
    expect(lines.filter(({ kind }) => kind === "applied").map((line) => String(line["object"]))).toContain(
      "ClusterRole pseudo-agent",
    );
    expect(inCluster()).toEqual([]);
    expect(
      kubectl("get", "clusterrole,clusterrolebinding", "-o", "name").filter((name) => name.endsWith("/pseudo-agent")),
    ).toEqual([]);
  });

  it("a command on this host is judged, and Ctrl-C takes nothing but time", { timeout: LONG_MS }, async ({ signal }) => {
    const command = [
      process.execPath,
      REFERENCE,
      "--server",
      "{server}",
      "--cluster-id",
      "{cluster_id}",
      "--interval",
      "{interval_ms}ms",
    ];
    const uploading = untilRecorded(join(folder, "interrupted"), ACCEPTED, signal);
    const interrupted = run("interrupted", signal, ...LITTLE, "--reuse", "--", ...command);
    await uploading;
    interrupted.child.kill("SIGINT");
    expect((await interrupted.ended).code, interrupted.said()).toBe(130);
    expect((await readRun(interrupted.out, signal)).results.exitCode).toBe(130);
    expect(inCluster()).toEqual([]);

    const judged = run("command", signal, ...CORE, "--reuse", "--", ...command);
    expect((await judged.ended).code, judged.said()).toBe(0);
    expect(redOf((await readRun(judged.out, signal)).results)).toEqual([]);
  });

  it("what a killed run has left in a kept cluster is removed by the next", { timeout: LONG_MS }, async ({ signal }) => {
    const uploading = untilRecorded(join(folder, "killed"), ACCEPTED, signal);
    const killed = run("killed", signal, ...LITTLE, "--reuse", "--image", IMAGE);
    await uploading;
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(inCluster()).not.toEqual([]);

    const missing = "deepflow-no-such-image:1";
    const next = run("next", signal, ...LITTLE, "--reuse", "--image", missing);
    expect((await next.ended).code, next.said()).toBe(3);
    expect(next.said()).toMatch(/\d+ objects that dead runs had left in the cluster were removed/);
    expect(next.said()).toMatch(/pod \S+ never ran: container agent: (ErrImagePull|ImagePullBackOff)/);
    expect(inCluster()).toEqual([]);
    expect(readdirSync(join(next.out, "cluster-logs"))).toContain(`${cluster}-control-plane`);
  });

  it("the environment is blamed where the control plane is killed", { timeout: LONG_MS }, async ({ signal }) => {
    const uploading = untilRecorded(join(folder, "beheaded"), ACCEPTED, signal);
    const beheaded = run("beheaded", signal, ...LITTLE, "--reuse", "--agent", "reference");
    await uploading;
    execFileSync("docker", ["kill", `${cluster}-control-plane`]);
    expect((await beheaded.ended).code, beheaded.said()).toBe(4);
    expect(beheaded.said()).toMatch(/environment trouble: /);
    expect(beheaded.said()).not.toMatch(/harness trouble|fault of the harness/);
    const { results, lines } = await readRun(beheaded.out, signal);
    expect(results.exitCode).toBe(4);
    expect(lines.some(({ kind, side }) => kind === "request" && side === "rpc")).toBe(true);
    expect(readdirSync(join(beheaded.out, "cluster-logs"))).not.toEqual([]);
  });

  function kubectl(...args: readonly string[]): readonly string[] {
    const kubeconfig = join(folder, "kubeconfig");
    if (!existsSync(kubeconfig)) execFileSync("kind", ["export", "kubeconfig", "--name", cluster, "--kubeconfig", kubeconfig]);
    return words(execFileSync("kubectl", ["--kubeconfig", kubeconfig, ...args], { encoding: "utf8" }));
  }

  /** What runs have left in the cluster that is kept; what a Namespace holds goes with it. */
  function inCluster(): readonly string[] {
    const kinds = "namespaces,clusterroles,clusterrolebindings";
    return kubectl("get", kinds, "--selector", "deepflow-conformance.io/run", "--output", "name");
  }
});

function redOf({ checks }: Results): readonly string[] {
  return checks
    .filter(({ verdict }) => verdict === "fail" || verdict === "not-testable")
    .map(({ id, message }) => `${id}: ${message}`);
}

/** Resolves when a container of the cluster runs. */
async function containerStarted(name: string, signal: AbortSignal): Promise<void> {
  const filters = [
    "--filter",
    "type=container",
    "--filter",
    "event=start",
    "--since",
    "5m",
    "--format",
    "{{.Actor.Attributes.name}}",
  ];
  const events = spawn("docker", ["events", ...filters], { stdio: ["ignore", "pipe", "inherit"], signal });
  events.on("error", () => {}); // the signal of the test
  for await (const line of createInterface({ input: events.stdout })) if (line.startsWith(name)) break;
  events.kill();
}

function clusters(): readonly string[] {
  return words(execFileSync("kind", ["get", "clusters", "--quiet"], { encoding: "utf8" }));
}

function volumes(): readonly string[] {
  return words(execFileSync("docker", ["volume", "ls", "--quiet"], { encoding: "utf8" }));
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
