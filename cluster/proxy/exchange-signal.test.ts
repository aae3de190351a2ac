import { expect, it } from "vitest";
import { ExchangeSignal } from "./exchange-signal.ts";

it("tells once why an exchange is over, and whoever listens then", () => {
  const signal = new ExchangeSignal();
  const told: string[] = [];
  const leaves = () => void told.push("leaves");
  signal.onAbort(leaves);
  signal.onAbort(() => {
    told.push("stays");
    signal.abort("client"); // as a reply does that is cut
  });
  signal.offAbort(leaves);
  expect([signal.aborted, signal.reason]).toEqual([false, undefined]);
  signal.abort("fault");
  signal.abort("server");
  expect([signal.aborted, signal.reason, told]).toEqual([true, "fault", ["stays"]]);
});
