import { describe, expect, it } from "vitest";
import { findSourceIp } from "./source-ip.ts";

describe("findSourceIp", () => {
  it.each([
    ["127.0.0.1:30035", "127.0.0.1"],
    ["localhost:30035", /^(127\.0\.0\.1|::1)$/],
  ])("%s is reached from loopback", async (server, expected) => {
    expect(await findSourceIp(server)).toMatch(expected);
  });

  it("is undefined where there is no route", async () => {
    expect(await findSourceIp("name.invalid:1")).toBeUndefined();
  });
});
