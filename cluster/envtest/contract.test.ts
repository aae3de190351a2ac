import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractCases, reasonToSkip, runContractCase, type ContractConnection, type Trait } from "../contract/index.ts";
import { findAssets } from "./assets.ts";
import { startEnvtestCluster, type EnvtestCluster } from "./start.ts";

const unavailable = reasonOf(() => findAssets());
/** kube-apiserver is started for the file, and again where its history must go. */
const START_MS = 90_000;
/** Since then the gate is on by default, and off again, and on: whoever runs such a server says so by a flag. */
const WATCH_LIST_BY_DEFAULT = 32;

describe("a real kube-apiserver keeps the contract", () => {
  if (unavailable !== undefined) {
    // A hundred skipped cases would say what one says.
    it("needs KUBEBUILDER_ASSETS", ({ skip }) => skip(unavailable));
    return;
  }
  const passed = new Set<string>();
  const skipped = new Map<string, string>();
  let cluster: EnvtestCluster;
  let connection: ContractConnection;

  beforeAll(async () => {
    const nobody = { name: "nobody", token: "nobody-token", rules: [] };
    cluster = await startEnvtestCluster({ users: [nobody] });
    const minor = Number(/^v1\.(\d+)/.exec(cluster.version)?.[1]);
    const traits = new Set<Trait>(["forgets-history", ...(minor < WATCH_LIST_BY_DEFAULT ? (["no-watch-list"] as const) : [])]);
    connection = {
      url: cluster.url,
      caPem: cluster.caPem,
      tokens: { admin: cluster.adminToken, nobody: nobody.token },
      minor,
      traits,
      forgetHistory: async () => cluster.forgetHistory(),
    };
  }, START_MS);
  afterAll(async () => cluster?.[Symbol.asyncDispose]());

  describe.concurrent("beside each other", () => {
    for (const contractCase of contractCases.filter(({ alone }) => alone !== true)) declare(contractCase);
  });
  describe("alone", () => {
    for (const contractCase of contractCases.filter(({ alone }) => alone === true)) declare(contractCase);
  });

  it("has confirmed every case that holds for its version", () => {
    const denied = contractCases.map(({ name }) => name).filter((name) => !passed.has(name) && !skipped.has(name));
    const open = [...skipped].map(([name, why]) => `\n  ${name}: ${why}`).join("");
    console.info(
      `${cluster.version}: ${passed.size} of ${contractCases.length} cases confirmed, ${denied.length} denied, ` +
        `${skipped.size} that this server cannot tell of:${open}`,
    );
    expect(denied).toEqual([]);
  });

  function declare(contractCase: (typeof contractCases)[number]): void {
    it(
      contractCase.name,
      async ({ skip }) => {
        const reason = reasonToSkip(contractCase, connection);
        if (reason !== undefined) {
          skipped.set(contractCase.name, reason);
          skip(reason);
        }
        await runContractCase(contractCase, connection);
        passed.add(contractCase.name);
      },
      START_MS,
    );
  }
});

function reasonOf(find: () => unknown): string | undefined {
  try {
    find();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
