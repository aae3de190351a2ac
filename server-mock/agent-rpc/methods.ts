import type { SyncService, Target } from "../contract/index.ts";

/** A column of protocol.md 1.5: trident.Synchronizer as it was from that line on, or agent.Synchronizer, which never changed. */
type Column = "v6.1" | "v6.2" | "v6.3" | "v6.5" | "v6.6" | "v7.0" | "agent";

const FROM_63: readonly Column[] = ["v6.3", "v6.5", "v6.6"];
const FROM_62: readonly Column[] = ["v6.2", ...FROM_63];
const FROM_61: readonly Column[] = ["v6.1", ...FROM_62];

/** The columns in which each RPC stands (protocol.md 1.5). */
const METHODS: Readonly<Record<string, readonly Column[]>> = {
  Sync: [...FROM_61, "v7.0", "agent"],
  Push: [...FROM_61, "v7.0", "agent"],
  AnalyzerSync: [...FROM_61, "v7.0"],
  Upgrade: [...FROM_61, "v7.0", "agent"],
  Query: [...FROM_61, "agent"],
  GenesisSync: [...FROM_61, "agent"],
  KubernetesAPISync: [...FROM_61, "agent"],
  PrometheusAPISync: ["v6.3", "v6.5"],
  GetKubernetesClusterID: [...FROM_61, "agent"],
  GPIDSync: [...FROM_62, "agent"],
  ShareGPIDLocalData: [...FROM_62, "agent"],
  Plugin: [...FROM_62, "agent"],
  GetPrometheusLabelIDs: [...FROM_63, "v7.0"],
  GetPrometheusTargets: [...FROM_63, "v7.0"],
  GetUniversalTagNameMaps: [...FROM_63, "v7.0"],
  RemoteExecute: ["v6.5", "v6.6", "agent"],
  GetOrgIDs: ["v6.5", "v6.6", "v7.0"],
};

/** Where the services of one line are written down; the newest column that is not newer than the line holds. */
const TRIDENT_COLUMNS: readonly { readonly column: Column; readonly since: number }[] = [
  { column: "v6.6", since: 606 },
  { column: "v6.5", since: 605 },
  { column: "v6.3", since: 603 },
  { column: "v6.2", since: 602 },
];

/**
 * The methods of each service that the target has; a service that it has not is absent. A server without
 * KubernetesAPISync on trident.Synchronizer still has the rest of it. `document` has all that v6.6 has, on both.
 */
export function servedMethods(target: Pick<Target, "id" | "services">): Partial<Record<SyncService, ReadonlySet<string>>> {
  return {
    trident: methodsIn(tridentColumn(target)),
    ...(target.services.includes("agent") && { agent: methodsIn("agent") }),
  };
}

function tridentColumn({ id, services }: Pick<Target, "id" | "services">): Column {
  if (!services.includes("trident")) return "v7.0";
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(id) ?? [];
  if (major === undefined) return "v6.6";
  const line = Number(major) * 100 + Number(minor);
  return TRIDENT_COLUMNS.find(({ since }) => line >= since)?.column ?? "v6.1";
}

function methodsIn(column: Column): ReadonlySet<string> {
  return new Set(Object.keys(METHODS).filter((name) => METHODS[name]?.includes(column)));
}
