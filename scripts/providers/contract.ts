import {
  contractCases,
  reasonToSkip,
  runContractCase,
  type ContractConnection,
  type Trait,
} from "../../cluster/contract/index.ts";
import { startEmbeddedCluster, startEnvtestCluster } from "../../cluster/index.ts";
import { sideBySide } from "../../suites/runner/side-by-side.ts";
import type { ContractRow, ProviderName } from "./types.ts";

const nobody = { name: "nobody", token: "nobody-token", rules: [] };
/** Since then the gate of streamed lists is on by default. */
const WATCH_LIST_BY_DEFAULT = 32;
const AT_A_TIME = 6;

/** Holds the whole contract against every API server that a provider has. */
export async function contractRows(provider: ProviderName, signal: AbortSignal): Promise<readonly ContractRow[]> {
  if (provider === "embedded") return [await embeddedRow("1.20"), await embeddedRow("1.30"), await embeddedRow("1.30", true)];
  return provider === "envtest" ? [await envtestRow(signal)] : [];
}

async function embeddedRow(kubernetesVersion: "1.20" | "1.30", watchList = false): Promise<ContractRow> {
  await using cluster = await startEmbeddedCluster({ kubernetesVersion, watchList, users: [nobody], freshnessMs: 200 });
  const traits = new Set<Trait>(["json-only", "forgets-history", watchList ? "watch-list" : "no-watch-list"]);
  const minor = Number(kubernetesVersion.slice(2));
  const held = { ...connectionTo(cluster), minor, traits, forgetHistory: async () => cluster.compact() };
  const server = `embedded ${kubernetesVersion}${watchList ? ", streamed lists on" : ""}`;
  return { server, provider: "embedded", version: cluster.version, ...(await verdictsOf(held)) };
}

async function envtestRow(signal: AbortSignal): Promise<ContractRow> {
  await using cluster = await startEnvtestCluster({ users: [nobody], signal });
  const minor = Number(/^v1\.(\d+)/.exec(cluster.version)?.[1]);
  const traits = new Set<Trait>(["forgets-history", minor < WATCH_LIST_BY_DEFAULT ? "no-watch-list" : "watch-list"]);
  const held = { ...connectionTo(cluster), minor, traits, forgetHistory: () => cluster.forgetHistory() };
  return { server: "kube-apiserver", provider: "envtest", version: cluster.version, ...(await verdictsOf(held)) };
}

function connectionTo({ url, caPem, adminToken }: { readonly url: string; readonly caPem: string; readonly adminToken: string }) {
  return { url, caPem, tokens: { admin: adminToken, nobody: nobody.token } };
}

async function verdictsOf(connection: ContractConnection): Promise<Pick<ContractRow, "confirmed" | "denied" | "open">> {
  const denied: string[] = [];
  const open = contractCases.flatMap((one) => {
    const needs = reasonToSkip(one, connection);
    return needs === undefined ? [] : [{ name: one.name, needs }];
  });
  const held = contractCases.filter(({ name }) => !open.some((one) => one.name === name));
  const run = async (one: (typeof contractCases)[number]) => {
    try {
      await runContractCase(one, connection);
    } catch (error) {
      denied.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await sideBySide(
    held.filter(({ alone }) => alone !== true),
    AT_A_TIME,
    run,
  );
  await sideBySide(
    held.filter(({ alone }) => alone === true),
    1,
    run,
  );
  return { confirmed: held.length - denied.length, denied, open };
}
