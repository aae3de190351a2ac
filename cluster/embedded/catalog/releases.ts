import type { KubernetesRelease } from "./types.ts";

/** The releases, oldest first: the last that served extensions/v1beta1 widely, and one with GA APIs alone. */
export const releases: readonly KubernetesRelease[] = [
  {
    id: "1.20",
    versionInfo: {
      major: "1",
      minor: "20",
      gitVersion: "v1.20.15",
      gitCommit: "8f1e5bf0b9729a899b8df86249b56e2c74aebc55",
      gitTreeState: "clean",
      buildDate: "2022-01-19T17:23:01Z",
      goVersion: "go1.15.15",
      compiler: "gc",
      platform: "linux/amd64",
    },
    features: {
      aggregatedDiscovery: false,
      aggregatedDiscoveryVersions: [],
      watchList: false,
      consistentListFromCache: false,
      gates: [],
      singularNames: false,
      tokenSecrets: true,
    },
  },
  {
    id: "1.30",
    versionInfo: {
      major: "1",
      minor: "30",
      gitVersion: "v1.30.4",
      gitCommit: "a51b3b711150f57ffc1f526a640ec058514ed596",
      gitTreeState: "clean",
      buildDate: "2024-08-14T18:59:19Z",
      goVersion: "go1.22.5",
      compiler: "gc",
      platform: "linux/amd64",
    },
    features: {
      aggregatedDiscovery: true,
      aggregatedDiscoveryVersions: ["v2", "v2beta1"],
      watchList: false,
      consistentListFromCache: false,
      gates: ["WatchList", "ConsistentListFromCache"],
      singularNames: true,
      tokenSecrets: false,
    },
  },
];

/** The release of an id such as `1.30`; undefined if there is none. */
export function findRelease(id: string): KubernetesRelease | undefined {
  return releases.find((release) => release.id === id);
}
