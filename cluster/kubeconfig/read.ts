import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import type { RemoteAccess, RemoteCredentials } from "../remote/access.ts";
import { ClusterUnavailableError } from "../unavailable.ts";
import { execCredentials } from "./exec.ts";

type Section = Readonly<Record<string, unknown>>;

/** A named part of a kubeconfig, and the file that its relative paths are relative to. */
interface Part {
  readonly section: Section;
  readonly file: string;
}

/**
 * The files that kubectl would read: the one given, else those of the environment's KUBECONFIG, else `~/.kube/config`.
 */
export function kubeconfigFiles(given?: string, environment = process.env["KUBECONFIG"]): readonly string[] {
  if (given !== undefined) return [given];
  const listed = (environment ?? "").split(delimiter).filter((file) => file !== "");
  return listed.length > 0 ? listed : [join(homedir(), ".kube", "config")];
}

/** Names of the contexts in kubeconfig files. @throws ClusterUnavailableError where one cannot be read */
export function contextNames(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => namedIn(readFile(file), "contexts", "context").map(({ name }) => String(name)));
}

/**
 * Reads how a cluster is reached from kubeconfig files, YAML or JSON, by a context that is named: there is no default, since
 * nobody's cluster shall be touched by chance. Of several files, the first that has a name decides it.
 * @throws ClusterUnavailableError where something is missing, or of a form that is not supported
 */
export function readContext(files: readonly string[], contextName: string): RemoteAccess {
  const configs = files.map((file) => ({ file, config: readFile(file) }));
  const find = (list: string, key: string, name: unknown): Part => {
    const parts = configs.flatMap(({ file, config }) => namedIn(config, list, key).map((part) => ({ ...part, file })));
    const found = parts.find((part) => part.name === name);
    if (found !== undefined) return found;
    const there = parts.map((part) => JSON.stringify(part.name)).join(", ") || "none";
    throw new ClusterUnavailableError(
      `${files.join(", ")}: there is no ${key} named ${JSON.stringify(name)} in ${list}; there are: ${there}`,
    );
  };
  const context = find("contexts", "context", contextName).section;
  const cluster = find("clusters", "cluster", context["cluster"]);
  const user = context["user"] === undefined ? undefined : find("users", "user", context["user"]);
  const where = `context ${JSON.stringify(contextName)}`;
  const url = text(cluster.section, "server")?.replace(/\/+$/, "");
  if (url === undefined) throw new ClusterUnavailableError(`${cluster.file}: the cluster of ${where} has no server`);
  if (!url.startsWith("https://")) {
    throw new ClusterUnavailableError(`${cluster.file}: the server of ${where} is ${url}; agents are given an https one`);
  }
  refuse(cluster, "proxy-url", "reaches its server through a proxy");
  refuse(cluster, "insecure-skip-tls-verify", "trusts any server; give it certificate-authority");
  const caPem = inlineOrFile(cluster, "certificate-authority");
  if (caPem === undefined) {
    throw new ClusterUnavailableError(
      `${cluster.file}: the cluster of ${where} names no certificate-authority, which agents are given; ` +
        "put that of its server there, as certificate-authority-data",
    );
  }
  const serverName = text(cluster.section, "tls-server-name");
  const credentials = user === undefined ? async () => ({}) : credentialsOf(user, { url, caPem });
  return { url, caPem, credentials, ...(serverName === undefined ? {} : { serverName }) };
}

function credentialsOf(user: Part, cluster: { readonly url: string; readonly caPem: string }): RemoteAccess["credentials"] {
  refuse(user, "auth-provider", "logs in by an auth-provider, which Kubernetes has given up; use its exec plugin");
  refuse(user, "as", "acts as somebody else");
  const { exec } = user.section;
  if (isSection(exec)) return execCredentials(exec, dirname(user.file), cluster);
  const tokenFile = text(user.section, "tokenFile");
  const token = text(user.section, "token");
  const name = text(user.section, "username");
  const certPem = inlineOrFile(user, "client-certificate");
  const keyPem = inlineOrFile(user, "client-key");
  const fixed: RemoteCredentials = {
    ...(token === undefined ? {} : { token }),
    ...(name === undefined ? {} : { basic: `${name}:${text(user.section, "password") ?? ""}` }),
    ...(certPem === undefined || keyPem === undefined ? {} : { certPem, keyPem }),
  };
  if (tokenFile === undefined) return async () => fixed;
  // A file wins over the literal token, as it does for kubectl, and is read anew since it is replaced.
  const path = resolve(dirname(user.file), tokenFile);
  return async () => ({ ...fixed, token: readText(path).trim() });
}

function refuse({ section, file }: Part, key: string, does: string): void {
  const value = section[key];
  if (value === undefined || value === false || value === "") return;
  throw new ClusterUnavailableError(`${file}: ${key} is not supported: the context ${does}`);
}

function namedIn(config: Section, list: string, key: string): readonly { readonly name: unknown; readonly section: Section }[] {
  const items: readonly unknown[] = Array.isArray(config[list]) ? (config[list] as unknown[]) : [];
  return items.filter(isSection).flatMap((item) => {
    const section = item[key];
    return isSection(section) ? [{ name: item["name"], section }] : [];
  });
}

function inlineOrFile({ section, file }: Part, key: string): string | undefined {
  const data = text(section, `${key}-data`);
  if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
  const path = text(section, key);
  return path === undefined ? undefined : readText(resolve(dirname(file), path));
}

function readFile(file: string): Section {
  const content = readText(file);
  let config: unknown;
  try {
    config = parse(content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterUnavailableError(`${file} is neither YAML nor JSON: ${why}`, { cause: error });
  }
  if (isSection(config)) return config;
  throw new ClusterUnavailableError(`${file} is not a kubeconfig: it holds no mapping`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterUnavailableError(`cannot read ${path}: ${why}`, { cause: error });
  }
}

function text(section: Section, key: string): string | undefined {
  const value = section[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
