import type { TableSubject } from "./subjects.ts";

/** Features by which a cluster serves custom resources; what the stories make of them no other cluster takes. */
const SERVED: readonly string[] = ["openshift", "openkruise"];

/** Agents that are told their stories on clusters of one make. */
export interface ClusterGroup {
  /** What the clusters serve beside the resources of Kubernetes; in words, nothing where it is empty. */
  readonly features: readonly string[];
  /** At least one. */
  readonly subjects: readonly TableSubject[];
}

/**
 * Agents by the clusters that they need: those that serve Kubernetes alone come first, and one more make serves every custom
 * resource that an agent needs. Pure.
 */
export function clustersOf(subjects: readonly TableSubject[]): readonly ClusterGroup[] {
  const needs = ({ choice }: TableSubject) => SERVED.filter((feature) => choice.features.includes(feature));
  const plain = subjects.filter((subject) => needs(subject).length === 0);
  const custom = subjects.filter((subject) => needs(subject).length > 0);
  const features = SERVED.filter((feature) => custom.some((subject) => needs(subject).includes(feature)));
  return [
    { features: [], subjects: plain },
    { features, subjects: custom },
  ].filter((group) => group.subjects.length > 0);
}
