import { describe, expect, it } from "vitest";
import { findTarget, type Target, targetIds } from "../server-mock/contract/index.ts";
import { aboutTarget } from "./explain-target.ts";

const about = (id: string) => aboutTarget(findTarget(id) as Target);

describe("explain --target", () => {
  it.each([...targetIds, "v6.4.7", "v6.5-head"])("tells every rule of %s with its source", (id) => {
    const { target, stands, is, ...facts } = about(id);
    expect([target, stands !== "", is]).toEqual([id, true, expect.stringMatching(/document|server/)]);
    expect(Object.keys(facts).length).toBeGreaterThan(20);
    for (const fact of Object.values(facts)) expect(fact).toMatch(/\((protocol\.md|document) \d[^)]*\)$/);
  });

  it("tells what differs inside a line, and what was inferred", () => {
    expect([about("v6.4.7")["versionInfo"], about("v6.4.8")["versionInfo"]]).toEqual([
      "crashes (protocol.md 4.1)",
      "required (protocol.md 4.1)",
    ]);
    expect(about("v6.6")["ownerKinds"]).toContain("inferred: OpenGaussCluster");
    expect(about("v7.1")["errorMessage"]).not.toContain("inferred");
  });
});
