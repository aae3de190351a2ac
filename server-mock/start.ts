import { performance } from "node:perf_hooks";
import { createAgentRpcs, servedMethods } from "./agent-rpc/index.ts";
import { cutArriving } from "./arriving.ts";
import { createClock } from "./clock.ts";
import { createClusterIdHandler } from "./cluster-id-handler.ts";
import { createClusterBook } from "./clusters.ts";
import { startControl } from "./control/serve.ts";
import { createDomainBook } from "./domains.ts";
import type { RpcClock, RpcConnection, RpcFault, RpcListening, RpcReset } from "./events.ts";
import { createExaminer } from "./examiner.ts";
import { createFaultQueue } from "./faults/queue.ts";
import type { FaultSpec, PendingFault } from "./faults/types.ts";
import { type GrpcServer, startGrpcServer } from "./grpc/server.ts";
import { bindServices } from "./grpc/services.ts";
import { createEntryReader, type JsonObject } from "./ingest/index.ts";
import type { Inventory } from "./contract/index.ts";
import { inventoryOf } from "./inventory.ts";
import { createJournal, type JournalPage } from "./journal.ts";
import { createObserver } from "./observer.ts";
import { createOutage } from "./outage.ts";
import { type MockServerOptions, resolveOptions } from "./options.ts";
import { createStatistics, type Statistics } from "./statistics.ts";
import { createSyncHandler, type SyncNote } from "./sync-handler.ts";
import { type ClusterView, clusterView, kubernetesInfo, objectsOf } from "./views.ts";

/** A running mock deepflow-server. Everything it holds can be seen and moved from here, as through its control API. */
export interface MockServer extends AsyncDisposable {
  /** `host:port` of the gRPC listener. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** `http://host:port` of the control API, if there is one. */
  readonly control?: string;
  /** Id of the target. */
  readonly target: string;
  clusters(): readonly ClusterView[];
  cluster(id: string): ClusterView | undefined;
  /** Objects of the stored snapshot; none for an unknown cluster. */
  objects(id: string, type?: string): readonly JsonObject[];
  /** Type name → JSON texts of the stored snapshot; undefined for an unknown cluster. */
  kubernetesInfo(id: string, type?: string): Readonly<Record<string, readonly string[]>> | undefined;
  /** What the target makes of the stored snapshot; undefined for an unknown cluster. */
  inventory(id: string): Inventory | undefined;
  journal(filter?: { readonly cluster?: string; readonly after?: number }): JournalPage;
  /** Resolves when the entries of every ended call were read, so that its findings stand in the journal. */
  settled(): Promise<void>;
  /** Restart with amnesia, for one cluster or all. Connections stay. */
  reset(cluster?: string): void;
  /** Advances the clock that ageing goes by, of one cluster or of all. */
  advanceClock(ms: number, cluster?: string): void;
  /** Scripts a fault; returns its id. */
  addFault(spec: FaultSpec): number;
  /** Takes away the faults of one cluster, or all; returns how many had not fired to their end. */
  clearFaults(cluster?: string): number;
  faults(): readonly PendingFault[];
  /** Cuts every connection with a TCP reset; agents may connect again at once. Returns how many there were. */
  cutConnections(): number;
  /** Tells every connection to go away, as a server that is upgraded; agents connect again. Returns how many there were. */
  sendAway(): number;
  /** As a server that is down behind a port that stays: cuts every connection, and resets each new one until `comeBack`. */
  goDown(): void;
  comeBack(): void;
  /**
   * Ends open calls with UNAVAILABLE and lets connections close; cuts what is left after `graceMs` (default 2,000).
   * Says which it was. Stopping again gives the same answer.
   */
  stop(graceMs?: number): Promise<"drained" | "forced">;
}

/** What the control API works on. */
export type ControlledServer = Omit<MockServer, "control" | "stop" | typeof Symbol.asyncDispose>;

/** What only the metrics show. */
export interface Meters {
  readonly statistics: Statistics;
  connectionCount(): number;
  clusterCount(): number;
}

/** After this a handler that never answers is given up, even if its client set no deadline. */
const HANDLER_LIMIT_MS = 30 * 60_000;
const DEFAULT_GRACE_MS = 2_000;

