import { openTranscript, memorySink, type RawLine } from "../../transcript/index.ts";
import { ContractClient, type Answer, type CallOptions, type Json } from "../contract/client.ts";
import type { WatchStream } from "../contract/watch-stream.ts";
import type { EmbeddedClusterOptions } from "../embedded/options.ts";
import { startEmbeddedCluster, type EmbeddedCluster } from "../embedded/start.ts";
import { startApiProxy } from "./start.ts";
import type { ApiProxy, ApiProxyOptions } from "./types.ts";

/** The protocols that agents speak. */
export const PROTOCOLS = ["h1", "h2"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** The objects that tests begin with; the last stands at resourceVersion 1005. */
export const OBJECTS = [
  { resource: "namespaces", object: { kind: "Namespace", apiVersion: "v1", metadata: { name: "default", uid: "uid-default" } } },
  ...["a", "b", "c"].map((name) => ({ resource: "configmaps", object: configMap(name) })),
  { resource: "secrets", object: { ...configMap("s"), kind: "Secret", data: { password: "aHVudGVyMg==" } } },
];

/** A ConfigMap of the namespace `default`. */
export function configMap(name: string, data: Readonly<Record<string, string>> = {}) {
  return { kind: "ConfigMap", apiVersion: "v1", metadata: { name, namespace: "default", uid: `uid-${name}` }, data };
}

/** Lines of a transcript, as they are written. */
export class Lines {
  readonly transcript = openTranscript(memorySink());
  readonly all: RawLine[] = [];

  constructor() {
    this.transcript.subscribe((line) => this.all.push(line));
  }

  /** Those of the API side of one kind. */
  of(kind: string): readonly RawLine[] {
    return this.all.filter((line) => line.side === "api" && line.kind === kind);
  }

  /** The first that fits, past or to come. */
  async await(kind: string, fits: (line: RawLine) => boolean = () => true): Promise<RawLine> {
    const found = this.of(kind).find(fits);
    if (found !== undefined) return found;
    return new Promise((resolve) => {
      const leave = this.transcript.subscribe((line) => {
        if (line.kind !== kind || !fits(line)) return;
        leave();
        resolve(line);
      });
    });
  }

  /** What became of the faults: `scripted`, `fired 3` (by request 3), `removed`. */
  faults(): readonly string[] {
    return this.of("fault").map(({ event, req }) => `${event as string}${req === undefined ? "" : ` ${req as number}`}`);
  }
}

/** An agent, the proxy, and an embedded API server behind it, which records nothing. */
export interface Setup extends AsyncDisposable {
  readonly cluster: EmbeddedCluster;
  readonly proxy: ApiProxy;
  readonly lines: Lines;
  /** Asks through the proxy, as the agent. */
  readonly agent: ContractClient;
  call(path: string, options?: CallOptions): Promise<Answer>;
  watch(path: string, options?: CallOptions): Promise<WatchStream>;
}

/** Starts all three. @param protocol of the agent, where a call names none */
export async function setUp(
  protocol: Protocol = "h1",
  options: { readonly proxy?: Partial<ApiProxyOptions>; readonly cluster?: EmbeddedClusterOptions } = {},
): Promise<Setup> {
  const lines = new Lines();
  const cluster = await startEmbeddedCluster({ objects: OBJECTS, ...options.cluster });
  const proxy = await startApiProxy({ upstream: cluster, recorder: lines.transcript.tenant("t"), ...options.proxy });
  const agent = new ContractClient(proxy.url, proxy.caPem, cluster.token);
  return {
    cluster,
    proxy,
    lines,
    agent,
    call: (path, call = {}) => agent.call(path, { protocol, ...call }),
    watch: (path, call = {}) => agent.watch(path, { protocol, ...call }),
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

/** Names of the items of a list. */
export function namesIn({ json }: Answer): readonly string[] {
  return (json["items"] as readonly { readonly metadata: { readonly name: string } }[]).map(({ metadata }) => metadata.name);
}

/** `ADDED a`, or `BOOKMARK`. */
export function told({ type, object }: { readonly type: string; readonly object: Json }): string {
  const { name } = (object["metadata"] ?? {}) as { readonly name?: string };
  return name === undefined ? type : `${type} ${name}`;
}
