import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { Guard } from "../../common/processes/guard.ts";
import { servingCertificate } from "../tls/certificates.ts";
import type { EnvtestAssets } from "./assets.ts";
import { onFreePort } from "./ports.ts";
import { startServerProcess, type ServerProcess } from "./process.ts";

/** What the two programs of a control plane are started with. */
export interface ControlPlaneSettings {
  readonly assets: EnvtestAssets;
  /** Holds keys and data; there already, and of this cluster alone. */
  readonly folder: string;
  readonly logFolder: string;
  readonly guard: Guard;
  readonly tokens: string;
  readonly flags: readonly string[];
}

/** etcd's first words once clients are served, in 3.4 and in 3.5. */
const ETCD_READY = /serving insecure client requests on|serving client traffic insecurely|ready to serve client requests/;
const API_READY = /Serving securely on/;

/** A running etcd. */
export interface Etcd extends ServerProcess {
  readonly url: string;
}

/** Where etcd keeps what is stored. @param folder of the cluster */
export function etcdFolder(folder: string): string {
  return join(folder, "etcd");
}

/** Starts etcd on a free port of 127.0.0.1. */
export async function startEtcd(settings: ControlPlaneSettings, signal: AbortSignal): Promise<Etcd> {
  const { assets, folder, logFolder, guard } = settings;
  return onFreePort(async (port) => {
    const url = `http://127.0.0.1:${port}`;
    const flags = [
      `--data-dir=${etcdFolder(folder)}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      // A single member speaks to no peer, so nobody need know this port.
      "--listen-peer-urls=http://127.0.0.1:0",
      "--initial-advertise-peer-urls=http://127.0.0.1:0",
      "--initial-cluster=default=http://127.0.0.1:0",
    ];
    const logFile = join(logFolder, "etcd.log");
    const server = await startServerProcess(assets.etcd, flags, { cwd: folder, logFile, guard });
    await readyOrEnded(server, ETCD_READY, signal);
    return { ...server, url };
  });
}

/** Throws away the history of every key up to now, as kube-apiserver does every five minutes. */
export async function compactEtcd(url: string): Promise<void> {
  const { header } = (await post(`${url}/v3/kv/range`, { key: "AA==" })) as { header: { revision: string } };
  await post(`${url}/v3/kv/compaction`, { revision: header.revision, physical: true });
}

/** A running kube-apiserver. */
export interface ApiServerProcess extends ServerProcess {
  readonly port: number;
}

/** @param fixed the port it had before, where it is started again */
export async function startApiServer(
  settings: ControlPlaneSettings,
  etcdUrl: string,
  signal: AbortSignal,
  fixed?: number,
): Promise<ApiServerProcess> {
  const files = writeFiles(settings);
  const start = async (port: number): Promise<ApiServerProcess> => {
    const flags = [
      `--etcd-servers=${etcdUrl}`,
      "--bind-address=127.0.0.1",
      // What discovery tells as the server's address; without it, that of a network that need not be there.
      "--advertise-address=127.0.0.1",
      `--secure-port=${port}`,
      `--tls-cert-file=${files.cert}`,
      `--tls-private-key-file=${files.key}`,
      `--cert-dir=${settings.folder}`,
      `--service-account-key-file=${files.accountsPublic}`,
      `--service-account-signing-key-file=${files.accountsPrivate}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--token-auth-file=${files.tokens}`,
      "--authorization-mode=RBAC",
      "--service-cluster-ip-range=10.0.0.0/24",
      // No controller makes the service accounts that this plugin asks for.
      "--disable-admission-plugins=ServiceAccount",
      "--allow-privileged=true",
      // Nobody reaches this server by the address in the endpoints of the kubernetes Service.
      "--endpoint-reconciler-type=none",
      ...settings.flags,
    ];
    const logFile = join(settings.logFolder, "kube-apiserver.log");
    const context = { cwd: settings.folder, logFile, guard: settings.guard };
    const server = await startServerProcess(settings.assets.apiServer, flags, context);
    await readyOrEnded(server, API_READY, signal);
    return { ...server, port };
  };
  return fixed === undefined ? onFreePort(start) : start(fixed);
}

async function readyOrEnded(server: ServerProcess, sign: RegExp, signal: AbortSignal): Promise<void> {
  const end = () => void server[Symbol.asyncDispose]();
  signal.addEventListener("abort", end, { once: true });
  try {
    signal.throwIfAborted();
    await server.line(sign);
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

function writeFiles({ folder, tokens }: ControlPlaneSettings) {
  const { certPem, keyPem } = servingCertificate();
  const place = join(folder, "keys");
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): string => {
    const path = join(place, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const accounts = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    cert: write("serving.crt", certPem),
    key: write("serving.key", keyPem),
    tokens: write("tokens.csv", tokens),
    // Kubernetes reads EC keys in their own form (SEC 1) alone.
    accountsPrivate: write("accounts.key", accounts.privateKey.export({ type: "sec1", format: "pem" }).toString()),
    accountsPublic: write("accounts.pub", accounts.publicKey.export({ type: "spki", format: "pem" }).toString()),
  };
}

function post(url: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => (text += piece));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`POST ${url}: ${response.statusCode} ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(body));
  });
}
