import { describe, expect, it } from "vitest";
import { createStory } from "../checks/testing/story.ts";
import type { Plan } from "../plan.ts";
import { rowsOf } from "./rows.ts";

const { plan } = createStory();
const lacks = { ...plan.agent, lacks: { start: "somebody else starts it" } };
const without = (...ids: readonly string[]) => plan.requirements.filter((id) => !ids.includes(id));
const rowOf = (of: Plan, id: string) => rowsOf(of).find(({ requirement }) => requirement.id === id);

describe("the rows of the results", () => {
  it("say why a requirement was not planned that is out of reach of this agent", () => {
    const attached: Plan = { ...plan, agent: lacks, requirements: without("KAS-LIFE-1") };
    expect(rowOf(attached, "KAS-LIFE-1")?.excluded).toContain("somebody else starts it");
    expect(rowOf(attached, "KAS-SNAP-1")).not.toHaveProperty("excluded");
  });

  it("say nothing of what a run was narrowed not to judge", () => {
    const narrowed: Plan = { ...plan, requirements: ["KAS-SNAP-1"] };
    expect(rowsOf(narrowed).map(({ requirement }) => requirement.id)).toEqual(["KAS-SNAP-1"]);
  });

  it("keep an id that is unknown", () => {
    expect(rowOf({ ...plan, requirements: [...plan.requirements, "KAS-NEW-1"] }, "KAS-NEW-1")?.requirement.judged).toBe(false);
  });
});
