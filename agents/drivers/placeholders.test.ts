import { describe, expect, it } from "vitest";
import { agentEnvironment, fillPlaceholders, placeholderValues, type AgentHandout } from "./placeholders.ts";

const handout: AgentHandout = {
  host: "127.0.0.1",
  port: 20035,
  clusterId: "d-0123456789",
  agentId: 7,
  kubeconfig: "/tmp/kube config",
  intervalMs: 1500,
  callTimeoutMs: 2500,
};

describe("fillPlaceholders", () => {
  it.each([
    ["--server={server}", "--server=127.0.0.1:20035"],
    ["{host}/{port}", "127.0.0.1/20035"],
    ["{cluster_id}{agent_id}", "d-01234567897"],
    ["{kubeconfig}", "/tmp/kube config"],
    ["{interval_ms} {interval_s}", "1500 2"],
    ["--timeout={call_timeout_ms}", "--timeout=2500"],
    ["{config} {ca}", "{config} {ca}"],
    ["kubernetes-resources: {kubernetes_resources}", "kubernetes-resources: []"],
    ["{unknown} {} {server", "{unknown} {} {server"],
    ["{constructor} {__proto__}", "{constructor} {__proto__}"],
    ['{"a":"{cluster_id}"}', '{"a":"d-0123456789"}'],
  ])("%s → %s", (argument, filled) => {
    expect(fillPlaceholders([argument], placeholderValues(handout))).toEqual([filled]);
  });

  it("fills in what only some runs have", () => {
    const values = placeholderValues({ ...handout, config: "/c.yaml", ca: "/ca.pem" });
    expect(fillPlaceholders(["{config}", "{ca}"], values)).toEqual(["/c.yaml", "/ca.pem"]);
  });

  it("does not fill in what a value brought along", () => {
    const values = placeholderValues({ ...handout, clusterId: "{port}" });
    expect(fillPlaceholders(["{cluster_id}"], values)).toEqual(["{port}"]);
  });

  it.each([
    [1, "1"],
    [1000, "1"],
    [1001, "2"],
    [60_000, "60"],
  ])("%d ms is %s s", (intervalMs, seconds) => {
    expect(placeholderValues({ ...handout, intervalMs })["interval_s"]).toBe(seconds);
  });
});

describe("agentEnvironment", () => {
  it("hands over the same values, an IPv6 host in brackets", () => {
    expect(agentEnvironment({ ...handout, host: "::1" })).toEqual({
      DEEPFLOW_SERVER: "[::1]:20035",
      DEEPFLOW_CLUSTER_ID: "d-0123456789",
      DEEPFLOW_AGENT_ID: "7",
      KUBECONFIG: "/tmp/kube config",
      DEEPFLOW_SYNC_INTERVAL_MS: "1500",
      DEEPFLOW_CALL_TIMEOUT_MS: "2500",
      DEEPFLOW_KUBERNETES_RESOURCES: "[]",
    });
  });

  it("takes away the cluster_id that the harness itself may have been given", () => {
    const environment = agentEnvironment({ ...handout, clusterId: "" });
    expect("DEEPFLOW_CLUSTER_ID" in environment).toBe(true);
    expect(environment["DEEPFLOW_CLUSTER_ID"]).toBeUndefined();
  });
});
