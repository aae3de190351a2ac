import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kubeconfigFor } from "./kubeconfig.ts";

const CONNECTION = { url: "https://10.0.0.1:6443", caPem: "authority\n", token: "t" };

describe("the agent's kubeconfig", () => {
  it.each([
    ["as it is", {}, {}],
    ["by another name than its host", { serverName: "kubernetes" }, { "tls-server-name": "kubernetes" }],
  ])("has all of it inline, the server verified %s", (_name, more, told) => {
    const config = parse(kubeconfigFor({ ...CONNECTION, ...more })) as Record<string, unknown>;
    const data = Buffer.from("authority\n").toString("base64");
    const cluster = { server: CONNECTION.url, "certificate-authority-data": data, ...told };
    expect(config["clusters"]).toEqual([{ name: "conformance", cluster }]);
    expect(config["users"]).toEqual([{ name: "pseudo-agent", user: { token: "t" } }]);
  });
});
