import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readAgentConfig } from "./agent-config.ts";

const PORT = { communication: { proxy_controller_port: 1 } };
const handed = (given?: Parameters<typeof readAgentConfig>[0]): unknown => parse(readAgentConfig(given).userConfig(1));

describe("readAgentConfig", () => {
  it.each([[undefined], [""], ["# nothing\n"], [{}], ["{}"]])("hands out a mapping with the port alone for %j", (given) => {
    expect(handed(given)).toEqual({ global: PORT });
  });

  it("hands out old keys under their new names", () => {
    const old = `
tap_interface_regex: eth0
tap_mode: 1
platform_sync_interval: 30
static_config:
  src-interfaces: [eth1]
  kubernetes-resources:
    - name: ingresses
      disabled: true
    - {name: routes, group: route.openshift.io, version: v1, field-selector: "metadata.namespace=shop"}
  kubernetes-namespace: shop
  kubernetes-api-list-limit: 10
  kubernetes-api-list-interval: 20m
  kubernetes-poller-type: passive
  ingress-flavour: openshift
  log-level: debug`;
    expect(handed(old)).toEqual({
      global: PORT,
      static_config: { "log-level": "debug" },
      inputs: {
        cbpf: { af_packet: { interface_regex: "eth0", src_interfaces: ["eth1"] }, common: { capture_mode: 1 } },
        resources: {
          push_interval: "30s",
          kubernetes: {
            api_resources: [
              { name: "ingresses", disabled: true },
              { name: "routes", group: "route.openshift.io", version: "v1", field_selector: "metadata.namespace=shop" },
            ],
            kubernetes_namespace: "shop",
            api_list_page_size: 10,
            api_list_max_interval: "20m",
            pod_mac_collection_method: "passive",
            ingress_flavour: "openshift",
          },
        },
      },
    });
  });

  it("keeps what is new or unknown, and a port that is given", () => {
    const config = {
      global: { communication: { proxy_controller_port: 30_035, other: null } },
      inputs: { resources: { kubernetes: { api_resources: [{ name: "pods", field_selector: "a=b" }] } } },
      unknown: [1],
    };
    expect(handed(config)).toEqual(config);
    expect(handed({ static_config: {} })).toEqual({ static_config: {}, global: PORT });
  });

  it.each<[string | Readonly<Record<string, unknown>>, string]>([
    ["- pods", "must be a YAML mapping"],
    ["text", "must be a YAML mapping"],
    ["a: [", "line 1"],
    ["a: 1\n---\nb: 2", "documents"],
    ["a: &a [x]\nb: *c", "c"],
    ["inputs: 5\nstatic_config: {kubernetes-namespace: a}", "inputs must be a mapping"],
    ["static_config: [x]", "static_config must be a mapping"],
    [
      "tap_mode: 1\ninputs: {cbpf: {common: {capture_mode: 2}}}",
      "tap_mode and inputs.cbpf.common.capture_mode are the same setting",
    ],
    ["static_config: {kubernetes-resources: pods}", "static_config.kubernetes-resources must be a list"],
    ["static_config: {kubernetes-resources: [pods]}", "static_config.kubernetes-resources[0] must be a mapping"],
    ["static_config: {kubernetes-resources: [{name: a}, {group: b}]}", "[1] has no name"],
    ["static_config: {kubernetes-resources: [{name: a, disabled: 'yes'}]}", "[0].disabled must be true or false"],
    ["inputs: {resources: {kubernetes: {api_resources: [{name: 5}]}}}", "api_resources[0].name must be text"],
    ["inputs: {resources: {kubernetes: {api_resources: [{name: a, kind: b}]}}}", "no such key; there are name, group"],
    ["global: {communication: {proxy_controller_port: 0}}", "must be a port"],
  ])("refuses %j", (given, problem) => {
    expect(() => readAgentConfig(given)).toThrow(
      expect.objectContaining({ code: "bad-option", message: expect.stringContaining(problem) as string }) as Error,
    );
  });

  it("refuses what cannot be written down", () => {
    expect(() => readAgentConfig({ a: 1n })).toThrow(/agent configuration: .*BigInt/);
  });
});
