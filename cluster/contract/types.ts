import type { ContractClient } from "./client.ts";

/** An API server that the contract is checked against, real or embedded. */
export interface ContractConnection {
  /** `https://HOST:PORT`. */
  readonly url: string;
  readonly caPem: string;
  readonly tokens: {
    /** A member of system:masters, or one who may do everything. */
    readonly admin: string;
    /** A user called `nobody` without any rights of its own. */
    readonly nobody: string;
  };
  /** Minor version of the server: 20 for v1.20. */
  readonly minor: number;
  /** What else holds for this server. */
  readonly traits: ReadonlySet<Trait>;
  /** Makes the server forget its history, as etcd's compaction and a restart do. */
  readonly forgetHistory?: () => Promise<void>;
}

/** What not every server has: the WatchList gate on or off, JSON spoken alone, a history that can be made to go. */
export type Trait = "watch-list" | "no-watch-list" | "json-only" | "forgets-history";

/** What a case gets. */
export interface ContractContext {
  readonly connection: ContractConnection;
  /** Speaks as the administrator. */
  readonly client: ContractClient;
  /** A namespace of the case's own, there already. */
  readonly namespace: string;
  /** A client for another token; undefined shows no credentials. */
  readonly as: (token: string | undefined) => ContractClient;
}

/** One thing that every Kubernetes API server does. */
export interface ContractCase {
  readonly name: string;
  /** Oldest and newest minor version that it holds for. */
  readonly minMinor?: number;
  readonly maxMinor?: number;
  /** Holds only where the server has this. */
  readonly needs?: Trait;
  /** Disturbs other cases, so it runs alone. */
  readonly alone?: boolean;
  /** Rejects where the server does otherwise. */
  run(context: ContractContext): Promise<void>;
}

/** Why a case does not hold for a server; undefined where it does. */
export function reasonToSkip(
  contractCase: ContractCase,
  { minor, traits }: Pick<ContractConnection, "minor" | "traits">,
): string | undefined {
  const { minMinor = 0, maxMinor = Number.POSITIVE_INFINITY, needs } = contractCase;
  if (minor < minMinor) return `since Kubernetes 1.${minMinor}`;
  if (minor > maxMinor) return `until Kubernetes 1.${maxMinor}`;
  return needs !== undefined && !traits.has(needs) ? `needs ${needs}` : undefined;
}
