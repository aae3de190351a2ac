import { describe, expect, it } from "vitest";
import { loadMessage, loadSynchronizer, type ServiceName } from "./load.ts";

/** RPCs by streaming kind (protocol.md 1.5). */
const SHARED = {
  unary: ["Sync", "Query", "GenesisSync", "KubernetesAPISync", "GetKubernetesClusterID", "GPIDSync", "ShareGPIDLocalData"],
  server: ["Push", "Upgrade", "Plugin"],
  bidi: ["RemoteExecute"],
};
const TRIDENT_ALONE = [
  "AnalyzerSync",
  "PrometheusAPISync",
  "GetPrometheusLabelIDs",
  "GetPrometheusTargets",
  "GetUniversalTagNameMaps",
  "GetOrgIDs",
];

describe("loadSynchronizer", () => {
  it.each<[ServiceName, string[]]>([
    ["agent", []],
    ["trident", TRIDENT_ALONE],
  ])("has every RPC of %s.Synchronizer in its kind", (service, alone) => {
    const methods = Object.entries(loadSynchronizer(service));
    const kinds = Object.fromEntries(methods.map(([name, method]) => [name, [method.requestStream, method.responseStream]]));
    expect(kinds).toEqual({
      ...Object.fromEntries([...SHARED.unary, ...alone].map((name) => [name, [false, false]])),
      ...Object.fromEntries(SHARED.server.map((name) => [name, [false, true]])),
      ...Object.fromEntries(SHARED.bidi.map((name) => [name, [true, true]])),
    });
    expect(methods.every(([name, method]) => method.path === `/${service}.Synchronizer/${name}`)).toBe(true);
  });
});

describe("field numbers", () => {
  it.each([
    ["trident", "KubernetesAPISyncRequest", { vtap_id: 1 }, "2001"],
    ["agent", "KubernetesAPISyncRequest", { agent_id: 1 }, "2001"],
    ["agent", "KubernetesAPISyncRequest", { cluster_id: "a", version: "1", error_msg: "b" }, "0a016110011a0162"],
    ["agent", "KubernetesAPISyncRequest", { source_ip: "a", team_id: "b" }, "2a0161320162"],
    [
      "trident",
      "KubernetesAPISyncRequest",
      { entries: [{ type: "a", info: "b", compressed_info: Buffer.from("c") }] },
      "52090a01611201621a0163",
    ],
    ["agent", "KubernetesAPISyncResponse", { version: "0" }, "0800"],
    ["agent", "KubernetesAPISyncResponse", {}, ""],
    ["agent", "KubernetesClusterIDRequest", { ca_md5: "a", team_id: "b", kubernetes_cluster_name: "c" }, "0a0161120162f2020163"],
    ["trident", "KubernetesClusterIDResponse", { error_msg: "a", cluster_id: "b" }, "0a0161120162"],
    ["trident", "SyncResponse", { config: { enabled: true, kubernetes_api_enabled: true, vtap_id: 1 } }, "12080801880101c00201"],
    [
      "agent",
      "SyncResponse",
      { user_config: "a", dynamic_config: { kubernetes_api_enabled: true, agent_id: 1 } },
      "120161a2010408016801",
    ],
  ] as const)("%s.%s %j", (service, message, value, hex) => {
    expect(loadMessage(service, message).serialize(value).toString("hex")).toBe(hex);
  });
});
