import { describe, expect, it } from "vitest";
import { ntpAnswer } from "./ntp.ts";
import { ntpProblem, ntpRequest } from "./testing/ntp-client.ts";

describe("ntpAnswer", () => {
  it.each([0, 1, 1_700_000_000_999.9, Date.UTC(2036, 1, 7, 6, 28, 16), Date.UTC(2040, 0)])(
    "is taken by an agent at %d",
    (nowMs) => {
      const request = ntpRequest(1_700_000_000_123);
      expect(ntpProblem(request, ntpAnswer(request, nowMs))).toBeUndefined();
    },
  );

  it("tells version, mode and time", () => {
    const answer = ntpAnswer(ntpRequest(0), 1_500);
    expect([(answer[0] ?? 0) >> 3, (answer[0] ?? 0) & 7]).toEqual([3, 4]);
    expect([answer.readUInt32BE(40), answer.readUInt32BE(44)]).toEqual([2_208_988_801, 2 ** 31]);
  });
});
