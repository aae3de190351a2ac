import type { AgentBehaviour, PseudoAgentOptions } from "../reference/index.ts";

/** An agent with one fault: the reference agent, but for one decision. */
export interface Mutant {
  /** Switch of `--mutate`. */
  readonly name: string;
  /** What it does wrong. */
  readonly describes: string;
  /** Ids of the requirements that it fails: all of these and no others. */
  readonly fails: readonly string[];
  /** Issue of deepflowio/deepflow in which users met this fault. */
  readonly thread?: string;
  /** Made anew for each agent, since some count. */
  readonly behaviour?: () => Partial<AgentBehaviour>;
  /** Changes settings instead. */
  readonly settings?: (given: PseudoAgentOptions) => Partial<PseudoAgentOptions>;
  readonly ignoresSigterm?: true;
}
