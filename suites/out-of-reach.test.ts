import { describe, expect, it } from "vitest";
import { powersLacking } from "../agents/drivers/forms.ts";
import { whyOutOfReach } from "./out-of-reach.ts";
import type { Plan } from "./plan.ts";
import { requirements } from "./requirements/index.ts";

const PROCESS: Plan["agent"] = { form: "command", command: ["./agent"] };
const POD: Plan["agent"] = { form: "image", command: [], place: "pod", lacks: powersLacking("image", "pod") };
const ATTACHED: Plan["agent"] = { form: "attach", command: [], lacks: powersLacking("attach", "host") };
const READ_ONLY = { kind: "kubeconfig", readOnly: true } as const;

function outOfReach(
  agent: Plan["agent"],
  cluster: Plan["cluster"] = { kind: "kubeconfig" },
  profiles: readonly string[] = ["all"],
) {
  const plan = { agent, cluster, profiles };
  return requirements.filter((requirement) => whyOutOfReach(requirement, plan) !== undefined).map(({ id }) => id);
}

describe("requirements that cannot be judged", () => {
  it.each<[string, Plan["agent"], readonly string[]]>([
    ["a process", PROCESS, []],
    ["a pod", POD, ["KAS-LIFE-6", "KAS-CFG-4"]],
    [
      "an agent that somebody else starts",
      ATTACHED,
      ["KAS-LIFE-1", "KAS-LIFE-3", "KAS-LIFE-4", "KAS-LIFE-5", "KAS-LIFE-6", "KAS-SCALE-2", "KAS-CFG-4"],
    ],
  ])("of %s are these alone", (_name, agent, ids) => {
    expect(outOfReach(agent)).toEqual(ids);
  });

  it("are, where nothing is written, those that every story writes for", () => {
    const core = outOfReach(PROCESS, READ_ONLY, ["core"]).filter((id) =>
      requirements.some((row) => row.id === id && row.profile === "core"),
    );
    expect(core).toEqual(["KAS-VER-2", "KAS-VER-4", "KAS-VER-5", "KAS-SNAP-3", "KAS-SNAP-5", "KAS-SNAP-7", "KAS-WATCH-1"]);
  });

  it("count the stories of the profiles that are told, and no others", () => {
    const paused = { id: "KAS-X-1", scenarios: ["agent-paused", "life-of-objects"] } as unknown as (typeof requirements)[number];
    const why = (profiles: readonly string[]) => whyOutOfReach(paused, { agent: POD, cluster: { kind: "kind" }, profiles });
    expect(why(["core", "recovery"])).toBeUndefined();
    expect(why(["recovery"])).toContain("takes no signals");
  });

  it("of a process on kind, which is not made large, are these alone", () => {
    const process: Plan["agent"] = { form: "command", command: ["./agent"], lacks: {} };
    expect(outOfReach(process, { kind: "kind" })).toEqual(["KAS-SCALE-2"]);
  });

  it("are told with the reason", () => {
    const life4 = requirements.find(({ id }) => id === "KAS-LIFE-4");
    const plan = { agent: ATTACHED, cluster: { kind: "kind" }, profiles: ["core"] };
    expect(life4 && whyOutOfReach(life4, plan)).toMatch(/cannot be done to this agent: with --attach/);
  });
});
