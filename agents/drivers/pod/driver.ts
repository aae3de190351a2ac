import type { AgentDriver, InsideCluster } from "../driver.ts";
import { powersLacking } from "../forms.ts";
import { agentDeployment, agentSecret, type Naming } from "./objects.ts";
import { openInside } from "./scenario.ts";

/** Label by which the pods of one scenario's agent are told from all others. */
const AGENT_LABEL = "deepflow-conformance.io/agent";

/** The name of a scenario's objects, and what marks them. */
export function namingFor(
  { namespace, marks }: InsideCluster,
  number: number,
): Naming & { readonly podLabels: Readonly<Record<string, string>> } {
  const name = `pseudo-agent-${process.pid}-${number}`;
  const podLabels = { [AGENT_LABEL]: name };
  return { namespace, name, labels: { ...marks.labels, ...podLabels }, annotations: marks.annotations, podLabels };
}

/** Where a cluster runs no pods, the harness itself asked for the impossible. */
export function insideOf({ inside }: { readonly inside?: InsideCluster }): InsideCluster {
  if (inside === undefined) throw new Error("no pods run in this cluster, so no agent can be put into it");
  return inside;
}

/**
 * Agents as pods of the cluster: one Deployment for each scenario, whose pod comes and goes with the agent's lives.
 *
 * @param image that the nodes have, or can pull
 * @param args in place of the image's own, placeholders not filled in; none: the image's
 * @param startTimeoutMs how long a pod may take until it runs
 */
export function podDriver(image: string, args: readonly string[], startTimeoutMs: number): AgentDriver {
  let count = 0;
  return {
    place: "pod",
    lacks: powersLacking("image", "pod"),
    jobs: Infinity,
    async open(request) {
      const { hand, ...place } = insideOf(request);
      count += 1;
      const { podLabels, ...naming } = namingFor({ hand, ...place }, count);
      const { handout, secret } = agentSecret(naming, request);
      const deployment = agentDeployment(naming, image, args, handout, request.access);
      return openInside({ hand, objects: [secret, deployment], podLabels, image, args, startTimeoutMs }, request);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
