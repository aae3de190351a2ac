import { describe, expect, it } from "vitest";
import { budgetsFor } from "../budgets.ts";
import { features, findRequirement, requirements } from "../requirements/index.ts";
import { makePlan, type PlanRequest } from "./make-plan.ts";

const request: PlanRequest = {
  version: "0.1.0",
  runId: "20260102T030405Z-1f2e",
  startedAt: "2026-01-02T03:04:05.000Z",
  seed: 7,
  target: "v7.1",
  profiles: ["core"],
  features: [],
  only: [],
  intervalMs: 1_000,
  callTimeoutMs: 15_000,
  budgetScale: 2,
  agent: { form: "command", command: ["./agent"] },
  cluster: { kind: "embedded", version: "1.30" },
  failOn: "must",
};

describe("makePlan", () => {
  it("plans every core scenario and requirement, and scales the budgets", () => {
    const plan = makePlan(request);
    expect(plan.scenarios.map((scenario) => scenario.name)).toEqual(["first-snapshot", "life-of-objects", "held-version-lost"]);
    expect(plan.requirements).toContain("KAS-SNAP-1");
    expect(plan.requirements.every((id) => findRequirement(id)?.profile === "core")).toBe(true);
    expect(plan.budgets).toEqual(budgetsFor(1_000, 2));
    expect(plan.harness.version).toBe("0.1.0");
  });

  it("plans every requirement under `all`, in the order of the registry", () => {
    const declared = { ...request, profiles: ["all"], features: [...features] };
    const ids = requirements.map(({ id }) => id);
    expect(makePlan(declared).requirements).toEqual(ids);
    const without = makePlan({ ...declared, features: [] });
    expect(without.requirements).toEqual(
      requirements.filter(({ holdsFor }) => holdsFor.features.length === 0).map(({ id }) => id),
    );
    const told = new Set(without.scenarios.map(({ name }) => name));
    for (const { id, scenarios, holdsFor } of requirements) {
      if (holdsFor.features.length > 0) continue;
      expect([id, scenarios.some((name) => told.has(name))]).toEqual([id, true]);
    }
  });

  it("hands each scenario an identity of its own, another one in each run", () => {
    const identities = [request, { ...request, runId: "other" }].flatMap((one) =>
      makePlan(one).scenarios.map(({ clusterId }) => clusterId),
    );
    expect(new Set(identities).size).toBe(6);
    expect(identities.every((id) => /^d-[0-9a-f]{10}$/.test(id))).toBe(true);
    expect(makePlan(request).scenarios.map((scenario) => scenario.agentId)).toEqual([1, 2, 3]);
  });

  it("runs only the scenarios that the chosen requirements are judged in", () => {
    const plan = makePlan({ ...request, only: ["ECHO-1"] });
    expect(plan.requirements).toEqual(["KAS-ECHO-1"]);
    expect(plan.scenarios.map((scenario) => scenario.name)).toEqual(["life-of-objects", "held-version-lost"]);
  });

  it("tells each scenario as often as asked, round by round, each time as another tenant with another identity", () => {
    const plan = makePlan({ ...request, only: ["SNAP-3", "ECHO-2"], repeat: 2 });
    const told = ["life-of-objects#1", "held-version-lost#1", "life-of-objects#2", "held-version-lost#2"];
    expect(plan.scenarios.map(({ tenant }) => tenant)).toEqual(told);
    expect(plan.scenarios.map(({ name }) => `${name}#`)).toEqual(told.map((tenant) => tenant.slice(0, -1)));
    expect(new Set(plan.scenarios.map(({ clusterId }) => clusterId)).size).toBe(4);
    expect(new Set(plan.scenarios.map(({ agentId }) => agentId)).size).toBe(4);
    expect(plan.repeat).toBe(2);
    expect(makePlan({ ...request, only: ["SNAP-3"], repeat: 1 }).scenarios.map(({ tenant }) => tenant)).toEqual([
      "life-of-objects",
    ]);
  });

  it("is a function of the request", () => {
    expect(makePlan(request)).toEqual(makePlan({ ...request }));
  });

  it.each<[string, Partial<PlanRequest>, string]>([
    ["a profile", { profiles: ["nonsense"] }, "nonsense"],
    ["a feature", { features: ["teleport"] }, "teleport"],
    ["a pattern", { only: ["SNAP-*", "NOSUCH-*"] }, "NOSUCH-*"],
    ["a pattern that the target excludes", { target: "document", only: ["OBJ-6"] }, "OBJ-6"],
  ])("refuses %s that selects nothing, by name", (_name, change, named) => {
    expect(() => makePlan({ ...request, ...change })).toThrow(named);
  });
});
