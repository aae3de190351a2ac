import { describe, expect, it } from "vitest";
import { renderTerminal } from "../report/index.ts";
import { findTarget, targetIds } from "../server-mock/contract/index.ts";
import type { KubeObject } from "./history/index.ts";
import type { Placed } from "./checks/testing/world.ts";
import { play } from "./checks/testing/play.ts";
import { judgeTranscript } from "./judge.ts";

const look = { color: false, width: 120, failOn: "must", files: [] } as const;

/** A good agent that dials the service that the target has. */
function playOn(target: string) {
  const service = findTarget(target)?.services.includes("agent") === true ? "agent" : "trident";
  return play({ service }, { target });
}

const withPodNetworks = ({ resource, object }: Placed): KubeObject =>
  resource === "pods" ? { ...object, status: { ...(object["status"] as object), podNetworks: [{ ip: "10.0.0.9" }] } } : object;

describe("the inventory of a run", () => {
  it.each(targetIds)("is that of the last accepted snapshot of each scenario, on %s", (target) => {
    const results = judgeTranscript(playOn(target));
    const { inventory } = results;
    expect(inventory.map(({ scenario }) => scenario)).toEqual(["first-snapshot", "life-of-objects", "held-version-lost"]);
    for (const { outcome, counts, podsSent, summary, dropped, droppedByRule } of inventory) {
      expect(outcome).toBe("kept");
      expect(counts.nodes).toBeGreaterThan(0);
      expect(podsSent).toBeGreaterThanOrEqual(counts.pods);
      expect(summary).toContain(`${counts.pods} of ${podsSent} pods would be tagged on ${target}`);
      expect(Object.values(droppedByRule).reduce((sum, count) => sum + count, 0)).toBe(dropped.length);
    }
    const most = Math.max(...inventory.map(({ podsSent }) => podsSent));
    expect(renderTerminal(results, look)).toMatch(new RegExp(`inventory +\\d+ of ${most} pods would be tagged on ${target}`));
  });

  it.each(targetIds.slice(1))("belongs to a line on which a good agent fails nothing it must do: %s", (target) => {
    const { checks } = judgeTranscript(playOn(target));
    expect(findTarget(target)?.line).toBe(true);
    expect(checks.filter(({ verdict, level }) => verdict === "fail" && level === "MUST").map(({ id }) => id)).toEqual([]);
    expect(checks.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(30);
  });

  it("names the object that keeps a snapshot from being applied", () => {
    const { inventory } = judgeTranscript(play({ object: withPodNetworks }, { target: "v7.1" }));
    expect(inventory.map(({ outcome }) => outcome)).toContain("crashed");
    expect(inventory[0]?.blame).toMatchObject({ rule: "pod-networks", type: "*v1.Pod" });
    expect(inventory[0]?.summary).toMatch(/^none of \d+ pods would be tagged on v7\.1: crashed/);
  });
});
