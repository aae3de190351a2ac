import { describe, expect, it } from "vitest";
import { doctorText } from "./doctor-action.ts";
import { diagnose, isUsable, type MachineFacts } from "./doctor-judge.ts";

const GIB = 2 ** 30;
const all: MachineFacts = {
  node: "v20.19.0",
  embedded: { is: "started" },
  docker: { is: "27.0" },
  kind: { is: "kind v0.27.0" },
  assets: { is: "/assets" },
  contexts: ["dev"],
  go: { is: "go1.24" },
  python: { is: "Python 3.12" },
  inotify: { instances: 512, watches: 524_288 },
  disk: [{ folder: "/tmp", free: 10 * GIB }],
  descriptors: 1024,
  ports: [{ port: 20_035, free: true }],
  proxies: { set: [], exceptLoopback: false },
};
const why = { why: "it is not on PATH" };

describe("what works on a machine", () => {
  it("is all of it where nothing is missing", () => {
    const diagnoses = diagnose(all);
    expect(diagnoses.filter(({ state }) => state !== "works")).toEqual([]);
    expect(new Set(diagnoses.map(({ id }) => id)).size).toBe(diagnoses.length);
    expect(doctorText(diagnoses)).toMatch(/`run` works here/);
  });

  it.each<[string, Partial<MachineFacts>, readonly string[], RegExp]>([
    ["an old Node.js", { node: "v20.18.3" }, ["missing node"], /20\.19/],
    ["a newer Node.js", { node: "v24.0.0" }, [], /./],
    ["no embedded way", { embedded: why }, ["missing embedded"], /every run needs/],
    ["no envtest", { assets: why }, ["missing envtest"], /setup-envtest/],
    ["no kind, a kubeconfig", { kind: why }, ["missing kind"], /kind\.sigs\.k8s\.io/],
    [
      "no kind, no kubeconfig",
      { kind: why, contexts: [] },
      ["missing kind", "missing kubeconfig", "missing manifest"],
      /--context/,
    ],
    ["no engine", { docker: why }, ["missing kind", "missing image"], /docs\.docker\.com/],
    ["a node image to be pulled", { nodeImage: { name: "node:1", present: false } }, ["limited kind"], /docker pull node:1/],
    ["a node image at hand", { nodeImage: { name: "node:1", present: true } }, [], /./],
    ["no Go", { go: why }, ["missing go"], /go\.dev/],
    ["no Python", { python: why }, ["missing python"], /requirements\.txt/],
    ["few inotify instances", { inotify: { instances: 128, watches: 524_288 } }, ["limited inotify"], /max_user_instances=512/],
    ["few inotify watches", { inotify: { instances: 512, watches: 8192 } }, ["limited inotify"], /max_user_watches=524288/],
    ["no inotify", { inotify: {} }, [], /./],
    ["a disk too full for kind", { disk: [{ folder: "/", free: 3 * GIB }] }, ["limited disk"], /free some/],
    ["few open files", { descriptors: 256 }, ["limited descriptors"], /ulimit -n 1024/],
    ["a port taken", { ports: [{ port: 20_080, free: false }] }, ["limited port-20080"], /--control/],
    ["a proxy", { proxies: { set: ["https_proxy"], exceptLoopback: false } }, ["limited proxies"], /NO_PROXY=127\.0\.0\.1/],
    ["a proxy not for this machine", { proxies: { set: ["https_proxy"], exceptLoopback: true } }, [], /./],
  ])("with %s", (_name, facts, expected, remedy) => {
    const troubled = diagnose({ ...all, ...facts }).filter(({ state }) => state !== "works");
    expect(troubled.map(({ state, id }) => `${state} ${id}`)).toEqual(expected);
    expect(troubled.map((diagnosis) => diagnosis.remedy ?? "no remedy").join("\n")).toMatch(expected.length > 0 ? remedy : /^$/);
  });

  it("is enough where the embedded way works, and nothing else does", () => {
    const least = diagnose({ ...all, docker: why, kind: why, assets: why, contexts: [], go: why, python: why });
    expect(isUsable(least)).toBe(true);
    expect(isUsable(diagnose({ ...all, embedded: why }))).toBe(false);
    expect(isUsable(diagnose({ ...all, node: "v18.20.0" }))).toBe(false);
    expect(doctorText(diagnose({ ...all, embedded: why }))).toMatch(/does not work here\.\n$/);
  });
});
