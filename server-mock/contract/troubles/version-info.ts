import { at } from "../json.ts";
import { VERSION_INFO_TYPE } from "../kinds/type-names.ts";
import type { Target } from "../targets/types.ts";
import type { Trouble, UploadedObject } from "./types.ts";

/**
 * What is wrong with a snapshot's `*version.Info`: none, several, or no gitVersion in the one that is read (the
 * first). Empty on a target that does not read it. Source: protocol.md 4.1.
 */
export function versionInfoTrouble(target: Target, objects: Iterable<UploadedObject>): readonly Trouble[] {
  if (target.versionInfo === "ignored") return [];
  const infos: UploadedObject[] = [];
  for (const uploaded of objects) if (uploaded.type === VERSION_INFO_TYPE) infos.push(uploaded);
  const crashes = target.versionInfo === "crashes";
  const lost = crashes
    ? `the server process of ${target.id} crashes on it`
    : `${target.id} gives up the whole sync of the cluster and keeps its old resources`;
  const source = target.sources.versionInfo;
  const [first, second] = infos;
  if (!first) {
    const text = `no entry of type ${VERSION_INFO_TYPE} in the snapshot; ${lost}. To mend it: send the API server's GET /version as one entry in every snapshot.`;
    return [{ rule: "version-info-missing", effect: crashes ? "crashes" : "aborts", text, source }];
  }
  const troubles: Trouble[] = [];
  const gitVersion = at(first.object, "gitVersion");
  if (!crashes && (typeof gitVersion !== "string" || gitVersion === "")) {
    const text = `entry ${first.entry}, ${VERSION_INFO_TYPE}: gitVersion is ${describe(gitVersion)}, not a non-empty string; ${lost}. To mend it: send the body of GET /version as it is.`;
    troubles.push({
      rule: "version-info-git-version",
      effect: "aborts",
      entry: first.entry,
      type: VERSION_INFO_TYPE,
      text,
      source,
    });
  }
  if (second) {
    const text = `entry ${second.entry}, ${VERSION_INFO_TYPE}: the snapshot has ${infos.length} of them; ${target.id} reads the first, entry ${first.entry}, and ignores the rest. To mend it: send exactly one.`;
    troubles.push({
      rule: "version-info-several",
      effect: "ignores",
      entry: second.entry,
      type: VERSION_INFO_TYPE,
      text,
      source,
    });
  }
  return troubles;
}

function describe(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (value === "") return "empty";
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}
