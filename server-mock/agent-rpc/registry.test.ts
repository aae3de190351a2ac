import { expect, it } from "vitest";
import { createAgentRegistry, GREATEST_AGENT_ID } from "./registry.ts";

it("gives each agent one number for ever, and 0 when all are taken", () => {
  const registry = createAgentRegistry(2);
  expect(["a", "b", "a", "c", "b"].map((agent) => registry.idOf(agent))).toEqual([1, 2, 1, 0, 2]);
  expect(GREATEST_AGENT_ID).toBe(64_000);
});
