import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PseudoAgentOptions } from "../reference/index.ts";
import type { ApiResource } from "../reference/kubernetes/resources.ts";
import type { Mutant } from "./mutant.ts";

const OPENSHIFT: Mutant["run"] = { profiles: ["core", "environments"], features: ["openshift"] };
const OPENKRUISE: Mutant["run"] = { profiles: ["core", "environments"], features: ["openkruise"] };
const RESTRICTED: Mutant["run"] = { profiles: ["restricted"], features: [] };
const UNCONFIGURED: Mutant["run"] = { profiles: ["restricted"], features: ["cluster-id"] };

const secrets: ApiResource = {
  id: "secrets",
  apiVersion: "v1",
  kind: "Secret",
  path: "/api/v1/secrets",
  type: "*v1.Secret",
  trim: "configMap",
};

/** Faults of what an agent makes of its settings: KAS-CFG-*, LIFE-1. */
export const settingsMutants: readonly Mutant[] = [
  {
    name: "openshift-ignored",
    describes: "takes no notice of its resource list, and uploads Ingresses and no Routes",
    run: OPENSHIFT,
    fails: ["KAS-CFG-1"],
    thread: "deepflowio/deepflow#8736",
    settings: () => ({ resources: [] }),
  },
  {
    name: "distrusts-ca",
    describes: "does not read the CA of its kubeconfig, and so trusts no API server with a certificate of its own",
    fails: ["KAS-LIFE-1"],
    thread: "deepflowio/deepflow#950",
    settings: ({ kubeconfig }) => ({ kubeconfig: withoutCa(kubeconfig ?? process.env["KUBECONFIG"] ?? "") }),
  },
  {
    name: "openkruise-ignored",
    describes: "takes no notice of its resource list, and knows neither CloneSets nor StatefulSets of apps.kruise.io",
    run: OPENKRUISE,
    // The pods of these workloads are uploaded and keep their ownerReferences, but their owners are not there.
    fails: ["KAS-CFG-2", "KAS-OBJ-5"],
    thread: "deepflowio/deepflow#3368",
    settings: () => ({ resources: [] }),
  },
  {
    name: "openkruise-apps-lost",
    describes: "lists StatefulSets of apps.kruise.io alone, whose entry replaced the default of that name",
    run: OPENKRUISE,
    // StatefulSets of apps have pods, and own them.
    fails: ["KAS-CFG-2", "KAS-SNAP-2", "KAS-OBJ-5"],
    settings: ({ resources = [] }) => ({
      resources: resources.filter(({ name, group }) => name !== "statefulsets" || group !== "apps"),
    }),
  },
  {
    name: "cluster-id-invented",
    describes: "invents a cluster_id where none is configured",
    run: UNCONFIGURED,
    fails: ["KAS-CFG-5"],
    settings: (given: PseudoAgentOptions) => (given.clusterId ? {} : { clusterId: "d-madeup0000" }),
  },
  {
    name: "cluster-id-wrong-md5",
    describes: "asks for its cluster_id by the MD5 of the CA's base64 text, as it stands in a kubeconfig",
    run: UNCONFIGURED,
    fails: ["KAS-CFG-5"],
    behaviour: () => ({ digestCa: (ca) => createHash("md5").update(ca.toString("base64")).digest("hex") }),
  },
  {
    name: "needs-secrets",
    describes: "lists Secrets like the kinds that it uploads, and begins only when it has them",
    run: RESTRICTED,
    fails: ["KAS-CFG-3"],
    behaviour: () => ({ chooseResources: (resources) => [...resources, secrets] }),
  },
  {
    name: "no-election",
    describes: "uploads in every replica, and takes no part in their election",
    run: { profiles: ["restricted"], features: ["ha"] },
    fails: ["KAS-LIFE-6"],
    settings: () => ({ leaderElection: false }),
  },
  {
    name: "watches-anyway",
    describes: "takes no notice of being told not to watch",
    run: { profiles: ["restricted"], features: ["no-watch"] },
    fails: ["KAS-CFG-4"],
    settings: () => ({ watch: true }),
  },
];

/** A copy of a kubeconfig that names no CA; gone when the process ends. */
function withoutCa(path: string): string {
  const folder = mkdtempSync(join(tmpdir(), "distrusts-ca-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, "kubeconfig");
  writeFileSync(copy, readFileSync(path, "utf8").replaceAll(/^.*certificate-authority(-data)?"?:.*$/gm, ""));
  return copy;
}
