import { afterAll, beforeAll, describe, it } from "vitest";
import { contractCases, reasonToSkip, runContractCase, type ContractConnection, type Trait } from "../contract/index.ts";
import { startEmbeddedCluster, type EmbeddedCluster } from "../embedded/start.ts";
import { startApiProxy } from "./start.ts";
import type { ApiProxy } from "./types.ts";

const SERVERS = [
  { name: "1.20", kubernetesVersion: "1.20", minor: 20, watchList: false },
  { name: "1.30 with the WatchList gate", kubernetesVersion: "1.30", minor: 30, watchList: true },
] as const;

describe.each(SERVERS)("the embedded API server $name keeps the contract through the proxy", (server) => {
  const { kubernetesVersion, minor, watchList } = server;
  const traits = new Set<Trait>(["json-only", "forgets-history", watchList ? "watch-list" : "no-watch-list"]);
  let cluster: EmbeddedCluster;
  let proxy: ApiProxy;
  let connection: ContractConnection;

  beforeAll(async () => {
    const nobody = { name: "nobody", token: "nobody-token", rules: [] };
    cluster = await startEmbeddedCluster({ kubernetesVersion, watchList, users: [nobody], freshnessMs: 200 });
    proxy = await startApiProxy({ upstream: cluster });
    connection = {
      url: proxy.url,
      caPem: proxy.caPem,
      tokens: { admin: cluster.adminToken, nobody: nobody.token },
      minor,
      traits,
      forgetHistory: async () => cluster.compact(),
    };
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  describe.concurrent("beside each other", () => {
    for (const contractCase of contractCases.filter(({ alone }) => alone !== true)) declare(contractCase);
  });
  describe("alone", () => {
    for (const contractCase of contractCases.filter(({ alone }) => alone === true)) declare(contractCase);
  });

  function declare(contractCase: (typeof contractCases)[number]): void {
    const reason = reasonToSkip(contractCase, { minor, traits });
    it(contractCase.name, async ({ skip }) => {
      if (reason !== undefined) skip(reason);
      await runContractCase(contractCase, connection);
    });
  }
});
