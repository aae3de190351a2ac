import { deflateSync } from "node:zlib";
import type { SyncEntry } from "../../proto/index.ts";
import type { Mutant } from "./mutant.ts";

const SCALE: Mutant["run"] = { profiles: ["scale"], features: [] };

/** More than the 100 MiB that a server takes in a request. */
const TOO_MUCH = 101 * 1024 * 1024;
const FEW = 1_000;

/** Faults that show in large clusters: KAS-SCALE-*. */
export const scaleMutants: readonly Mutant[] = [
  {
    name: "oversized",
    describes: "sends more than the server takes, since it does not compress",
    run: SCALE,
    fails: ["KAS-SCALE-1"],
    behaviour: () => ({
      compose: (versionInfo, collected) => [versionInfo, ...collected.map(({ entry }) => entry), padding()],
    }),
  },
  {
    name: "stops-at-a-thousand",
    describes: "sends the first thousand objects, and no others",
    run: SCALE,
    fails: ["KAS-SCALE-2"],
    behaviour: () => ({
      compose: (versionInfo, collected) => [versionInfo, ...collected.slice(0, FEW).map(({ entry }) => entry)],
    }),
  },
];

/** A whole zlib stream that is as large as what it holds. */
function padding(): SyncEntry {
  const object = { metadata: { name: "padding", namespace: "default", uid: "padding" }, data: { text: "x".repeat(TOO_MUCH) } };
  return { type: "*v1.ConfigMap", compressedInfo: deflateSync(JSON.stringify(object), { level: 0 }) };
}
