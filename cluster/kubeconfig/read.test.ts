import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contextNames, kubeconfigFiles, readContext } from "./read.ts";

const CA = Buffer.from("authority").toString("base64");
const CLUSTER = { server: "https://10.0.0.1:6443/", "certificate-authority-data": CA };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a context of a kubeconfig", () => {
  it("is found by its name alone", async () => {
    const file = config({ user: { token: "t" } });
    expect(readContext([file], "prod")).toMatchObject({ url: "https://10.0.0.1:6443", caPem: "authority" });
    expect(() => readContext([file], "dev")).toThrow('there is no context named "dev" in contexts; there are: "prod"');
    expect(contextNames([file])).toEqual(["prod"]);
  });

  it("may be spread over several files, of which the first that has a name decides it", async () => {
    const first = write("first", { users: [{ name: "user", user: { token: "first" } }] });
    const access = readContext([first, config({ user: { token: "second" } })], "prod");
    expect(await access.credentials()).toEqual({ token: "first" });
  });

  it.each<[string, object, object]>([
    ["a token", { token: "t" }, { token: "t" }],
    ["a token in a file, which wins", { token: "t", tokenFile: "secret/token" }, { token: "of the file" }],
    ["a user and a password", { username: "u", password: "p" }, { basic: "u:p" }],
    [
      "a certificate inline",
      { "client-certificate-data": CA, "client-key-data": CA },
      { certPem: "authority", keyPem: "authority" },
    ],
    [
      "a certificate in files",
      { "client-certificate": "secret/token", "client-key": "secret/token" },
      { certPem: "of the file\n", keyPem: "of the file\n" },
    ],
    ["a login program", { exec: { command: "./login", args: ["a"], env: [{ name: "WHO", value: "me" }] } }, { token: "a me" }],
  ])("proves who asks by %s", async (_name, user, credentials) => {
    mkdirSync(join(folder, "secret"));
    writeFileSync(join(folder, "secret", "token"), "of the file\n");
    login('echo "{\\"status\\": {\\"token\\": \\"$1 $WHO\\"}}"');
    expect(await readContext([config({ user })], "prod").credentials()).toEqual(credentials);
  });

  it("asks a login program once while its credentials last, and again when they expire", async () => {
    login(
      `echo x >> count; echo "{\\"status\\": {\\"token\\": \\"$(wc -l < count | tr -d ' ')\\", \\"expirationTimestamp\\": \\"$UNTIL\\"}}"`,
    );
    const asked = async (until: string) => {
      const exec = { command: "sh", args: ["-c", `cd ${folder} && ./login`], env: [{ name: "UNTIL", value: until }] };
      const access = readContext([config({ user: { exec } })], "prod");
      return [await access.credentials(), await access.credentials()];
    };
    expect(await asked("2999-01-01T00:00:00Z")).toEqual([{ token: "1" }, { token: "1" }]);
    expect(await asked("2000-01-01T00:00:00Z")).toEqual([{ token: "2" }, { token: "3" }]);
  });

  it.each<[string, object, object, RegExp]>([
    ["an auth-provider", {}, { "auth-provider": { name: "gcp" } }, /auth-provider is not supported/],
    ["impersonation", {}, { as: "somebody" }, /as is not supported/],
    ["a proxy", { ...CLUSTER, "proxy-url": "http://p" }, {}, /proxy-url is not supported/],
    [
      "trust in any server",
      { ...CLUSTER, "insecure-skip-tls-verify": true },
      {},
      /insecure-skip-tls-verify.*certificate-authority/,
    ],
    ["no authority", { server: "https://a" }, {}, /certificate-authority-data/],
    ["no server", { "certificate-authority-data": CA }, {}, /has no server/],
    ["plain HTTP", { server: "http://a" }, {}, /https/],
    ["a login that asks somebody", {}, { exec: { command: "x", interactiveMode: "Always" } }, /interactiveMode/],
  ])("is refused with %s", (_name, cluster, user, told) => {
    const file = config({ user, ...(Object.keys(cluster).length > 0 ? { cluster } : {}) });
    expect(() => readContext([file], "prod")).toThrow(told);
  });

  it.each([
    ["is missing", "exit 0", "/no/such/login", /not on PATH\. The kubeconfig logs in by it/],
    ["fails", "echo denied >&2; exit 3", "./login", /ended with code 3\. Its last words:\ndenied/],
    ["gives nothing", "echo '{}'", "./login", /neither a token nor a certificate/],
    ["writes something else, which is not told", "echo secret", "./login", /login wrote no ExecCredential as JSON$/],
  ])("tells where its login program %s", async (_name, script, command, told) => {
    login(script);
    await expect(readContext([config({ user: { exec: { command } } })], "prod").credentials()).rejects.toThrow(told);
  });

  it.each([
    ["that is not there", "absent", undefined, /cannot read/],
    ["that is no YAML", "broken", "a: [b", /neither YAML nor JSON/],
    ["that holds no mapping", "list", "- a", /no mapping/],
  ])("is not found in a file %s", (_name, name, text, told) => {
    if (text !== undefined) writeFileSync(join(folder, name), text);
    expect(() => readContext([join(folder, name)], "prod")).toThrow(told);
  });
});

describe("kubeconfig files", () => {
  it("are the one given, else those of KUBECONFIG, else the one at home", () => {
    expect(kubeconfigFiles("x", "a:b")).toEqual(["x"]);
    expect(kubeconfigFiles(undefined, "a::b")).toEqual(["a", "b"]);
    expect(kubeconfigFiles(undefined, "")[0]).toMatch(/\.kube.config$/);
  });
});

function config(parts: { readonly user: object; readonly cluster?: object }): string {
  return write("config", {
    contexts: [{ name: "prod", context: { cluster: "cluster", user: "user" } }],
    clusters: [{ name: "cluster", cluster: parts.cluster ?? CLUSTER }],
    users: [{ name: "user", user: parts.user }],
  });
}

function write(name: string, content: object): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}

function login(script: string): void {
  writeFileSync(join(folder, "login"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "login"), 0o755);
}
