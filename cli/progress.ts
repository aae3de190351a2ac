import { plural, printable, wrap } from "../report/index.ts";
import { whyOutOfReach } from "../suites/out-of-reach.ts";
import type { Plan } from "../suites/plan.ts";
import { exclusionOf, requirements } from "../suites/requirements/index.ts";
import { findScenario } from "../suites/scenarios/index.ts";
import type { RunProgress } from "../suites/runner/index.ts";
import { shellWord } from "./shell-word.ts";

const WIDTH = 116;

/** Prints a line or two for each event of a run. Plain text: it may go to a log. */
export function progressLines(print: (text: string) => void): (event: RunProgress) => void {
  return (event) => {
    switch (event.event) {
      case "planned":
        return print(describePlan(event.plan));
      case "cluster":
        return print(`  ${printable(event.text)}\n`);
      case "scenario-started":
        return;
      case "scenario-ended": {
        const seconds = `${(event.tookMs / 1000).toFixed(1)} s`.padStart(7);
        print(`  ${seconds}  ${event.scenario.padEnd(22)} ${howItWent(event)}\n`);
        return;
      }
      case "attach":
        return print(invitationText(event));
      case "patched":
        return print(`  patched ${printable(event.object)}: ${printable(JSON.stringify(event.patch))}\n`);
      case "trouble":
        return print(`  ${event.blame} trouble: ${printable(event.text)}\n`);
    }
  };
}

/** What somebody needs who starts the agent: lines of `NAME=value` for a shell, and the paths of files. */
function invitationText(event: Extract<RunProgress, { event: "attach" }>): string {
  const { tenant } = event;
  if (event.state === "heard") return `  ${tenant}: the agent dialled\n`;
  if (event.state === "over") return `  ${tenant}: over; stop the agent\n`;
  const { environment, values, budgetMs } = event;
  const lines = Object.entries(environment).map(([name, value]) => `    ${name}=${shellWord(value)}`);
  const files = ["ca", "config"].flatMap((name) => (values[name] === undefined ? [] : [`    {${name}} is ${values[name]}`]));
  const head = `  ${tenant}: start the agent now, with this in its environment; it is awaited for ${budgetMs / 1000} s`;
  return `${[head, ...lines, ...files].join("\n")}\n`;
}

/** The plan in a few lines: what is run against what, and how much is judged. */
export function describePlan(plan: Plan): string {
  const { cluster, scenarios, agent } = plan;
  const names = [...new Set(scenarios.map(({ name }) => name))];
  const lines = [
    printable(agentText(agent)),
    `against target ${plan.target} on ${clusterText(cluster)}, interval ${plan.intervalMs} ms, seed ${plan.seed}`,
    `${plural(plan.requirements.length, "requirement")} in ${plural(names.length, "scenario")}:`,
    ...names.map((name) => {
      const times = scenarios.filter((scenario) => scenario.name === name).length;
      return `  ${name.padEnd(22)} ${times === 1 ? "" : `${times} times: `}${findScenario(name)?.title ?? ""}`;
    }),
    ...outOfReachLines(plan),
  ];
  return `${lines.join("\n")}\n\n`;
}

/** What the profiles ask for, and cannot be judged of this agent on this cluster: each reason once. */
function outOfReachLines(plan: Plan): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const requirement of requirements) {
    if (exclusionOf(requirement, plan) !== undefined) continue;
    const reason = whyOutOfReach(requirement, plan);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), requirement.id]);
  }
  return [...byReason].flatMap(([reason, ids]) =>
    wrap(`not applicable: ${ids.join(", ")}: ${reason}`, WIDTH).map((line, index) => (index === 0 ? line : `  ${line}`)),
  );
}

function agentText({ form, command, image, manifest, place }: Plan["agent"]): string {
  switch (form) {
    case "reference":
      return "the reference agent";
    case "command":
      return command.join(" ");
    case "image":
      return [`image ${image} in a ${place}`, ...command].join(" ");
    case "manifest":
      return `the agent of ${manifest?.name}`;
    case "attach":
      return "an agent that is started by hand";
  }
}

function clusterText({ kind, version, direct, readOnly }: Plan["cluster"]): string {
  const way = `${direct === true ? ", past the proxy" : ""}${readOnly === true ? ", only read" : ""}`;
  return kind === "embedded" ? `an embedded Kubernetes ${version ?? ""}` : `a Kubernetes of ${kind}${way}`;
}

function howItWent(event: Extract<RunProgress, { event: "scenario-ended" }>): string {
  if (event.aborted !== undefined) return `ended early: ${printable(event.aborted)}`;
  if (event.unmet.length === 0) return "told to its end";
  return `told to its end; in vain: ${printable(event.unmet.join("; "))}`;
}
