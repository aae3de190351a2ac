import { delimiter, dirname, resolve } from "node:path";
import { parse } from "yaml";
import { ConfigurationError, readConfiguredFile, tokenFromFile, type ClusterAccess } from "./access.ts";
import { isObject } from "./objects.ts";

type Section = Readonly<Record<string, unknown>>;

/**
 * Reads a kubeconfig file, YAML or JSON, and takes its current context. Of a path list (`KUBECONFIG` may be one) the
 * first file is read. Relative paths in it are relative to it.
 *
 * @throws ConfigurationError where it cannot be read, lacks something, or wants a login program (`exec`)
 */
export function readKubeconfig(path: string): ClusterAccess {
  const file = path.split(delimiter).find((part) => part !== "") ?? path;
  const config = parseConfig(file);
  const contextName = config["current-context"];
  const context = named(config, "contexts", "context", contextName, file);
  const cluster = named(config, "clusters", "cluster", context["cluster"], file);
  const user = context["user"] === undefined ? {} : named(config, "users", "user", context["user"], file);
  if (user["exec"] !== undefined || user["auth-provider"] !== undefined) {
    throw new ConfigurationError(`${file}: user ${String(context["user"])} logs in by a program; give a token or a certificate`);
  }
  const server = text(cluster, "server");
  if (server === undefined) throw new ConfigurationError(`${file}: cluster ${String(context["cluster"])} has no server`);
  const bytes = (section: Section, key: string) => inlineOrFile(section, key, file);
  return {
    server: server.replace(/\/+$/, ""),
    ...optional("ca", bytes(cluster, "certificate-authority")),
    ...optional("serverName", text(cluster, "tls-server-name")),
    ...optional("insecureSkipTlsVerify", cluster["insecure-skip-tls-verify"] === true ? true : undefined),
    ...optional("clientCertificate", bytes(user, "client-certificate")),
    ...optional("clientKey", bytes(user, "client-key")),
    ...optional("token", tokenOf(user, file)),
    ...optional("basicAuth", text(user, "username") && `${text(user, "username")}:${text(user, "password") ?? ""}`),
  };
}

function parseConfig(file: string): Section {
  let config: unknown;
  try {
    config = parse(readConfiguredFile(file).toString("utf8"));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`${file} is neither YAML nor JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(config)) throw new ConfigurationError(`${file} is not a kubeconfig: it holds no mapping`);
  return config;
}

function named(config: Section, list: string, key: string, name: unknown, file: string): Section {
  const items = Array.isArray(config[list]) ? (config[list] as unknown[]) : [];
  const item = items.find((item) => isObject(item) && item["name"] === name);
  const section = isObject(item) ? item[key] : undefined;
  if (!isObject(section)) throw new ConfigurationError(`${file}: ${list} has no ${key} named ${JSON.stringify(name)}`);
  return section;
}

function tokenOf(user: Section, file: string): (() => string) | undefined {
  // A file wins over the literal token, as it does for kubectl.
  const path = text(user, "tokenFile");
  if (path !== undefined) return tokenFromFile(resolve(dirname(file), path));
  const token = text(user, "token");
  return token === undefined ? undefined : () => token;
}

function inlineOrFile(section: Section, key: string, file: string): Buffer | undefined {
  const data = text(section, `${key}-data`);
  if (data !== undefined) return Buffer.from(data, "base64");
  const path = text(section, key);
  return path === undefined ? undefined : readConfiguredFile(resolve(dirname(file), path));
}

function text(section: Section, key: string): string | undefined {
  const value = section[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined | ""): { [P in K]?: V } {
  return value === undefined || value === "" ? {} : ({ [key]: value } as { [P in K]?: V });
}
