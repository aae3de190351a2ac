import { describe, expect, it } from "vitest";
import type { Check } from "./check.ts";
import { checks } from "./registry.ts";

const idsOf = (areas: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(areas).flatMap(([area, numbers]) => numbers.map((number) => `KAS-${area}-${number}`));

/** What these judge stands in the envelope, in the bytes or in the times: unreadable objects are no excuse. */
const withoutContent: readonly string[] = idsOf({
  CONN: [1, 2, 3, 4, 5],
  ENV: [1, 2, 3, 4, 5],
  VER: [1, 3, 5, 6],
  ECHO: [1, 2],
  SNAP: [9],
  ENC: [1, 5],
  ERR: [3, 4, 5],
  LIFE: [1, 2, 4, 5, 6],
  WATCH: [7, 8],
  SEC: [1],
  CFG: [4, 5],
  SCALE: [1],
});

/** What these judge is seen at the API server alone: without it they would pass, or fail, for nothing. */
const withDelivery: readonly string[] = idsOf({
  SNAP: [6, 8, 10],
  ERR: [1, 2, 3, 5],
  WATCH: [1, 2, 3, 4, 5, 6, 7, 8],
  CFG: [3, 4],
  SEC: [1],
});

/** What these may say where nothing was accepted. */
const withoutAccepted: Readonly<Record<string, Check["withoutAccepted"]>> = {
  "KAS-CONN-1": "cause",
  "KAS-ENV-1": "cause",
  "KAS-ENV-5": "cause",
  "KAS-VER-1": "cause",
  "KAS-LIFE-1": "cause",
  "KAS-ECHO-1": { beside: "KAS-LIFE-1" },
  "KAS-CFG-3": "itself",
  "KAS-CFG-5": "itself",
  "KAS-SCALE-1": "itself",
  "KAS-SCALE-2": "itself",
};

describe("what a check reads decides where its verdict can mean something", () => {
  it.each(checks.map((check) => [check.id, check] as const))("%s", (id, check) => {
    expect(check.readsContent).toBe(!withoutContent.includes(id));
    expect(check.readsDelivery === true).toBe(withDelivery.includes(id));
    expect(check.withoutAccepted).toEqual(withoutAccepted[id]);
  });
});
