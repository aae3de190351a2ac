import { describeRange, isWithin, type AgentVersion } from "../agent-version.ts";
import type { Cursor } from "../documents/cursor.ts";
import { entryName, type PlacedEntry } from "../resources/entries.ts";
import { homesFor } from "../resources/resolve.ts";
import { findResource, supportedResources } from "../resources/supported.ts";
import type { Finding } from "../types.ts";
import { error } from "./rule.ts";

const IGNORED = "The agent logs a warning and passes over the entry; what it was for is not uploaded.";

/** The form of the list and of its entries. */
export function judgeListShape(list: Cursor): Finding[] {
  const wrong = (at: Cursor, problem: string, mend: string) =>
    error("resource-list-shape", at, {
      problem,
      consequence: "The agent cannot read the list, and may refuse the whole configuration.",
      mend,
      source: "protocol.md 6.1",
    });
  if (list.kind === "absent") return [];
  if (list.kind !== "list") return [wrong(list, `${list.path} is not a list`, "Write entries with a dash: - name: routes.")];
  return list.items().flatMap((at) => {
    if (typeof at.get("name").value !== "string")
      return [wrong(at, `${at.path} has no name`, "Give the plural name of the resource: - name: routes.")];
    const disabled = at.get("disabled");
    const isBoolean = disabled.kind === "absent" || typeof disabled.value === "boolean";
    return isBoolean ? [] : [wrong(disabled, `${disabled.path} is not true or false`, "Write true or false, without quotes.")];
  });
}

/** One entry: is there such a resource, in that group, for this agent? */
export function judgeEntry({ entry, at }: PlacedEntry, agent: AgentVersion): Finding[] {
  if (entry.disabled === true || homesFor(entry, agent).length > 0) return [];
  const resource = findResource(entry.name);
  if (resource === undefined) {
    return [
      error("resource-unknown", at.get("name"), {
        problem: `no agent knows a resource ${entry.name}`,
        consequence: IGNORED,
        mend: `Use one of ${supportedResources.map(({ name }) => name).join(", ")}.`,
        source: "protocol.md 6.2",
      }),
    ];
  }
  if (entry.name === "opengaussclusters" && entry.group?.startsWith("opengauss.sig") === true)
    return [wrongOpenGaussGroup(at.get("group"))];
  const homes = resource.homes.filter(
    ({ group, versions }) => (!entry.group || group === entry.group) && (!entry.version || versions.includes(entry.version)),
  );
  const later = homes[0];
  if (later !== undefined && !isWithin(agent, later.agents ?? {})) {
    return [
      error("resource-too-new", at, {
        problem: `${entryName(entry)} is known to ${describeRange(later.agents ?? {})}, not to ${agent.name}`,
        consequence: IGNORED,
        mend: "Upgrade the agents, or remove the entry.",
        source: "protocol.md 6.2",
      }),
    ];
  }
  const known = resource.homes.map(({ group, versions }) => `${group || "the core group"} (${versions.join(", ")})`).join(", ");
  return [
    error("resource-unknown", at.get(entry.group ? "group" : "version"), {
      problem: `the agent does not look for ${entry.name} in ${entry.group ?? ""} ${entry.version ?? ""}`.trim(),
      consequence: IGNORED,
      mend: `It knows ${known}.`,
      source: "protocol.md 6.2",
    }),
  ];
}

/** The group of the documentation's sample is not the one that the agent asks for. */
export function wrongOpenGaussGroup(at: Cursor): Finding {
  return error("opengauss-group", at, {
    problem: "the agent asks for opengaussclusters in opengauss.cmbc.com.cn; opengauss.sig stands in a ClusterRole sample alone",
    consequence:
      "The list is refused, the agent is never ready and reports an error with every request: servers from v6.3.5 on freeze the whole cluster.",
    mend: "Write opengauss.cmbc.com.cn.",
    source: "protocol.md 6.2, 6.3 rule 6",
  });
}
