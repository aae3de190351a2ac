import { AgentUnstartableError, type AgentRequest, type ClusterHand, type ScenarioAgent } from "../driver.ts";
import { ApiRefusal, type KubeObject } from "./api.ts";
import { applyObjects, unstartable } from "./applied.ts";
import { type Crew, followPods } from "./crew.ts";
import { beginLife } from "./life.ts";
import { powerOf } from "./power.ts";
import { ResourcePaths } from "./resources.ts";

/** An agent inside the cluster, as one scenario has it. */
export interface InsideAgent {
  readonly hand: ClusterHand;
  /** What is applied, in this order; workloads come and go with the agent's lives. */
  readonly objects: readonly KubeObject[];
  /** On every pod of theirs, and on no other. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly args: readonly string[];
  readonly startTimeoutMs: number;
}

/**
 * Applies the objects without pods. Disposing removes them and waits until no pod is left.
 *
 * @throws AgentUnstartableError after an `unstartable` line
 */
export async function openInside(inside: InsideAgent, { recorder, signal }: AgentRequest): Promise<ScenarioAgent> {
  const { hand, objects, podLabels, startTimeoutMs, image, args } = inside;
  const paths = new ResourcePaths(hand);
  const crew = await followPods(hand, podLabels);
  const applied = await applyObjects(hand, paths, objects, recorder).catch((error: unknown) => endCrew(crew, error));
  const power = powerOf(hand, paths, applied.objects, crew);
  return {
    async start(life) {
      try {
        return await beginLife({ hand, crew, power, recorder, life, args, startTimeoutMs, signal, ...(image && { image }) });
      } catch (error) {
        if (error instanceof AgentUnstartableError || error instanceof ApiRefusal) return unstartable(recorder, error.message);
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      if (crew.pods.size > 0) await power.off(0);
      await applied[Symbol.asyncDispose]();
      await crew[Symbol.asyncDispose]();
    },
  };
}

async function endCrew(crew: Crew, error: unknown): Promise<never> {
  await crew[Symbol.asyncDispose]();
  throw error;
}
