import { printable, wrap } from "../report/index.ts";
import type { Footprint, Made, StoryFootprint } from "../suites/footprint/index.ts";
import { clusterRoleText } from "../suites/permissions/index.ts";

const WIDTH = 116;

/** What a run would make, for people: for --dry-run, after the plan. */
export function footprintText({ machine, cluster, ownCluster, harnessRights, agentRights, stories }: Footprint): string {
  const role = agentRights.source === "minimal" ? "the smallest that will do" : printable(agentRights.source);
  const told = stories.filter(({ creates, changes, deletes }) => Object.keys(creates).length + changes + deletes > 0);
  return [
    ...section("Would make on this machine", machine.map(madeText)),
    ...section(
      "Would make in the cluster",
      cluster.length === 0
        ? [ownCluster ? "nothing beside what the stories do: it is the run's own" : "nothing"]
        : cluster.map(madeText),
    ),
    ...section(`The stories do${ownCluster ? ", in a cluster of the run's own" : ""}`, told.map(storyText)),
    ...section("Needs the right to", harnessRights),
    `What an agent must be granted (${role}; --cluster-role takes another):`,
    ...clusterRoleText(agentRights.rules)
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
    "",
    "",
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const wrapped = lines.flatMap((line) => wrap(line, WIDTH).map((part, index) => `${index === 0 ? "  " : "    "}${part}`));
  return [`${title}:`, ...wrapped, ""];
}

function madeText({ what, why, goes }: Made): string {
  return `${printable(what)}: ${why}; ${goes === "never" ? "stays" : `goes ${goes}`}`;
}

function storyText({ scenario, creates, changes, deletes }: StoryFootprint): string {
  const made = Object.entries(creates).map(([resource, count]) => `${count} ${resource}`);
  const parts = [
    ...(made.length === 0 ? [] : [`makes ${made.join(", ")}`]),
    ...(changes === 0 ? [] : [`changes objects ${changes} times`]),
    ...(deletes === 0 ? [] : [`deletes ${deletes}`]),
  ];
  return `${scenario}: ${parts.join("; ")}`;
}
