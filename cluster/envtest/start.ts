import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createGuard } from "../../common/processes/guard.ts";
import { kubeconfigFor } from "../kubeconfig.ts";
import type { Cluster } from "../port.ts";
import type { ClusterHand } from "../provider.ts";
import { servingCertificate } from "../tls/certificates.ts";
import { grantRules, tokenFile } from "./access.ts";
import { RemoteAdmin } from "../remote/admin.ts";
import { findAssets } from "./assets.ts";
import { tokenAccess } from "../remote/access.ts";
import { AdminClient } from "../remote/client.ts";
import { compactEtcd, etcdFolder, startApiServer, startEtcd, type ControlPlaneSettings } from "./control-plane.ts";
import type { EnvtestOptions, EnvtestUser } from "./options.ts";
import type { ServerProcess } from "./process.ts";

const START_BUDGET_MS = 60_000;
const POLL_MS = 50;
/** What is quoted of a program that was at work; one that does not even start has more to explain. */
const LAST_LINES = 5;
const ALL = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
  { verbs: ["*"], nonResourceURLs: ["*"] },
];

/**
 * A real kube-apiserver on a real etcd, and nothing beside: no controllers, no scheduler, no nodes. So objects stay as they
 * are written, and deleting a Namespace empties it by the harness's own hand.
 */
export interface EnvtestCluster extends Cluster {
  readonly kind: "envtest";
  /** Bearer token of the agent. */
  readonly token: string;
  /** Bearer token of an administrator (system:masters). */
  readonly adminToken: string;
  /** Requests with that administrator's rights. */
  readonly hand: ClusterHand;
  /** Compacts etcd and starts kube-apiserver again at the same address: what came before answers 410. Every watch ends. */
  forgetHistory(): Promise<void>;
  /** Ends both programs and leaves what they stored in a folder, from which others can begin. The folder must not exist. */
  keepData(folder: string): Promise<void>;
  /** Resolves where a program ends that nobody told to; its last words are in the error. */
  readonly lost: Promise<Error>;
}

/**
 * Starts etcd and kube-apiserver on free ports of 127.0.0.1, with keys and data in a temporary folder.
 * Neither outlives this process, however that ends.
 * @throws Error where a program is missing (naming KUBEBUILDER_ASSETS) or does not get ready in time (quoting its log)
 */
export async function startEnvtestCluster(options: EnvtestOptions = {}): Promise<EnvtestCluster> {
  const assets = findAssets(options.assets);
  const [token, adminToken] = [newToken(), newToken()];
  const users: readonly EnvtestUser[] = [{ name: "pseudo-agent", token, rules: options.rules ?? ALL }, ...(options.users ?? [])];
  const tokens = tokenFile(adminToken, users);
  const folder = mkdtempSync(join(tmpdir(), "conformance-envtest-"));
  const logFolder = options.logFolder ?? folder;
  const guard = createGuard();
  guard.watchFolder(folder);
  const settings: ControlPlaneSettings = { assets, folder, logFolder, guard, tokens, flags: options.apiServerFlags ?? [] };
  const owned: (() => Promise<void>)[] = [() => guard.close(), () => rm(folder, { recursive: true, force: true })];
  const dispose = async (): Promise<void> => {
    for (let end = owned.pop(); end !== undefined; end = owned.pop()) await end();
  };
  const ending = new Set<ServerProcess>();
  let tellLost: (error: Error) => void = () => {};
  const budgetMs = options.startBudgetMs ?? START_BUDGET_MS;
  const budget = AbortSignal.timeout(budgetMs);
  try {
    mkdirSync(logFolder, { recursive: true });
    if (options.data !== undefined) await cp(options.data, etcdFolder(folder), { recursive: true });
    return await start(options.signal === undefined ? budget : AbortSignal.any([budget, options.signal]));
  } catch (error) {
    await dispose();
    options.signal?.throwIfAborted();
    if (!budget.aborted) throw error;
    throw new Error(`the control plane of ${assets.apiServer} was not ready within ${budgetMs} ms: ${String(error)}`, {
      cause: error,
    });
  }

  async function start(signal: AbortSignal): Promise<EnvtestCluster> {
    const etcd = await own(startEtcd(settings, signal));
    let server = await own(startApiServer(settings, etcd.url, signal));
    const lost = new Promise<Error>((resolve) => {
      tellLost = resolve;
    });
    void watchOver("etcd", etcd);
    void watchOver("kube-apiserver", server);
    const url = `https://127.0.0.1:${server.port}`;
    const { caPem } = servingCertificate();
    const client = new AdminClient(tokenAccess(url, caPem, adminToken));
    owned.push(async () => client.close());
    await untilReady(client, server, signal);
    const admin = new RemoteAdmin(client, "finalize");
    await grantRules(admin, users);
    const version = (await client.call("/version")) as { readonly gitVersion: string };
    return {
      kind: "envtest",
      version: version.gitVersion,
      url,
      caPem,
      token,
      adminToken,
      hand: client,
      kubeconfig: () => kubeconfigFor({ url, caPem, token }),
      get: (resource, ref) => admin.get(resource, ref),
      list: (resource, query) => admin.list(resource, query),
      create: (resource, object) => admin.create(resource, object),
      update: (resource, object) => admin.update(resource, object),
      patch: (resource, ref, patch) => admin.patch(resource, ref, patch),
      delete: (resource, ref) => admin.delete(resource, ref),
      resourceVersion: () => admin.resourceVersion(),
      async forgetHistory() {
        await compactEtcd(etcd.url);
        await endOnPurpose(server);
        const again = AbortSignal.timeout(budgetMs);
        server = await own(startApiServer(settings, etcd.url, again, server.port));
        void watchOver("kube-apiserver", server);
        await untilReady(client, server, again);
      },
      async keepData(to) {
        await endOnPurpose(server);
        await endOnPurpose(etcd);
        await cp(etcdFolder(folder), to, { recursive: true });
      },
      lost,
      [Symbol.asyncDispose]: dispose,
    };
  }

  async function watchOver(name: string, program: ServerProcess): Promise<void> {
    const how = await program.ended;
    if (!ending.has(program)) tellLost(new Error(`${name} ${how}. Its last words:\n${program.tail(LAST_LINES)}`));
  }

  async function endOnPurpose(program: ServerProcess): Promise<void> {
    ending.add(program);
    await program[Symbol.asyncDispose]();
  }

  async function own<T extends ServerProcess>(starting: Promise<T>): Promise<T> {
    const process = await starting;
    owned.push(() => endOnPurpose(process));
    return process;
  }
}

/** Ready, and with the namespaces that kube-apiserver itself makes. There is no event for either, so it is asked. */
async function untilReady(client: AdminClient, server: ServerProcess, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  void server.ended.then(() => ended.abort());
  const over = AbortSignal.any([signal, ended.signal]);
  for (;;) {
    try {
      await client.call("/readyz", {}, over);
      await client.call("/api/v1/namespaces/default", {}, over);
      return;
    } catch (error) {
      if (over.aborted) throw new Error(`kube-apiserver is not ready. Its last words:\n${server.tail()}`, { cause: error });
    }
    await delay(POLL_MS, undefined, { signal: over }).catch(() => {}); // the next request tells
  }
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}
