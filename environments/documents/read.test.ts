import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEnvironment, environmentNames } from "../index.ts";
import { readDocuments } from "./read.ts";

const read = (text: string) => readDocuments([{ file: "f.yaml", text }]);

describe("readDocuments", () => {
  it.each([
    ["nothing", "", []],
    ["comments and empty documents", "# a\n---\n---\n# b\n", []],
    ["JSON", '{"inputs": {}}', ["agent-group-config"]],
    ["a byte-order mark", "\uFEFFtap_mode: 1\n", ["agent-group-config"]],
    ["Windows line ends", "tap_mode: 1\r\n---\r\ndeployComponent: [watcher]\r\n", ["agent-group-config", "helm-values"]],
    ["bare rules", "- apiGroups: [apps]\n  resources: [deployments]\n  verbs: [get]\n", ["cluster-role"]],
    ["an object that no rule reads", "apiVersion: v1\nkind: Secret\n", ["other"]],
    ["a stranger's Deployment", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: nginx}\n", ["other"]],
    ["a scalar", "hello", ["unknown"]],
  ])("reads %s", (_title, text, parts) => {
    const reading = read(text);
    expect(reading.documents.map(({ part }) => part)).toEqual(parts);
    expect(reading.findings).toEqual([]);
  });

  it("goes on after a document that is not YAML, and says where that is", () => {
    const reading = read("tap_mode: 1\n---\na: [1\nb: 2\n---\ndeployComponent: [watcher]\n");
    expect(reading.documents.map(({ part }) => part)).toEqual(["agent-group-config", "helm-values"]);
    expect(reading.findings.map(({ rule, line }) => [rule, line])).toEqual([["unreadable", 4]]);
  });

  it("places what stands in a ConfigMap in the file around it", () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  x.yaml: |\n\n       static_config:\n         ingress-flavour: openshift\n  note: "a: b"\n';
    const [document] = read(text).documents;
    const at = document?.root.get("static_config", "ingress-flavour");
    expect([at?.line, at?.column, at?.path]).toEqual([7, 10, 'data["x.yaml"] > static_config.ingress-flavour']);
    expect(document?.root.path).toBe('data["x.yaml"]');
  });

  it("follows anchors, and takes a cycle or a bomb of them calmly", () => {
    const shared = read("a: &a {tap_mode: 1}\ninputs: *a\n").documents[0];
    expect(shared?.root.get("inputs", "tap_mode").value).toBe(1);
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefghij".split("").map((key, index) => `${key}: &${key} [${`*${"abcdefghi"[index] ?? "a"},`.repeat(9)}]`),
    ];
    const result = checkEnvironment("macvlan", [
      { file: "cycle.yaml", text: "inputs: &loop\n  cbpf: *loop\n" },
      { file: "bomb.yaml", text: `inputs:\n  ${bomb.join("\n  ")}\n` },
    ]);
    expect(new Set(result.findings.map(({ rule }) => rule))).toEqual(new Set(["capture-mode", "regex-missing"]));
  });

  it.each([
    ["deep nesting", "[".repeat(20_000)],
    ["control characters", "a: \u0000\u0007\n\t- b"],
    ["a list where a map belongs", "inputs: [1, 2]\ntap_mode: {a: b}\nstatic_config: 5\n"],
    ["maps where lists belong", "apiVersion: v1\nkind: ClusterRole\nrules: {apiGroups: {a: b}}\n"],
    ["keys that are no texts", "? [a, b]\n: 1\n2: 3\ntrue: no\n"],
  ])("survives %s", (_title, text) => {
    const result = checkEnvironment("openshift", [{ file: "f.yaml", text }]);
    expect(result.findings.some(({ level }) => level === "error")).toBe(true);
    expect(result.findings.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
  });

  it("survives whatever is put together from pieces of configurations", () => {
    const keys = [
      "inputs:",
      "static_config:",
      "kubernetes-resources:",
      "api_resources:",
      "rules:",
      "env:",
      "tap_mode: 1",
      "statefulsets",
    ];
    const starts = ["kind: ConfigMap\ndata:\n  a.yaml: |\n", "apiVersion: v1\n", "- name: ", "- apiGroups: [", "---"];
    const signs = ["\n", "\n  ", "  ", "{", "]", ": ", "&a", "*a", "|", '"', "#"];
    const texts = array(constantFrom(...keys, ...starts, ...signs), { maxLength: 25 }).map((pieces) => pieces.join(""));
    assert(
      property(texts, constantFrom(...environmentNames), (text, name) => {
        const { findings } = checkEnvironment(name, [{ file: "f.yaml", text }], "v6.5");
        return findings.every(({ line, column }) => line >= 1 && column >= 1);
      }),
      { numRuns: 300 },
    );
    expect(environmentNames).toHaveLength(12);
  });
});
