import type { AgentBehaviour, PseudoAgentOptions } from "../reference/index.ts";

/** An agent with one fault: the reference agent, but for one decision. */
export interface Mutant {
  /** Switch of `--mutate`. */
  readonly name: string;
  /** What it does wrong. */
  readonly describes: string;
  /** The run in which it shows. Default: profile `core`, without features. */
  readonly run?: { readonly profiles: readonly string[]; readonly features: readonly string[] };
  /** Ids of the requirements that it fails in that run: all of these and no others. */
  readonly fails: readonly string[];
  /** Where a real agent had this fault, or users met it: `OWNER/REPOSITORY#NUMBER`. */
  readonly thread?: string;
  /** Made anew for each agent, since some count. */
  readonly behaviour?: () => Partial<AgentBehaviour>;
  /** Changes settings instead. */
  readonly settings?: (given: PseudoAgentOptions) => Partial<PseudoAgentOptions>;
  readonly ignoresSigterm?: true;
}
