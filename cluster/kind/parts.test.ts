import { describe, expect, it } from "vitest";
import { thisOwner, writeOwner } from "../shared/owner.ts";
import { emptyClaims, staleClaims } from "./claim.ts";
import { kindConfig } from "./config.ts";
import { gatewayIn } from "./host-address.ts";
import { clusterNameFor } from "./names.ts";

describe("claims", () => {
  it("of runs that have ended are stale, unless their cluster is kept", () => {
    const dead = writeOwner({ ...thisOwner(), pid: 2 ** 22 + 1 });
    const claim = (cluster: string, owner: string, kept = false) => ({ cluster, owner, kept, run: "r" });
    const claims = [
      claim("dead", dead),
      claim("kept", dead, true),
      claim("living", writeOwner(thisOwner())),
      claim("elsewhere", "another/1/1"),
      claim("unknown", ""),
    ];
    expect(staleClaims(claims).map(({ cluster }) => cluster)).toEqual(["dead"]);
    claims.push(claim("deleted", dead, true), claim("being made", writeOwner(thisOwner()), true));
    expect(emptyClaims(claims, ["kept"]).map(({ cluster }) => cluster)).toEqual(["deleted"]);
  });
});

describe("names of clusters", () => {
  it.each(["20260102T030405Z-1f2e", "Жизнь", "a".repeat(80)])("leave room for those of the nodes: %s", (run) => {
    expect(clusterNameFor(run)).toMatch(/^deepflow-conformance-[a-z0-9-]{0,28}$/);
  });
});

describe("kind's configuration", () => {
  it("has a control plane and workers, beside what the user's file says", () => {
    expect(kindConfig(undefined).match(/role: \S+/g)).toEqual(["role: control-plane"]);
    expect(kindConfig(undefined)).toContain("syncFrequency: 5s");
    const text = kindConfig(3, "kind: Cluster\nnetworking:\n  ipFamily: dual\n");
    expect(text).toContain("ipFamily: dual");
    expect(text).not.toContain("syncFrequency");
    expect(text.match(/role: \S+/g)).toEqual(["role: control-plane", "role: worker", "role: worker"]);
    expect(kindConfig(undefined, "nodes:\n- role: control-plane\n  image: a:1\n")).toContain("image: a:1");
  });

  it.each([
    ["lists nodes twice", () => kindConfig(2, "nodes:\n- role: control-plane\n"), /leave one/],
    ["is no YAML", () => kindConfig(undefined, "a: [b"), /no YAML/],
    ["is no mapping", () => kindConfig(undefined, "- a"), /no mapping/],
  ])("is refused where it %s", (_name, act, told) => {
    expect(act).toThrow(told);
  });

  it("says by what gateway containers reach this host", () => {
    const six = { Subnet: "fc00::/64", Gateway: "fc00::1" };
    expect(gatewayIn([six, { Subnet: "172.18.0.0/16", Gateway: "172.18.0.9" }])).toBe("172.18.0.9");
    expect(gatewayIn([{ Subnet: "172.18.0.0/16" }])).toBe("172.18.0.1");
    expect([gatewayIn([six]), gatewayIn(null)]).toEqual([undefined, undefined]);
  });
});
