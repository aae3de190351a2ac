import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import {
  agentLines,
  checkEnvironment,
  environmentNames,
  kubernetesResourcesFor,
  materialText,
  renderEnvironment,
} from "./index.ts";

const agents = [...agentLines, "v6.3.3", "v6.6.4", "v6.6.5", "v6.6.7"];
const pairs = environmentNames.flatMap((name) => agents.map((agent) => [name, agent] as const));

/** What no agent of that age can do. */
const UNAVAILABLE = [
  ...["v6.1", "v6.2", "v6.3.3"].map((agent) => `openkruise ${agent}`),
  ...["v6.1", "v6.2", "v6.3", "v6.4", "v6.5", "v6.3.3"].map((agent) => `opengauss ${agent}`),
  ...["v6.1", "v6.6.7"].flatMap((agent) => [`watch-only ${agent}`, `no-apiserver-daemonset ${agent}`]),
];

function materialOf(name: string, agent: string) {
  const rendering = renderEnvironment(name, agent);
  if (!rendering.available) throw new Error(rendering.reason);
  return rendering.material;
}

describe("renderEnvironment", () => {
  it("has material for every pair but those that cannot be", () => {
    const without = pairs.filter(([name, agent]) => !renderEnvironment(name, agent).available).map((pair) => pair.join(" "));
    expect(without.sort()).toEqual(UNAVAILABLE.sort());
  });

  it.each(pairs.filter((pair) => !UNAVAILABLE.includes(pair.join(" "))))("%s %s passes its own check", (name, agent) => {
    const material = materialOf(name, agent);
    const text = materialText(material);
    expect(parseAllDocuments(text).flatMap((document) => document.errors)).toEqual([]);
    const result = checkEnvironment(name, [{ file: "shown.yaml", text }], agent);
    expect(result.findings.filter(({ rule }) => rule !== "placeholder-left")).toEqual([]);
    expect(result.notJudged).toEqual([]);
    expect(result.judged.map(({ part }) => part)).toEqual(material.files.map(({ part }) => part));
  });

  it.each(environmentNames)("%s prints each of its parts alone, as its content says", (name) => {
    const material = materialOf(name, "v7.1");
    for (const file of material.files) {
      const documents = parseAllDocuments(materialText(material, file)).map((document): unknown => document.toJS());
      expect(documents.length === 1 ? documents[0] : documents).toEqual(file.content);
      expect(file.apply.length).toBeGreaterThan(10);
    }
  });

  it.each([
    ["macvlan", "v6.4", { vtap_group_id: "g-xxxxxx", tap_mode: 1, static_config: { "src-interfaces": ["eth0"] } }],
    ["macvlan", "v6.5", { vtap_group_id: "g-xxxxxx", tap_interface_regex: "^eth0$", tap_mode: 1 }],
    ["macvlan", "v7.1", { inputs: { cbpf: { common: { capture_mode: 1 }, af_packet: { interface_regex: "^eth0$" } } } }],
    ["openshift", "v6.3.3", { vtap_group_id: "g-xxxxxx", static_config: { "ingress-flavour": "openshift" } }],
    [
      "openshift",
      "v6.6.4",
      {
        vtap_group_id: "g-xxxxxx",
        static_config: { "kubernetes-resources": [{ name: "ingresses", disabled: true }, { name: "routes" }] },
      },
    ],
    [
      "opengauss",
      "v7.0",
      {
        inputs: { resources: { kubernetes: { api_resources: [{ name: "opengaussclusters", group: "opengauss.cmbc.com.cn" }] } } },
      },
    ],
  ])("configures %s %s in the keys of that agent", (name, agent, content) => {
    expect(materialOf(name, agent).files.find(({ part }) => part === "agent-group-config")?.content).toEqual(content);
  });

  it.each([
    ["watch-only", "v6.6.5", ["Deployment IN_CONTAINER=yes", "Deployment ONLY_WATCH_K8S_RESOURCE=yes"]],
    ["watch-only", "v6.6.9", ["Deployment IN_CONTAINER=yes", "Deployment K8S_WATCH_POLICY=watch-only"]],
    [
      "no-apiserver-daemonset",
      "v7.1",
      ["Deployment IN_CONTAINER=yes", "Deployment K8S_WATCH_POLICY=watch-only", "DaemonSet K8S_WATCH_POLICY=watch-disabled"],
    ],
    ["pseudo-agent", "v7.1", ["DaemonSet K8S_WATCH_POLICY=watch-disabled"]],
    ["ipvlan", "v7.1", []],
  ])("sets the variables of %s %s", (name, agent, expected) => {
    const variables = materialOf(name, agent).environmentVariables;
    expect(variables.map(({ on, name: variable, value }) => `${on} ${variable}=${value}`)).toEqual(expected);
  });

  it.each([
    ["macvlan", 2, 2],
    ["cce-turbo", 2, 2],
    ["ipvlan", 1, 2],
    ["cilium", 1, 2],
    ["terway", 1, 2],
  ])("tells where %s is observed: %i on one node, %i across", (name, sameNode, crossNode) => {
    const points = materialOf(name, "v7.1").observationPoints;
    expect([points?.sameNode.length, points?.crossNode.length]).toEqual([sameNode, crossNode]);
  });

  it("grants ConfigMaps only where they are watched, and Routes only where they are wanted", () => {
    const granted = (name: string, agent: string) =>
      JSON.stringify(materialOf(name, agent).files.find(({ part }) => part === "cluster-role")?.content);
    expect(granted("openshift", "v7.1")).toContain("configmaps");
    expect(granted("openshift", "v6.6")).not.toContain("configmaps");
    expect(granted("openshift", "v7.1")).toContain("route.openshift.io");
    expect(granted("openshift", "v7.1")).not.toContain("ingresses");
    expect(granted("watch-only", "v7.1")).toContain("ingresses");
  });

  it("grants capabilities after the change of owner, which wipes them", () => {
    const commands = materialOf("non-root", "v7.1").steps.flatMap((step) => step.commands);
    expect(commands.findIndex((command) => command.startsWith("chown"))).toBeLessThan(
      commands.findIndex((command) => command.startsWith("setcap")),
    );
  });
});

describe("kubernetesResourcesFor", () => {
  it.each([
    ["openshift", [{ name: "ingresses", disabled: true }, { name: "routes" }]],
    [
      "openkruise",
      [
        { name: "clonesets", group: "apps.kruise.io" },
        { name: "statefulsets", group: "apps" },
        { name: "statefulsets", group: "apps.kruise.io" },
      ],
    ],
    ["macvlan", []],
    ["cluster-id", []],
  ])("%s", (name, expected) => {
    expect(kubernetesResourcesFor([name, name])).toEqual(expected);
  });

  it("several, one list after the other", () => {
    const names = kubernetesResourcesFor(["ha", "openshift", "openkruise"]).map(({ name }) => name);
    expect(names).toEqual(["ingresses", "routes", "clonesets", "statefulsets", "statefulsets"]);
  });

  it("throws on a line that nothing has", () => {
    expect(() => renderEnvironment("macvlan", "v5.0")).toThrow(RangeError);
  });
});
