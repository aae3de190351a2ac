import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findClusterAccess, inClusterAccess } from "./find-access.ts";
import { readKubeconfig } from "./kubeconfig.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const kubeconfig = (cluster: string, user = "{}") => `
current-context: here
contexts: [{name: other, context: {cluster: x}}, {name: here, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: ${cluster}}]
users: [{name: u, user: ${user}}]
`;

describe("readKubeconfig", () => {
  it("reads inline data, and a server without its last slash", () => {
    const cluster = `{server: "https://k:6443/", certificate-authority-data: Y2E=, tls-server-name: n, insecure-skip-tls-verify: true}`;
    const access = readKubeconfig(file("c", kubeconfig(cluster, "{client-certificate-data: Yw==, client-key-data: aw==}")));
    expect(access).toEqual({
      server: "https://k:6443",
      ca: Buffer.from("ca"),
      serverName: "n",
      insecureSkipTlsVerify: true,
      clientCertificate: Buffer.from("c"),
      clientKey: Buffer.from("k"),
    });
  });

  it("reads files relative to itself, and the token anew each time", () => {
    file("ca.pem", "the ca");
    const token = file("token", "one\n");
    const access = readKubeconfig(
      file("c", kubeconfig(`{server: "https://k", certificate-authority: ca.pem}`, "{tokenFile: token, token: no}")),
    );
    expect(access.ca?.toString()).toBe("the ca");
    expect(access.token?.()).toBe("one");
    writeFileSync(token, "two");
    expect(access.token?.()).toBe("two");
    rmSync(token);
    expect(access.token?.()).toBe("two");
  });

  it("reads JSON, the first of a path list, and a user by password", () => {
    const config = {
      "current-context": "x",
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: "http://k" } }],
      users: [{ name: "u", user: { username: "me", password: "p" } }],
    };
    const access = readKubeconfig(`:${file("c.json", JSON.stringify(config))}:/nowhere`);
    expect(access).toEqual({ server: "http://k", basicAuth: "me:p" });
  });

  it.each([
    ["no file", () => "/nowhere/config", "cannot read"],
    ["no mapping", () => file("c", "[]"), "holds no mapping"],
    ["no YAML", () => file("c", "a: ["), "neither YAML nor JSON"],
    ["no such context", () => file("c", "current-context: x\ncontexts: []"), 'no context named "x"'],
    ["no context named", () => file("c", "{}"), "no context named"],
    ["no server", () => file("c", kubeconfig("{}")), "has no server"],
    ["a login program", () => file("c", kubeconfig("{server: https://k}", "{exec: {command: aws}}")), "logs in by a program"],
    ["a missing CA file", () => file("c", kubeconfig("{server: https://k, certificate-authority: none.pem}")), "none.pem"],
  ])("says what is wrong: %s", (_name, path, problem) => {
    expect(() => readKubeconfig(path())).toThrow(problem);
  });
});

describe("the pod's service account", () => {
  it("is read from its folder", () => {
    file("ca.crt", "ca");
    file("token", "t");
    const access = inClusterAccess("fd00::1", "443", folder);
    expect([access.server, access.ca?.toString(), access.token?.()]).toEqual(["https://[fd00::1]:443", "ca", "t"]);
  });

  it("serves only where no kubeconfig was named", () => {
    const path = file("c", kubeconfig(`{server: "https://named"}`));
    expect(findClusterAccess(path, { KUBERNETES_SERVICE_HOST: "1.2.3.4" }).server).toBe("https://named");
  });
});
