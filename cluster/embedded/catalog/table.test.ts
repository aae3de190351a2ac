import { describe, expect, it } from "vitest";
import { humanDuration } from "./duration.ts";
import { findRelease, resourceKey, resourcesOf, tableOf, type KubeObject, type ResourceDefinition } from "./index.ts";

const NOW = Date.UTC(2025, 5, 1);
const metadata = { name: "web-1", namespace: "default", creationTimestamp: "2025-05-29T00:00:00Z" };

function definition(key: string): ResourceDefinition {
  const release = findRelease("1.30");
  const all = release === undefined ? [] : resourcesOf(release, ["openkruise"]);
  const found = all.find((one) => resourceKey(one) === key);
  if (found === undefined) throw new Error(`no resource ${key}`);
  return found;
}

function cellsOf(key: string, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const object = { apiVersion: "v1", kind: "Any", metadata, ...fields } as KubeObject;
  const table = tableOf(definition(key), [object], { now: NOW }) as {
    columnDefinitions: { name: string }[];
    rows: { cells: unknown[] }[];
  };
  return Object.fromEntries(table.columnDefinitions.map(({ name }, index) => [name, table.rows[0]?.cells[index]]));
}

describe("tables", () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "pods",
      { spec: { containers: [{}, {}] }, status: { phase: "Running", containerStatuses: [{ ready: true, restartCount: 3 }, {}] } },
      { Ready: "1/2", Status: "Running", Restarts: "3", Age: "3d", IP: "<none>" },
    ],
    [
      "pods",
      { spec: { containers: [{}] }, status: { containerStatuses: [{ state: { waiting: { reason: "CrashLoopBackOff" } } }] } },
      { Ready: "0/1", Status: "CrashLoopBackOff" },
    ],
    [
      "nodes",
      { status: { conditions: [{ type: "Ready", status: "True" }], nodeInfo: { kubeletVersion: "v1.30.4" } } },
      { Status: "Ready", Roles: "<none>", Version: "v1.30.4" },
    ],
    ["nodes", { spec: { unschedulable: true } }, { Status: "Unknown,SchedulingDisabled" }],
    [
      "services",
      { spec: { type: "NodePort", clusterIP: "10.96.0.9", ports: [{ port: 80, nodePort: 30080, protocol: "TCP" }] } },
      { Type: "NodePort", "Cluster-IP": "10.96.0.9", "External-IP": "<none>", "Port(s)": "80:30080/TCP", Selector: "<none>" },
    ],
    [
      "endpoints",
      { subsets: [{ addresses: [{ ip: "1" }, { ip: "2" }, { ip: "3" }, { ip: "4" }], ports: [{ port: 80 }] }] },
      { Endpoints: "1:80,2:80,3:80 + 1 more..." },
    ],
    ["configmaps", { data: { a: "1", b: "2" }, binaryData: { c: "" } }, { Data: "3" }],
    [
      "deployments.apps",
      { spec: { replicas: 3 }, status: { readyReplicas: 2, updatedReplicas: 3 } },
      { Ready: "2/3", "Up-to-date": 3 },
    ],
    [
      "jobs.batch",
      { status: { succeeded: 1, startTime: "2025-05-29T00:00:00Z", completionTime: "2025-05-29T00:01:35Z" } },
      { Completions: "1/1", Duration: "95s" },
    ],
    [
      "ingresses.networking.k8s.io",
      { spec: { rules: [{ host: "a" }, { host: "b" }], tls: [{}] } },
      { Class: "<none>", Hosts: "a,b", Ports: "80, 443", Address: "" },
    ],
    ["clonesets.apps.kruise.io", {}, { Name: "web-1", Age: "3d" }],
    ["leases.coordination.k8s.io", {}, { "Created At": "2025-05-29T00:00:00Z" }],
  ])("print %s %#", (key, fields, cells) => {
    expect(cellsOf(key, fields)).toMatchObject(cells);
  });

  it("carry the object as it was asked for", () => {
    const pod: KubeObject = { apiVersion: "v1", kind: "Pod", metadata };
    const rowOf = (includeObject: "None" | "Metadata" | "Object") =>
      (tableOf(definition("pods"), [pod], { now: NOW, includeObject }) as { rows: { object: unknown }[] }).rows[0]?.object;
    expect(rowOf("None")).toBeNull();
    expect(rowOf("Metadata")).toEqual({ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata });
    expect(rowOf("Object")).toBe(pod);
  });

  it("survive objects that have nothing in them, for every resource", () => {
    const release = findRelease("1.20");
    for (const one of release === undefined ? [] : resourcesOf(release, [])) {
      const empty: KubeObject = { apiVersion: "v1", kind: one.kind, metadata: { name: "x" } };
      expect(tableOf(one, [empty], { now: NOW })).toMatchObject({ rows: [{ cells: expect.arrayContaining(["x"]) }] });
    }
  });
});

describe("durations", () => {
  it.each([
    [-5000, "<invalid>"],
    [0, "0s"],
    [119_000, "119s"],
    [150_000, "2m30s"],
    [600_000, "10m"],
    [3 * 3_600_000, "3h"],
    [3 * 3_600_000 + 60_000, "3h1m"],
    [47 * 3_600_000, "47h"],
    [75 * 3_600_000, "3d3h"],
    [100 * 86_400_000, "100d"],
    [3 * 365 * 86_400_000, "3y"],
  ])("%d ms is %s", (milliseconds, written) => {
    expect(humanDuration(milliseconds)).toBe(written);
  });
});
