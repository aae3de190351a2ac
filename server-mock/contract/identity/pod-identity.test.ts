import { describe, expect, it } from "vitest";
import { findTarget } from "../targets/registry.ts";
import type { Target } from "../targets/types.ts";
import { podIdentity, trimLeftSet } from "./pod-identity.ts";

const v71 = findTarget("v7.1") as Target;
const document = findTarget("document") as Target;

function pod(name: string, generateName: unknown, kind = "ReplicaSet", owner = "owner-1") {
  return { metadata: { uid: `uid-${name}`, name, generateName, ownerReferences: [{ kind, uid: owner }] } };
}

describe("trimLeftSet", () => {
  it.each([
    ["web-7d4b9c6f5-d5x7k", "web-7d4b9c6f5-", "x7k"],
    ["web-7d4b9c6f5-c6x7k", "web-7d4b9c6f5-", "x7k"],
    ["web-0", "web-", "0"],
    ["abc", "", "abc"],
    ["aaa", "a", ""],
  ])("%s by %s leaves %s", (text, set, rest) => {
    expect(trimLeftSet(text, set)).toBe(rest);
  });
});

describe("podIdentity", () => {
  const first = pod("web-7d4b9c6f5-d5x7k", "web-7d4b9c6f5-");
  const second = pod("web-7d4b9c6f5-c6x7k", "web-7d4b9c6f5-");

  it("is the same for two pods that v7.1 takes for one", () => {
    expect(podIdentity(v71, first)).toBe(podIdentity(v71, second));
  });

  it("keeps apart what differs after the trim, or in its owner", () => {
    expect(podIdentity(v71, pod("web-7d4b9c6f5-x7k2p", "web-7d4b9c6f5-"))).not.toBe(podIdentity(v71, first));
    expect(podIdentity(v71, pod("web-7d4b9c6f5-d5x7k", "web-7d4b9c6f5-", "ReplicaSet", "owner-2"))).not.toBe(
      podIdentity(v71, first),
    );
    expect(podIdentity(v71, pod("db-0", "db-", "StatefulSet"))).not.toBe(podIdentity(v71, pod("db-1", "db-", "StatefulSet")));
  });

  it.each([
    ["without generateName", v71, pod("web-1", undefined)],
    ["with an empty one", v71, pod("web-1", "")],
    ["with one that is no string", v71, pod("web-1", 5)],
    ["on a target that does not read it", document, pod("web-1", "web-")],
  ])("is the uid %s", (_name, target, object) => {
    expect(podIdentity(target, object)).toBe("uid-web-1");
  });

  it("takes a pod without metadata", () => {
    expect(podIdentity(v71, {})).toBe("");
  });
});
