/** The greatest number that a server gives to an agent (protocol.md 5.7). */
export const GREATEST_AGENT_ID = 64_000;

/** The numbers that agents have: one each, the same for ever. */
export interface AgentRegistry {
  /**
   * The agent's number, from 1; 0 when all are given away, as to an agent that is not registered.
   *
   * @param agent what tells agents apart
   */
  idOf(agent: string): number;
}

export function createAgentRegistry(greatest = GREATEST_AGENT_ID): AgentRegistry {
  const ids = new Map<string, number>();
  return {
    idOf(agent) {
      const known = ids.get(agent);
      if (known !== undefined) return known;
      if (ids.size >= greatest) return 0;
      ids.set(agent, ids.size + 1);
      return ids.size;
    },
  };
}
