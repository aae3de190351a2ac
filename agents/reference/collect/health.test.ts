import { describe, expect, it } from "vitest";
import { Health } from "./health.ts";

describe("Health", () => {
  it("tells only what fails for longer than the grace, by its last reason", () => {
    let now = 0;
    const health = new Health(1000, () => now);
    health.failed("pods", "503");
    now = 999;
    health.failed("pods", "500");
    expect(health.errorMessage()).toBe("");
    now = 1000;
    health.failed("nodes", "refused");
    expect(health.errorMessage()).toBe("pods: 500");
    now = 2000;
    expect(health.errorMessage()).toBe("pods: 500;nodes: refused");
    health.succeeded("pods");
    expect(health.errorMessage()).toBe("nodes: refused");
  });

  it("begins anew after a success", () => {
    let now = 0;
    const health = new Health(1000, () => now);
    health.failed("pods", "503");
    health.succeeded("pods");
    now = 1500;
    health.failed("pods", "503");
    expect(health.errorMessage()).toBe("");
  });
});
