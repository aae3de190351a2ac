import type { KubeObject as Manifest } from "../../cluster/index.ts";
import { namespaceNamed, runningPod, workload } from "./objects.ts";
import { awaitFirstUpload } from "./openings.ts";
import type { Recipe, Scenario } from "./types.ts";

/** Names of their greatest length: 63 characters for a label, 253 for a subdomain. */
const NAMESPACE = "conformance-".padEnd(63, "n");
const APP = "odd";
const SET = `${"s".repeat(60)}.`.repeat(5).slice(0, 240) + "set";
const POD = `${SET}-x7k2p`.slice(0, 253);

/** Scripts from right to left, beyond the basic plane, composed and decomposed, and what ends lines in some languages. */
const TEXTS = [
  "ünïcödé",
  "日本語のテキスト",
  "עברית",
  "🚢🧭👩‍💻",
  "e\u0301 é",
  "a\u2028b\u2029c",
  "\u200bzero\ufeffwidth",
  'quote " backslash \\ tab \t',
];

/** As many as no cluster has, of the longest keys and values that a label may have. */
const MANY = 500;
const KEY_DOMAIN = `${"k".repeat(60)}.example.com`;

function many(value: (index: number) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [`${KEY_DOMAIN}/${`key-${index}-`.padEnd(63, "x")}`, value(index)]),
  );
}

const unusual: readonly Recipe[] = [
  { as: "long-namespace", resource: "namespaces", build: () => namespaceNamed(NAMESPACE) },
  {
    as: "labelled-deployment",
    resource: "deployments.apps",
    build: () => labelled(workload("Deployment", { name: APP, namespace: NAMESPACE, app: APP }, { replicas: 1 })),
  },
  {
    as: "long-set",
    resource: "replicasets.apps",
    build: (world) =>
      workload(
        "ReplicaSet",
        { name: SET, namespace: NAMESPACE, app: APP },
        { replicas: 1, owner: world.made("labelled-deployment") },
      ),
  },
  {
    as: "long-pod",
    resource: "pods",
    build: (world) => annotated(runningPod(world, { name: POD, app: APP, owner: world.made("long-set"), index: 0 })),
  },
  { as: "large-config", resource: "configmaps", build: () => largeConfig() },
];

/** Objects at the limits of what an API server takes. */
export const oddObjects: Scenario = {
  name: "odd-objects",
  title: "uploads objects of a megabyte, of the longest names, with texts in every script and hundreds of labels",
  profile: "scale",
  steps: [
    { step: "start-agent" },
    ...awaitFirstUpload,
    { step: "create", objects: unusual },
    { step: "await-shown", objects: ["long-namespace", "labelled-deployment", "long-set", "long-pod"], budget: "staleness" },
    { step: "change", changes: [{ of: "long-pod", patch: () => ({ metadata: { labels: { release: "canary" } } }) }] },
    { step: "await-shown", objects: ["long-pod"], budget: "staleness" },
    { step: "delete", objects: [{ as: "large-config" }, { as: "long-pod" }] },
    { step: "await-gone", objects: ["long-pod"], budget: "staleness" },
    { step: "await-call", budget: "heartbeat" },
    { step: "stop-agent" },
  ],
};

function labelled(object: Manifest): Manifest {
  const { metadata } = object;
  return {
    ...object,
    metadata: { ...metadata, labels: { ...metadata.labels, ...many((index) => `value-${index}-`.padEnd(63, "y")) } },
  };
}

/** Values of annotations may be any text. */
function annotated(object: Manifest): Manifest {
  const annotations = { ...many((index) => `${index} ${TEXTS[index % TEXTS.length]}`), [`${KEY_DOMAIN}/all`]: TEXTS.join("\n") };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Just below what etcd keeps with its default flags, in texts that take several bytes a character. */
function largeConfig(): Manifest {
  const line = `${TEXTS.join(" ")}\n`;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "large", namespace: NAMESPACE },
    data: { "large.txt": line.repeat(8_000), "empty.txt": "" },
  };
}
