import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTranscript, type RawLine } from "../../transcript/index.ts";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { startEnvtestCluster, type EnvtestCluster } from "../envtest/start.ts";
import { Ledger } from "./ledger.ts";
import { startObserver } from "./observe.ts";
import { observedWrites } from "./observed-cluster.ts";

const START_MS = 90_000;
const map = (name: string, data: Readonly<Record<string, string>> = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default" },
  data,
});
const at = (name: string) => ({ namespace: "default", name });

describe("the harness's own watch on a real kube-apiserver", () => {
  if ((process.env["KUBEBUILDER_ASSETS"] ?? "") === "") {
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip("KUBEBUILDER_ASSETS is not set"));
    return;
  }
  let cluster: EnvtestCluster;
  beforeAll(async () => {
    cluster = await startEnvtestCluster();
  }, START_MS);
  afterAll(async () => cluster?.[Symbol.asyncDispose]());

  /** Observes for as long as `work` takes, and gives what was recorded of ConfigMaps. */
  async function observed(
    work: (seen: { readonly ledger: Ledger; readonly until: (commits: number) => Promise<void> }) => Promise<void>,
  ) {
    const lines: RawLine[] = [];
    const transcript = openTranscript({ write: () => {}, close: () => {} });
    let wake = () => {};
    transcript.subscribe((line) => {
      if (line["resource"] !== "configmaps") return;
      lines.push(line);
      wake();
    });
    const commits = () => lines.filter(({ kind }) => kind === "commit");
    const ledger = new Ledger(transcript.tenant("t"));
    const lost: Error[] = [];
    const signal = new AbortController().signal;
    const resources = ["configmaps", "namespaces", "no.such.example"];
    const observer = await startObserver({ hand: cluster.hand, resources, ledger, onLost: (error) => lost.push(error), signal });
    await work({
      ledger,
      async until(count) {
        while (commits().length < count) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
    });
    await observer[Symbol.asyncDispose]();
    expect(lost).toEqual([]);
    return { lines, told: commits().map((line) => `${String(line["change"])} ${String(line["name"])}`) };
  }

  it("tells what is there, and then each change once, whoever wrote it", async () => {
    await cluster.create("configmaps", map("before"));
    const { lines, told } = await observed(async ({ ledger, until }) => {
      const own = observedWrites(cluster, ledger);
      await own.create("configmaps", map("own"));
      await own.patch("configmaps", at("own"), { data: { a: "1" } });
      await own.delete("configmaps", at("own"));
      await cluster.create("configmaps", map("foreign"));
      await cluster.delete("configmaps", at("before"));
      await until(5);
    });
    expect(lines[0]).toMatchObject({ kind: "state", items: [[expect.any(String), expect.any(String), expect.any(String)]] });
    expect(told).toEqual(["created own", "modified own", "deleted own", "created foreign", "deleted before"]);
    const sent = lines.flatMap((line) =>
      line.kind === "commit" ? [(line["item"] as readonly string[]).slice(0, 2).join()] : [],
    );
    expect(new Set(sent).size).toBe(sent.length);
  });

  it("has its own write in the record when the write is done", async () => {
    const { told } = await observed(async ({ ledger }) => {
      const own = observedWrites(cluster, ledger);
      const { metadata } = await own.create("configmaps", map("at-once"));
      expect(ledger.has(metadata.uid ?? "")).toBe(true);
      await own.delete("configmaps", at("at-once"));
      expect(ledger.has(metadata.uid ?? "")).toBe(false);
    });
    expect(told).toEqual(["created at-once", "deleted at-once"]);
  });

  it("goes on after the history was forgotten, and finds what went meanwhile", { timeout: START_MS }, async () => {
    await cluster.create("configmaps", map("kept"));
    await cluster.create("configmaps", map("gone"));
    const { told } = await observed(async ({ until }) => {
      await cluster.delete("configmaps", at("gone"));
      await cluster.forgetHistory();
      await cluster.patch("configmaps", at("kept"), { data: { a: "2" } });
      await until(2);
    });
    expect(told).toEqual(["deleted gone", "modified kept"]);
  });

  it("blames the harness for what it asked wrongly, and the environment for the rest", async () => {
    const ledger = new Ledger(openTranscript({ write: () => {}, close: () => {} }).tenant("t"));
    const own = observedWrites(cluster, ledger);
    await expect(own.create("configmaps", map("Not A Name"))).rejects.toMatchObject({ code: 422 });
    await expect(own.create("configmaps", { ...map("x"), metadata: { name: "x", namespace: "nowhere" } })).rejects.toMatchObject({
      code: 404,
    });
  });

  it("says so where the server stays away", { timeout: START_MS }, async () => {
    const other = await startEnvtestCluster();
    const transcript = openTranscript({ write: () => {}, close: () => {} });
    const ledger = new Ledger(transcript.tenant("t"));
    const signal = new AbortController().signal;
    const told = new Promise<Error>((resolve) => {
      void startObserver({ hand: other.hand, resources: ["configmaps"], ledger, gapMs: 500, onLost: resolve, signal }).then(() =>
        other[Symbol.asyncDispose](),
      );
    });
    expect((await told).message).toContain("could not see configmaps");
    const own = observedWrites(other, ledger);
    await expect(own.create("configmaps", map("late"))).rejects.toMatchObject({ code: "cluster-unavailable" });
  });
});
