import { judged } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-SCALE-* and KAS-CFG-*: size, environments and configuration. */
export const specialRequirements: readonly Requirement[] = [
  judged("scale", {
    id: "KAS-SCALE-1",
    title: "stays under the message limit",
    text: "A request stays under the server's message limit (100 MiB).",
    source: "protocol.md 1.6",
    scenarios: ["large-cluster", "odd-objects"],
    mutants: ["oversized"],
  }),
  judged("scale", {
    id: "KAS-SCALE-2",
    title: "a large cluster is complete in time",
    text: "With the profile's object counts, the first snapshot is complete within the scale budget.",
    source: "doc 3.2",
    scenarios: ["large-cluster"],
    mutants: ["stops-at-a-thousand"],
  }),
  judged("environments", {
    id: "KAS-CFG-1",
    features: ["openshift"],
    title: "Routes, and no Ingresses",
    text: "Routes are uploaded and Ingresses are not.",
    source: "doc 2.1",
    scenarios: ["environment-openshift"],
    mutants: ["openshift-ignored"],
  }),
  judged("environments", {
    id: "KAS-CFG-2",
    features: ["openkruise"],
    title: "CloneSets and both StatefulSets",
    text: "CloneSets and StatefulSets of both groups are uploaded, and their pods keep their owners.",
    source: "doc 2.2",
    scenarios: ["environment-openkruise"],
    mutants: ["openkruise-ignored", "openkruise-apps-lost"],
  }),
  judged("restricted", {
    id: "KAS-CFG-3",
    title: "works with just its ClusterRole",
    text: "With just the ClusterRole that was handed in, the agent works.",
    source: "doc 2",
    scenarios: ["cluster-role"],
    mutants: ["needs-secrets"],
  }),
  judged("restricted", {
    id: "KAS-CFG-4",
    features: ["no-watch"],
    title: "told not to watch, it is silent",
    text: "Told not to watch, the agent sends no KubernetesAPISync and asks nothing of the API server (its opportunity: the same agent, watching, in a control run).",
    source: "doc 3.1, 3.2",
    scenarios: ["not-watching"],
    mutants: ["watches-anyway"],
  }),
  judged("restricted", {
    id: "KAS-CFG-5",
    features: ["cluster-id"],
    title: "asks for its cluster_id",
    text: "With no cluster_id configured it asks GetKubernetesClusterID with the md5 of the cluster's CA and uses the answer.",
    source: "protocol.md 5.5",
    scenarios: ["cluster-id-asked"],
    mutants: ["cluster-id-invented", "cluster-id-wrong-md5"],
  }),
];
