import { describe, expect, it } from "vitest";
import { ContractClient } from "../contract/client.ts";
import { startEmbeddedCluster } from "../embedded/start.ts";
import { startApiProxy } from "./start.ts";
import { configMap, Lines, OBJECTS, PROTOCOLS, setUp, type Protocol } from "./testing.ts";

const CLUSTER = { objects: OBJECTS, watchList: true, clock: () => 0 } as const;
const META = ";g=meta.k8s.io;v=v1";

/** What an agent may do, one after the other; each is over, and recorded, before the next begins. */
async function browse(agent: ContractClient, protocol: Protocol, lines: Lines, change: () => Promise<unknown>): Promise<void> {
  let requests = 0;
  const ended = () => {
    requests += 1;
    const number = requests;
    return lines.await("end", ({ req }) => req === number);
  };
  const call = async (path: string, options = {}) => {
    const answer = await agent.call(path, { protocol, ...options });
    await ended();
    return answer;
  };
  await call("/version");
  await call("/apis/apps/v1");
  const page = await call("/api/v1/configmaps?limit=2");
  await call(`/api/v1/configmaps?limit=2&continue=${(page.json["metadata"] as { continue: string }).continue}`);
  await call("/api/v1/namespaces/default/configmaps?labelSelector=none%3Dany");
  await call("/apis/networking.k8s.io/v1/ingresses");
  await call("/api/v1/namespaces/default/configmaps/a");
  await call("/api/v1/namespaces/default");
  await call("/api/v1/secrets");
  await call("/api/v1/configmaps/none");
  await call("/api/v1/configmaps?continue=nonsense");
  await call("/apis/apps/v1/deployments", { headers: { accept: "application/vnd.kubernetes.protobuf,application/json" } });
  await call("/api/v1/namespaces/default/configmaps", { method: "POST", body: configMap("a") });
  await call("/api/v1/configmaps", { headers: { "accept-encoding": "gzip" } });
  await call("/api/v1/configmaps?pretty=true");
  const query = "resourceVersion=1005&timeoutSeconds=1&allowWatchBookmarks=1";
  const watches = [
    await agent.watch(`/api/v1/configmaps?watch=1&${query}`, { protocol }),
    await agent.watch(`/api/v1/namespaces/default/secrets?watch=true&resourceVersion=1005`, { protocol }),
    await agent.watch("/api/v1/configmaps?watch=1&resourceVersion=3", { protocol }),
    await agent.watch(`/api/v1/watch/namespaces?sendInitialEvents=true&resourceVersionMatch=NotOlderThan&${query}`, { protocol }),
  ];
  await watches[2]?.rest();
  await change();
  await watches[0]?.take(3);
  await watches[1]?.take(1);
  watches[1]?.close();
  for (const index of [0, 3]) await watches[index]?.rest();
  for (const _watch of watches) await ended();
}

/** The lines of a run, watch by watch: what runs side by side has no order. */
function told(lines: Lines): unknown {
  const told = lines.all.filter(({ side, kind }) => side === "api" && kind !== "state" && kind !== "commit");
  return told
    .map(({ seq: _seq, t: _t, tenant: _tenant, ...line }) => line)
    .sort((a, b) => Number((a as { req?: unknown }).req) - Number((b as { req?: unknown }).req));
}

describe.each(PROTOCOLS)("what the proxy records of an agent over %s", (protocol) => {
  const change = (cluster: Awaited<ReturnType<typeof startEmbeddedCluster>>) => async () => {
    await cluster.patch("configmaps", { namespace: "default", name: "a" }, { data: { k: 'quoted " <ü>' } });
    await cluster.delete("configmaps", { namespace: "default", name: "a" });
    await cluster.create("configmaps", configMap("e"));
    await cluster.patch("secrets", { namespace: "default", name: "s" }, { data: { password: "bmV3" } });
  };

  it("is what the embedded API server records of it, to the byte of every object", async () => {
    const [direct, proxied] = [new Lines(), new Lines()];
    for (const lines of [direct, proxied]) {
      const recorder = lines.transcript.tenant("t");
      await using cluster = await startEmbeddedCluster(lines === direct ? { ...CLUSTER, recorder } : CLUSTER);
      await using proxy = await startApiProxy({ upstream: cluster, ...(lines === proxied && { recorder }) });
      const { url, caPem } = lines === direct ? cluster : proxy;
      await using agent = new ContractClient(url, caPem, cluster.token);
      await browse(agent, protocol, lines, change(cluster));
    }
    expect(direct.of("event").length).toBeGreaterThan(6);
    expect(direct.of("page").length).toBeGreaterThan(8);
    expect(told(proxied)).toEqual(told(direct));
    const blobs = new Set(proxied.all.filter(({ kind }) => kind === "blob").map((blob) => blob["sha256"]));
    const items = proxied.of("page").flatMap((page) => page["items"] as (readonly string[])[]);
    expect(items.filter(([, , sha256]) => sha256 !== null && !blobs.has(sha256))).toEqual([]);
  });

  it("names the uid and version of objects in Tables and of metadata alone, with a blob of what was served", async () => {
    await using run = await setUp(protocol);
    const forms = [`Table${META}`, `PartialObjectMetadataList${META}`].map((form) => `application/json;as=${form}`);
    for (const accept of forms) await run.call("/api/v1/configmaps?limit=1", { headers: { accept } });
    const watch = await run.watch("/api/v1/configmaps?watch=1", { headers: { accept: forms[0] ?? "" } });
    await watch.take(3);
    watch.close();
    await run.lines.await("end", ({ req }) => req === 3);
    const refs = [
      ...run.lines.of("page").flatMap(({ items }) => items as string[][]),
      run.lines.of("event")[0]?.["item"] as string[],
    ];
    expect(refs.map(([uid, version]) => [uid, version])).toEqual(Array.from({ length: 3 }, () => ["uid-a", "1002"]));
    const text = run.lines.all.find(({ kind, sha256 }) => kind === "blob" && sha256 === refs[0]?.[2])?.["text"];
    expect(JSON.parse(String(text))).toMatchObject({ kind: "PartialObjectMetadata", metadata: { uid: "uid-a" } });
    expect(run.lines.of("end").some((line) => "unread" in line)).toBe(false);
  });

  it("says where a Table without objects leaves it nothing to record", async () => {
    await using run = await setUp(protocol);
    const headers = { accept: `application/json;as=Table${META}` };
    expect((await run.call("/api/v1/configmaps?includeObject=None", { headers })).status).toBe(200);
    expect(await run.lines.await("end")).toMatchObject({ unread: expect.stringContaining("not the JSON") as unknown });
    expect(run.lines.of("page")).toEqual([]);
  });

  it("holds neither credentials nor Secrets", async () => {
    await using run = await setUp(protocol);
    const watch = await run.watch("/api/v1/secrets?watch=1");
    await watch.take(1);
    watch.close();
    await run.call("/api/v1/secrets");
    await run.call("/api/v1/namespaces/default/secrets/s");
    await run.lines.await("end", ({ req }) => req === 3);
    expect(run.lines.of("page").map(({ items }) => items)).toEqual([[["uid-s", "1005", null]], [["uid-s", "1005", null]]]);
    const text = JSON.stringify(run.lines.all);
    expect(text).not.toContain("aHVudGVyMg==");
    expect(text).not.toContain(run.cluster.token);
  });
});
