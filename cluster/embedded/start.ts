import { randomBytes } from "node:crypto";
import type { Cluster } from "../port.ts";
import { LOOPBACK } from "../provider.ts";
import { ApiServer } from "./api/server.ts";
import type { Credential } from "./api/authentication.ts";
import { findRelease, resourceKey, resourcesOf } from "./catalog/index.ts";
import { EmbeddedAdmin } from "./admin.ts";
import { kubeconfigFor } from "../kubeconfig.ts";
import type { EmbeddedClusterOptions } from "./options.ts";
import { ApiRecording } from "./recording.ts";
import { ObjectStore, type LoadedObject } from "./storage/object-store.ts";
import { servingCertificate } from "../tls/certificates.ts";

const HISTORY_LIMIT = 10_000;
const WATCH_BACKLOG = 1000;
const MINUTE_MS = 60_000;
const ALL = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
  { verbs: ["*"], nonResourceURLs: ["*"] },
];

/** The embedded API server: a Cluster with a few levers that only a server of one's own has. */
export interface EmbeddedCluster extends Cluster {
  readonly kind: "embedded";
  /** Bearer token of the agent. */
  readonly token: string;
  /** Bearer token of an administrator over HTTP, whose requests are not recorded. */
  readonly adminToken: string;
  /** Forgets the history: lists and watches from an earlier resourceVersion answer 410. Watches that have caught up live on. */
  compact(): void;
  /** Cuts every connection without notice; the server stays. */
  dropConnections(): void;
}

/**
 * Starts an API server in this process, on a free port.
 * @throws RangeError for a Kubernetes version or a resource that it does not have
 */
export async function startEmbeddedCluster(options: EmbeddedClusterOptions = {}): Promise<EmbeddedCluster> {
  const id = options.kubernetesVersion ?? "1.30";
  const release = findRelease(id);
  if (release === undefined) throw new RangeError(`no embedded Kubernetes ${id}: there are 1.20 and 1.30`);
  const resources = resourcesOf(release, options.features ?? []);
  const recording = new ApiRecording(options.recorder);
  const store = new ObjectStore(options.historyLimit ?? HISTORY_LIMIT, (resource, change) => recording.commit(resource, change));
  store.load(checked(options.objects ?? systemNamespaces(), new Set(resources.map(resourceKey))));
  recording.state(store);
  const now = options.clock ?? Date.now;
  const [token, adminToken] = [newToken(), newToken()];
  const server = new ApiServer({
    release,
    resources,
    store,
    recording,
    credentials: credentialsOf(options, token, adminToken),
    watchList: options.watchList === true && id !== "1.20",
    freshnessMs: options.freshnessMs ?? 3000,
    watch: {
      defaultTimeoutMs: () => (30 + 30 * Math.random()) * MINUTE_MS,
      bookmarkIntervalMs: options.bookmarkIntervalMs ?? MINUTE_MS,
      backlog: options.watchBacklog ?? WATCH_BACKLOG,
      now,
    },
    now,
    faults: options.faults,
    host: options.host ?? LOOPBACK,
  });
  await server.listen();
  const { caPem } = servingCertificate();
  const { url } = server;
  const admin = new EmbeddedAdmin(store, resources, release, now);
  return {
    kind: "embedded",
    version: release.versionInfo["gitVersion"] ?? "",
    url,
    caPem,
    token,
    adminToken,
    kubeconfig: () => kubeconfigFor({ url, caPem, token }),
    get: async (resource, ref) => admin.get(resource, ref),
    list: async (resource, query) => admin.list(resource, query),
    create: async (resource, object) => admin.create(resource, object),
    update: async (resource, object) => admin.update(resource, object),
    patch: async (resource, ref, patch) => admin.patch(resource, ref, patch),
    delete: async (resource, ref) => admin.delete(resource, ref),
    resourceVersion: async () => String(store.revision),
    compact: () => store.compact(),
    dropConnections: () => server.dropConnections(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function credentialsOf(options: EmbeddedClusterOptions, token: string, adminToken: string): readonly Credential[] {
  const authenticated = "system:authenticated";
  const agent = { name: "pseudo-agent", groups: [authenticated], rules: options.rules ?? ALL, recorded: true };
  const admin = { name: "kubernetes-admin", groups: ["system:masters", authenticated], rules: ALL, recorded: false };
  const others = (options.users ?? []).map(({ name, groups = [], rules, token }) => ({
    token,
    user: { name, groups: [...groups, authenticated], rules, recorded: true },
  }));
  return [{ token, user: agent }, { token: adminToken, user: admin }, ...others];
}

function* checked(objects: Iterable<LoadedObject>, known: ReadonlySet<string>): Generator<LoadedObject> {
  for (const loaded of objects) {
    if (known.has(loaded.resource)) yield loaded;
    else
      throw new RangeError(`the cluster has no resource "${loaded.resource}": declare its feature, or name it as kubectl does`);
  }
}

function systemNamespaces(): readonly LoadedObject[] {
  return ["default", "kube-node-lease", "kube-public", "kube-system"].map((name, index) => ({
    resource: "namespaces",
    object: {
      kind: "Namespace",
      apiVersion: "v1",
      metadata: { name, uid: `00000000-0000-4000-8000-00000000000${index}`, creationTimestamp: "2024-01-01T00:00:00Z" },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Active" },
    },
  }));
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}
