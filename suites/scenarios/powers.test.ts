import { describe, expect, it } from "vitest";
import { powersLacking } from "../../agents/drivers/forms.ts";
import type { Plan } from "../plan.ts";
import { scenarios, whyUntold } from "./index.ts";

const PROCESS: Plan["agent"] = { form: "command", command: ["./agent"], lacks: {} };
const POD: Plan["agent"] = { form: "manifest", command: [], place: "pod", lacks: powersLacking("manifest", "pod") };
const ATTACHED: Plan["agent"] = { form: "attach", command: [], lacks: powersLacking("attach", "host") };
const KIND: Plan["cluster"] = { kind: "kind" };
const OWN: Plan["cluster"] = { kind: "kubeconfig" };
const READ_ONLY: Plan["cluster"] = { kind: "kubeconfig", readOnly: true };

function untold(agent: Plan["agent"], cluster: Plan["cluster"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    scenarios.flatMap((scenario) => {
      const why = whyUntold(scenario, { agent, cluster });
      return why === undefined ? [] : [[scenario.name, why]];
    }),
  );
}

describe("stories that cannot be told", () => {
  it("are none of a process on a cluster that may be written", () => {
    expect(untold(PROCESS, OWN)).toEqual({});
  });

  it("are, on kind, those that take thousands of pods", () => {
    expect(untold(PROCESS, KIND)).toEqual({ "large-cluster": expect.stringContaining("thousands of pods") as string });
  });

  it("are, of a pod, those that pause it, have two of it, or tell it not to watch", () => {
    expect(untold(POD, OWN)).toEqual({
      "agent-paused": POD.lacks?.["freeze"],
      replicas: POD.lacks?.["replicas"],
      "not-watching": POD.lacks?.["no-watch"],
    });
  });

  it("are, of an agent that somebody else starts, all that start, kill or pause it", () => {
    const names = Object.keys(untold(ATTACHED, KIND));
    expect(names).toEqual(expect.arrayContaining(["agent-paused", "agent-restarts", "not-watching", "replicas"]));
    for (const { name, profile } of scenarios) if (profile === "core") expect(names).not.toContain(name);
  });

  it("are, on a cluster that is only read, all that make, change or delete something, or grant a role", () => {
    const names = Object.keys(untold(PROCESS, READ_ONLY));
    const toldAllTheSame = [
      "first-snapshot",
      "held-version-lost",
      "server-restarts",
      "another-writer",
      "long-quiet",
      "cluster-id-asked",
    ];
    for (const name of toldAllTheSame) expect(names).not.toContain(name);
    expect(names).toEqual(
      expect.arrayContaining(["life-of-objects", "rolling-update", "api-kind-refused", "cluster-role", "burst"]),
    );
    expect(untold(PROCESS, READ_ONLY)["life-of-objects"]).toContain("--read-only");
    expect(untold(PROCESS, READ_ONLY)["cluster-role"]).toContain("--read-only");
  });
});
