import { describe, expect, it } from "vitest";
import { kubernetesClusterId } from "./kubernetes-cluster-id.ts";

describe("kubernetesClusterId", () => {
  it.each([
    ["00000000000000000000000000000000", "d-cccccccccc"],
    ["ffffffffffffffffffffffffffffffff", "d-rrSSSSSSSS"],
    ["d41d8cd98f00b204e9800998ecf8427e", "d-rrADNwzpt5"],
    ["0123456789abcdef0123456789abcdef", "d-hhr3dtr3dt"],
    ["0123456789ABCDEF0123456789ABCDEF", "d-hhr3dtr3dt"],
    ["7fffffffffffffff8000000000000000", "d-rroSSSJccc"],
    ["zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "d-cccccccccc"],
    ["6345080086afe492a1fc8825716b0e3c", "d-TrWjpxiwfH"],
  ])("%s gives %s", (digest, clusterId) => {
    expect(kubernetesClusterId(digest)).toEqual({ clusterId });
  });

  it("parses signs as Go does, since nobody checks the characters", () => {
    expect(kubernetesClusterId(`+${"0".repeat(31)}`)).toEqual({ clusterId: "d-cccccccccc" });
    expect(kubernetesClusterId(`-fffffffffffffff${"0".repeat(16)}`)).not.toEqual(kubernetesClusterId("0".repeat(32)));
  });

  it.each([
    ["nothing", ""],
    ["31 characters", "0".repeat(31)],
    ["33 characters", "0".repeat(33)],
    ["32 characters of two bytes", "é".repeat(32)],
  ])("refuses %s", (_name, digest) => {
    expect(kubernetesClusterId(digest)).toEqual({ errorMsg: expect.stringContaining("32 characters") as string });
  });
});
