import type { Recorder } from "../transcript/index.ts";
import { type HandedConfig, readAgentConfig } from "./agent-rpc/index.ts";
import { defaultTarget, findTarget, otherTargets, type Target, targetIds } from "./contract/index.ts";
import { MockServerError } from "./errors.ts";
import type { JournalRecord } from "./journal.ts";

/** How a mock is set up. Everything has a default. */
export interface MockServerOptions {
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** The contract that the mock keeps; default v7.1. */
  readonly target?: string;
  /** The HTTP control API; false, the default, for none. */
  readonly control?: false | { readonly host?: string; readonly port?: number };
  /** Where everything on the wire is recorded. */
  readonly recorder?: Recorder;
  /** Largest request, bytes; default 100 MiB as the real server (protocol.md 1.6). */
  readonly maxMessageBytes?: number;
  /** Team ids that exist; none by default. */
  readonly knownTeams?: readonly string[];
  /** cluster_ids that have a domain, besides those that GetKubernetesClusterID gives; absent: every one has. */
  readonly domains?: readonly string[];
  /** Records in the journal; default 1,000. 0: neither journal nor findings. */
  readonly journalLimit?: number;
  /** After this silence the target forgets a cluster's version; default as the target says. */
  readonly ageingMs?: number;
  /** The configuration that a deepflow-agent gets: YAML text or the mapping itself; an empty one by default. */
  readonly agentConfig?: string | Readonly<Record<string, unknown>>;
  /** Of the chance by which faults are drawn; default 0. */
  readonly seed?: number;
  /** Hears of each call when it ended and its entries were read. */
  readonly onJournal?: (record: JournalRecord) => void;
}

/** Options with every default in place. */
export interface ResolvedOptions {
  readonly host: string;
  readonly port: number;
  readonly target: Target;
  readonly control: false | { readonly host: string; readonly port: number };
  readonly recorder: Recorder | undefined;
  readonly maxMessageBytes: number;
  readonly knownTeams: ReadonlySet<string>;
  readonly domains: readonly string[] | undefined;
  readonly journalLimit: number;
  readonly agentConfig: HandedConfig;
  readonly seed: number;
  readonly onJournal: ((record: JournalRecord) => void) | undefined;
}

const LOOPBACK = "127.0.0.1";
const DEFAULT_MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
const DEFAULT_JOURNAL_LIMIT = 1_000;

/** @throws MockServerError `unknown-target` or `bad-option` */
export function resolveOptions(options: MockServerOptions): ResolvedOptions {
  const id = options.target ?? defaultTarget;
  const target = findTarget(id);
  if (!target)
    throw new MockServerError(
      "unknown-target",
      `there is no target ${id}; choose one of ${targetIds.join(", ")}, ${otherTargets}`,
    );
  const { control = false, ageingMs = target.ageingMs } = options;
  return {
    host: options.host ?? LOOPBACK,
    port: whole("port", options.port ?? 0, 0, 65_535),
    target: { ...target, ageingMs: whole("ageingMs", ageingMs, 1, Number.MAX_SAFE_INTEGER) },
    control: control && { host: control.host ?? LOOPBACK, port: whole("control.port", control.port ?? 0, 0, 65_535) },
    recorder: options.recorder,
    maxMessageBytes: whole("maxMessageBytes", options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES, 1, 1024 ** 3),
    knownTeams: new Set(options.knownTeams),
    domains: options.domains,
    journalLimit: whole("journalLimit", options.journalLimit ?? DEFAULT_JOURNAL_LIMIT, 0, 1_000_000),
    agentConfig: readAgentConfig(options.agentConfig),
    seed: whole("seed", options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
    onJournal: options.onJournal,
  };
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new MockServerError("bad-option", `${name} must be a whole number from ${least} to ${most}; it is ${value}`);
}
