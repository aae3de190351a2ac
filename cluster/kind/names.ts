import { createHash } from "node:crypto";

/** How the names of our clusters begin. */
const PREFIX = "deepflow-conformance-";
/** A node's name is that of its cluster with `-control-plane` behind it, and a DNS label. */
const LONGEST = 63 - "-control-plane".length;

/** The name of a run's cluster: lower case letters, digits and dashes, short enough for the names of its nodes. */
export function clusterNameFor(run: string): string {
  const word = run.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const name = PREFIX + word.replace(/^-+|-+$/g, "");
  if (name.length <= LONGEST) return name;
  const digest = createHash("sha256").update(run).digest("hex").slice(0, 8);
  return `${name.slice(0, LONGEST - 9)}-${digest}`;
}
