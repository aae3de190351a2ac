import { afterAll, beforeAll, describe, it } from "vitest";
import { contractCases, reasonToSkip, runContractCase, type ContractConnection, type Trait } from "../contract/index.ts";
import { startEmbeddedCluster, type EmbeddedCluster } from "./start.ts";

const SERVERS = [
  { name: "1.20", kubernetesVersion: "1.20", minor: 20, watchList: false },
  { name: "1.30", kubernetesVersion: "1.30", minor: 30, watchList: false },
  { name: "1.30 with the WatchList gate", kubernetesVersion: "1.30", minor: 30, watchList: true },
] as const;

describe.each(SERVERS)("the embedded API server $name keeps the contract", ({ kubernetesVersion, minor, watchList }) => {
  const traits = new Set<Trait>(["json-only", "forgets-history", watchList ? "watch-list" : "no-watch-list"]);
  let cluster: EmbeddedCluster;
  let connection: ContractConnection;

  beforeAll(async () => {
    const nobody = { name: "nobody", token: "nobody-token", rules: [] };
    cluster = await startEmbeddedCluster({ kubernetesVersion, watchList, users: [nobody], freshnessMs: 200 });
    connection = {
      url: cluster.url,
      caPem: cluster.caPem,
      tokens: { admin: cluster.adminToken, nobody: nobody.token },
      minor,
      traits,
      forgetHistory: async () => cluster.compact(),
    };
  });
  afterAll(async () => cluster[Symbol.asyncDispose]());

  // The gate changes nothing but streamed lists, so the rest need not be told a third time.
  const cases = watchList ? contractCases.filter(({ needs }) => needs === "watch-list") : contractCases;
  describe.concurrent("beside each other", () => {
    for (const contractCase of cases.filter(({ alone }) => alone !== true)) declare(contractCase);
  });
  describe.skipIf(watchList)("alone", () => {
    for (const contractCase of cases.filter(({ alone }) => alone === true)) declare(contractCase);
  });

  function declare(contractCase: (typeof contractCases)[number]): void {
    const reason = reasonToSkip(contractCase, { minor, traits });
    it(contractCase.name, async ({ skip }) => {
      if (reason !== undefined) skip(reason);
      await runContractCase(contractCase, connection);
    });
  }
});
