import { core, everywhere, planned } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-SNAP-*: snapshots against what the API server had. */
export const snapshotRequirements: readonly Requirement[] = [
  core({
    id: "KAS-SNAP-1",
    title: "every Node, Namespace and Pod is there",
    text: "A snapshot holds every Node, Namespace and Pod that existed throughout its collection.",
    source: "doc 3.3.2",
    scenarios: everywhere,
    mutants: ["omit-pod", "forget-namespace"],
  }),
  core({
    id: "KAS-SNAP-2",
    title: "every workload that has pods is there",
    text: "A snapshot holds every Deployment, StatefulSet, DaemonSet, ReplicationController and ReplicaSet that existed throughout its collection and has pods.",
    source: "doc 3.3.2",
    scenarios: everywhere,
    mutants: ["forget-replicasets", "openkruise-apps-lost"],
  }),
  core({
    id: "KAS-SNAP-3",
    title: "deleted objects go",
    text: "A deleted object is gone from the snapshots after the staleness budget.",
    source: "doc 3.3.1",
    scenarios: ["life-of-objects"],
    mutants: ["keep-deleted", "keep-last-of-kind"],
  }),
  core({
    id: "KAS-SNAP-4",
    title: "nothing is invented",
    text: "Nothing is in a snapshot that never existed in the cluster.",
    source: "doc 3.3.1",
    scenarios: everywhere,
    mutants: ["invent-object"],
  }),
  core({
    id: "KAS-SNAP-5",
    title: "changes show in time",
    text: "A created or changed object shows, in its new form, within the staleness budget.",
    source: "doc 3.3.1",
    scenarios: ["life-of-objects"],
    mutants: ["ignore-changes"],
  }),
  planned("kubernetes", {
    id: "KAS-SNAP-6",
    title: "no snapshot before all is listed, none in parts",
    text: "No request with entries lacks a kind that the agent uploads and the cluster has: it is sent neither before all are listed to their end, nor in parts.",
    source: "agent: protocol.md 5.1",
  }),
  core({
    id: "KAS-SNAP-7",
    title: "a kind can become empty",
    text: "When the last object of a kind is deleted, the kind becomes empty.",
    source: "doc 3.3.1",
    scenarios: ["life-of-objects"],
    mutants: ["keep-last-of-kind", "keep-deleted"],
  }),
  planned("kubernetes", {
    id: "KAS-SNAP-8",
    title: "API trouble is no deletion",
    text: "Trouble at the API server (errors, refused permission, an expired page token) never shows as deletions.",
    source: "doc 3.3.1",
  }),
  core({
    id: "KAS-SNAP-9",
    level: "SHOULD",
    title: "no entries while nothing changed",
    text: "While nothing changed, entries are left out. Holds for agents whose agent_id is not 0.",
    source: "doc 3.3.1",
    scenarios: ["first-snapshot"],
    mutants: ["full-every-beat", "version-per-beat"],
  }),
  planned("kubernetes", {
    id: "KAS-SNAP-10",
    title: "each kind is a state that was delivered",
    text: "Each kind in a snapshot equals a state that was delivered to this agent between the start and the end of its collection.",
    source: "doc 3.3.1",
  }),
];
