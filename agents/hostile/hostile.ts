import type { AgentBehaviour } from "../reference/index.ts";

/** A program that is hard on whoever runs it, whatever becomes of the protocol. */
export interface Hostile {
  /** Switch of `--be`. */
  readonly name: string;
  /** What it does to its runner. */
  readonly describes: string;
  /** What a run of it exits with (docs/cli.md), where the machine has the time. */
  readonly exits: 0 | 1 | 3;
  /** Done when the process starts; may never return. */
  readonly act?: () => void;
  /** Present where the reference agent runs beside that, with these decisions of its own. */
  readonly uploads?: Partial<AgentBehaviour>;
}