/**
 * Starts a mock deepflow-server that keeps the contract of a target.
 *
 * @throws MockServerError `port-taken`, `cannot-listen`, `unknown-target`, `bad-option`
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const resolved = resolveOptions(options);
  const { recorder, target } = resolved;
  const statistics = createStatistics();
  const clock = createClock(() => performance.timeOrigin + performance.now());
  const book = createClusterBook(target, clock, (id) => resolved.knownTeams.has(id));
  const reader = createEntryReader();
  const journal = resolved.journalLimit > 0 ? createJournal(resolved.journalLimit) : undefined;
  const examiner = createExaminer(target, reader);
  const domains = resolved.domains && createDomainBook(resolved.domains);
  const faults = createFaultQueue((event, fault, call) => {
    recorder?.record<RpcFault>({
      side: "rpc",
      kind: "fault",
      fault: describe(fault.spec),
      event,
      ...(call !== undefined && { call }),
    });
  }, resolved.seed);
  const syncHandler = createSyncHandler(book, faults, (peer) => grpc.resetConnection(peer));
  const grpc: GrpcServer = await startGrpcServer({
    host: resolved.host,
    port: resolved.port,
    maxMessageBytes: resolved.maxMessageBytes,
    handlerLimitMs: HANDLER_LIMIT_MS,
    methods: bindServices<SyncNote>(servedMethods(target), {
      KubernetesAPISync: () => syncHandler,
      GetKubernetesClusterID: (service) => createClusterIdHandler(service, (id) => domains?.add(id)),
      ...createAgentRpcs({
        config: resolved.agentConfig,
        port: () => grpc.port,
        nowMs: (cluster) => clock.now(cluster),
        knowsCluster: (id) => domains?.has(id) === true || book.find(id) !== undefined,
        onCluster: (id) => domains?.add(id),
      }),
    }),
    observer: createObserver({
      recorder,
      journal,
      examiner,
      statistics,
      maxMessageBytes: resolved.maxMessageBytes,
      onJournal: resolved.onJournal,
    }),
    onArriving: cutArriving(faults),
    onConnection(peer, event) {
      recorder?.record<RpcConnection>({ side: "rpc", kind: "connection", peer, event });
      if (event === "opened") outage.hit();
    },
  });
  const outage = createOutage(grpc, (fault, event) => recorder?.record<RpcFault>({ side: "rpc", kind: "fault", fault, event }));

  const address = `${hostPart(grpc.host)}:${grpc.port}`;
  const server: ControlledServer = {
    address,
    host: grpc.host,
    port: grpc.port,
    target: target.id,
    clusters: () => book.list().map(clusterView),
    cluster(id) {
      const held = book.find(id);
      return held && clusterView(held);
    },
    objects(id, type) {
      const held = book.find(id);
      return held ? objectsOf(held, type, reader) : [];
    },
    kubernetesInfo(id, type) {
      const held = book.find(id);
      return held && kubernetesInfo(held, type);
    },
    inventory(id) {
      const held = book.find(id);
      return held && inventoryOf(held, target, reader, domains);
    },
    journal: (filter) => journal?.read(filter) ?? { records: [], dropped: 0 },
    settled: () => examiner.settled(),
    reset(cluster) {
      book.reset(cluster);
      recorder?.record<RpcReset>({ side: "rpc", kind: "reset", ...(cluster !== undefined && { cluster }) });
    },
    advanceClock(ms, cluster) {
      clock.advance(ms, cluster);
      recorder?.record<RpcClock>({ side: "rpc", kind: "clock", advancedMs: ms, ...(cluster !== undefined && { cluster }) });
    },
    addFault: (spec) => faults.add(spec),
    clearFaults: (cluster) => faults.clear(cluster),
    faults: () => faults.list(),
    cutConnections: () => outage.cut(),
    sendAway: () => outage.sendAway(),
    goDown: () => outage.begin(),
    comeBack: () => outage.end(),
  };

  const meters: Meters = { statistics, connectionCount: () => grpc.connections, clusterCount: () => book.size() };
  const control = resolved.control ? await startControl(server, meters, resolved.control).catch(stopAndRethrow) : undefined;
  recorder?.record<RpcListening>({ side: "rpc", kind: "listening", address, target: target.id });

  async function stopAndRethrow(error: unknown): Promise<never> {
    await grpc.stop(0);
    throw error;
  }

  let stopping: Promise<"drained" | "forced"> | undefined;
  function stop(graceMs = DEFAULT_GRACE_MS): Promise<"drained" | "forced"> {
    stopping ??= Promise.all([grpc.stop(graceMs), control?.stop()]).then(([how]) => {
      examiner.stop();
      return how;
    });
    return stopping;
  }

  return {
    ...server,
    ...(control && { control: control.url }),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** A literal IPv6 address stands in brackets before a port. */
function hostPart(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function describe(spec: FaultSpec): string {
  return JSON.stringify(spec, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}
