import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { ContractClient } from "./client.ts";
import type { ContractCase, ContractConnection } from "./types.ts";

/** Runs one case in a namespace of its own, which is deleted afterwards. Rejects where the server does not keep the contract. */
export async function runContractCase(contractCase: ContractCase, connection: ContractConnection): Promise<void> {
  const clients: ContractClient[] = [];
  const as = (token: string | undefined): ContractClient => {
    const client = new ContractClient(connection.url, connection.caPem, token);
    clients.push(client);
    return client;
  };
  const client = as(connection.tokens.admin);
  const namespace = `contract-${randomBytes(5).toString("hex")}`;
  try {
    const body = { kind: "Namespace", apiVersion: "v1", metadata: { name: namespace } };
    const made = await client.call("/api/v1/namespaces", { method: "POST", body });
    assert.equal(made.status, 201, made.text);
    await contractCase.run({ connection, client, namespace, as });
  } finally {
    await client.call(`/api/v1/namespaces/${namespace}`, { method: "DELETE" }).catch(() => {});
    for (const used of clients) await used[Symbol.asyncDispose]();
  }
}
