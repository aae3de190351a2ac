import { describe, expect, it } from "vitest";
import type { Check } from "./check.ts";
import { checks } from "./registry.ts";

/** What these judge stands in the envelope, in the bytes or in the times: unreadable objects are no excuse. */
const withoutContent: readonly string[] = [
  ...["KAS-CONN-1", "KAS-CONN-2", "KAS-CONN-3", "KAS-CONN-4", "KAS-CONN-5"],
  ...["KAS-ENV-1", "KAS-ENV-2", "KAS-ENV-3", "KAS-ENV-4", "KAS-ENV-5"],
  ...["KAS-VER-1", "KAS-VER-3", "KAS-VER-5", "KAS-VER-6", "KAS-ECHO-1", "KAS-ECHO-2", "KAS-SNAP-9"],
  ...["KAS-ENC-1", "KAS-ENC-5", "KAS-ERR-3", "KAS-ERR-4", "KAS-ERR-5"],
  ...["KAS-LIFE-1", "KAS-LIFE-2", "KAS-LIFE-4", "KAS-LIFE-5", "KAS-LIFE-6"],
  ...["KAS-WATCH-7", "KAS-WATCH-8", "KAS-SEC-1", "KAS-CFG-4", "KAS-CFG-5", "KAS-SCALE-1"],
];

/** What these judge is seen at the API server alone: without it they would pass, or fail, for nothing. */
const withDelivery: readonly string[] = [
  ...["KAS-SNAP-6", "KAS-SNAP-8", "KAS-SNAP-10", "KAS-ERR-1", "KAS-ERR-2", "KAS-ERR-3", "KAS-ERR-5"],
  ...["KAS-WATCH-1", "KAS-WATCH-2", "KAS-WATCH-3", "KAS-WATCH-4", "KAS-WATCH-5", "KAS-WATCH-6", "KAS-WATCH-7", "KAS-WATCH-8"],
  ...["KAS-CFG-3", "KAS-CFG-4", "KAS-SEC-1"],
];

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
