import { createBackoff, pause } from "../backoff.ts";
import type { AgentBehaviour } from "../behaviour.ts";
import { ApiError, createApiClient, type ApiClient } from "../kubernetes/api-client.ts";
import type { ClusterAccess } from "../kubernetes/access.ts";
import { discoverResources } from "../kubernetes/discovery.ts";
import type { KubeObject } from "../kubernetes/objects.ts";
import { resolveResources, type ResourceRule } from "../kubernetes/resource-rules.ts";
import { reasonOf, type Log } from "../log.ts";
import type { SyncEntry } from "../../../proto/index.ts";
import { VERSION_INFO_TYPE } from "./entry.ts";
import { Health } from "./health.ts";
import { ObjectStore } from "./object-store.ts";
import { reflect } from "./reflector.ts";

/** What is collected, and from where. */
export interface CollectorOptions {
  readonly access: ClusterAccess;
  readonly rules: readonly ResourceRule[];
  readonly behaviour: AgentBehaviour;
  readonly pageSize: number;
  readonly watchSeconds: number;
  readonly intervalMs: number;
  /** Faults that last longer than this are told to the server. */
  readonly faultGraceMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The cluster's state, kept up to date. */
export interface Collector {
  /** Resolves when every resource has been listed to its end for the first time. */
  readonly ready: Promise<void>;
  readonly isReady: boolean;
  /** Grows with every change of what is uploaded. */
  readonly revision: number;
  /** All entries as of now. Only once ready. */
  snapshot(): readonly SyncEntry[];
  /** Text for error_msg; empty while all is well. */
  errorMessage(): string;
  /** Objects held, by resource. */
  counts(): ReadonlyMap<string, number>;
  /** Resolves once everything has stopped after the signal was aborted. */
  readonly stopped: Promise<void>;
}

const newBackoff = () => createBackoff(500, 10_000);

/** Starts to collect. Never fails: what goes wrong is tried again and told by `errorMessage`. */
export function startCollector(options: CollectorOptions): Collector {
  const { behaviour, signal, log } = options;
  const client = createApiClient(options.access);
  const health = new Health(options.faultGraceMs);
  const stores = new Map<string, ObjectStore>();
  let versionInfo: SyncEntry | undefined;
  let revision = 0;
  let isReady = false;
  let announceReady = () => {};
  const ready = new Promise<void>((resolve) => (announceReady = resolve));

  function onListed(): void {
    const listed = [...stores.values()].filter((store) => store.listed).length;
    if (isReady || !behaviour.isWhole(listed, stores.size)) return;
    isReady = true;
    announceReady();
  }

  async function run(): Promise<void> {
    await behaviour
      .beforeStart(options.access, signal)
      .catch((error: unknown) => log("warn", "before start", { reason: reasonOf(error) }));
    const found = await setUp(client, options, health);
    if (found === undefined) return;
    versionInfo = behaviour.encode(VERSION_INFO_TYPE, found.version);
    const resources = behaviour.chooseResources(found.resources);
    for (const resource of resources) {
      const encode = (object: KubeObject) => behaviour.encode(resource.type, behaviour.trim(object, resource));
      stores.set(resource.id, new ObjectStore(encode, () => (revision += 1)));
    }
    const context = { ...options, client, health, onListed, newBackoff };
    await Promise.all(resources.map((resource) => reflect(resource, stores.get(resource.id) as ObjectStore, context)));
  }

  return {
    ready,
    get isReady() {
      return isReady;
    },
    get revision() {
      return revision;
    },
    snapshot() {
      const collected = [...stores.values()].flatMap((store) => [...store.entries()]);
      return behaviour.compose(versionInfo as SyncEntry, collected);
    },
    errorMessage: () => health.errorMessage(),
    counts: () => new Map([...stores].map(([id, store]) => [id, store.size])),
    stopped: run().finally(() => client.close()),
  };
}

/** The version of the API server and what it offers of the wanted resources; tried until it succeeds. */
async function setUp(client: ApiClient, { rules, signal, log }: CollectorOptions, health: Health) {
  const { wanted, warnings } = resolveResources(rules);
  for (const warning of warnings) log("warn", warning);
  const backoff = newBackoff();
  while (!signal.aborted) {
    try {
      const version = (await client.get("/version", signal)) as KubeObject;
      const { resources, missing } = await discoverResources(client, wanted, signal);
      health.succeeded("api server");
      for (const name of missing) log("warn", "not offered by the API server", { resource: name });
      return { version, resources };
    } catch (error) {
      if (signal.aborted) return undefined;
      health.failed("api server", reasonOf(error));
      log("warn", "API server not usable yet", { reason: reasonOf(error) });
      await pause(Math.max(backoff.next(), (error instanceof ApiError && error.retryAfterMs) || 0), signal);
    }
  }
  return undefined;
}
