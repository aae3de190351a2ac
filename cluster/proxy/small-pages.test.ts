import { expect, it } from "vitest";
import { memorySink, openTranscript, parseTranscript } from "../../transcript/index.ts";
import { ContractClient } from "../contract/client.ts";
import { startEmbeddedCluster } from "../embedded/start.ts";
import { startApiProxy } from "./start.ts";

it("gives pages of fewer objects than asked for, to whoever asks for pages", async () => {
  const sink = memorySink();
  await using cluster = await startEmbeddedCluster();
  await using proxy = await startApiProxy({ upstream: cluster, recorder: openTranscript(sink).tenant("t") });
  await using client = new ContractClient(proxy.url, proxy.caPem, cluster.adminToken);
  const list = async (query: string) => {
    const { json } = await client.call(`/api/v1/namespaces?${query}`);
    const { items, metadata } = json as { items: readonly unknown[]; metadata: { continue?: string } };
    return { items: items.length, token: metadata.continue ?? "" };
  };
  // What the server refuses shows no page, and so uses nothing up.
  proxy.addFault({ fault: "api-small-pages", limit: 3, times: 1 });
  expect((await client.call("/api/v1/namespaces?limit=500&continue=nonsense")).status).toBe(400);
  expect(await list("limit=500")).toMatchObject({ items: 3 });
  proxy.addFault({ fault: "api-small-pages", limit: 3, times: "all" });

  const first = await list("limit=500");
  expect(first).toEqual({ items: 3, token: expect.stringMatching(/./) as string });
  expect(await list(`limit=500&continue=${first.token}`)).toEqual({ items: 1, token: "" });
  expect(await list("limit=2")).toMatchObject({ items: 2 });
  expect(await list("")).toEqual({ items: 4, token: "" });
  const fired = [...parseTranscript(sink.text())].filter((line) => line["event"] === "fired").map((line) => line["req"]);
  expect(fired).toEqual([2, 3, 4]);
});
